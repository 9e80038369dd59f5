"""Setting cards aside: suspended until they are taken back, or buried until tomorrow. Knows no page.

Each is an event like an answer: it can be taken back, and a rebuild finds it again.
"""

from quizapp.scheduling.events import ACTIONS, Action, act
from quizapp.services.chronicle import Happening, record
from quizapp.services.context import Context
from quizapp.services.desk import Desk, sit_down
from quizapp.services.edge import check_event_id
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.review import Outcome
from quizapp.storage import cards
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem


def set_aside(
    ctx: Context,
    user_id: str,
    *,
    item_id: str,
    action: Action,
    whole_fact: bool,
    expected_rev: int,
    client_event_id: str,
) -> Outcome:
    """Does something to a card, or to all cards of its fact at once; what it would not change is left alone."""
    check_event_id(client_event_id)
    if action not in ACTIONS:
        raise BadInput("action", f"is {action!r}; it is one of {', '.join(ACTIONS)}")
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        if cards.event_by_client_id(session, user_id, client_event_id):
            return Outcome.DUPLICATE
        found = cards.with_siblings(session, user_id, item_id)
        if not found:
            raise NotFound(item_id)
        if (found[0][1].rev if found[0][1] else 0) != expected_rev:
            return Outcome.STALE
        done = changes(desk, found if whole_fact else found[:1], action)
        if done:
            record(session, desk, done, client_event_id)
        return Outcome.ACCEPTED


def changes(desk: Desk, found: list[tuple[ContentItem, Card | None]], action: Action) -> list[Happening]:
    """What an action does to cards, without those to which it does nothing."""
    wanted = []
    for item, row in found:
        before = cards.state_of(row)
        after = act(before, action, desk.moment)
        if after != before:
            wanted.append(Happening(action, item.id, 0, item.version, row, after, desk.deck.today))
    return wanted
