"""Every table, so that one import knows the whole shape of the database."""

from quizapp.storage.columns import Base
from quizapp.storage.tables import assignments, cards, cohorts, content, decks, labs, notes, people, quiz

__all__ = ["Base", "assignments", "cards", "cohorts", "content", "decks", "labs", "notes", "people", "quiz"]
