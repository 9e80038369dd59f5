"""Every table, so that one import knows the whole shape of the database."""

from quizapp.storage.columns import Base
from quizapp.storage.tables import cards, cohorts, content, decks, labs, notes, people, quiz

__all__ = ["Base", "cards", "cohorts", "content", "decks", "labs", "notes", "people", "quiz"]
