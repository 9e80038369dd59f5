"""What somebody missed lately, and the cards that come first for it. Knows questions and labs, no order of cards."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.scheduling.queue import MISSED_FOR
from quizapp.services.context import Context
from quizapp.services.desk import Desk
from quizapp.storage.database import Session
from quizapp.storage.helped import first_cards, helped
from quizapp.storage.missed import missed as missed_questions


@dataclass(frozen=True, slots=True)
class Miss:
    """When something was missed, and what to say of it: "You missed a question about this in a quiz"."""

    at: datetime
    what: str


def misses(ctx: Context, session: Session, desk: Desk) -> dict[str, Miss]:
    """Cards about what was missed, by id: of questions in a quiz first, then of lab steps that needed a hint."""
    since = desk.moment.at - MISSED_FOR
    found = {
        item_id: Miss(at, "You missed a question about this in a quiz")
        for item_id, at in missed_questions(session, desk.deck, since)
    }
    sections: dict[tuple[str, str], Miss] = {}
    for (slug, step_id), at in helped(session, desk.user.id, since).items():
        lab = ctx.library.labs.get(slug)
        if lab is None or lab.module is None or desk.deck.module_slug not in {None, lab.module}:
            continue
        for place, step in enumerate(lab.steps, 1):
            if step.id == step_id and step.notes:
                sections[lab.module, step.notes] = Miss(
                    at, f"You opened a hint at step {place} of the lab “{lab.title}”"
                )
    if sections:
        instants = {section: miss.at for section, miss in sections.items()}
        for item_id, section in first_cards(session, desk.deck, instants):
            found.setdefault(item_id, sections[section])
    return found
