"""Where a person stands in a cohort, and what that opens. The one place that decides who may do what there.

Whoever may not is told that there is nothing: a cohort of others and one that never was look the same.
"""

from dataclasses import dataclass
from enum import Enum

from quizapp.services.context import Context
from quizapp.services.errors import NotFound
from quizapp.services.users import UserView
from quizapp.storage import cohorts
from quizapp.storage.database import Session
from quizapp.storage.tables.cohorts import Cohort, Membership

FOUNDERS = ("instructor", "admin")


class Right(Enum):
    """What somebody may do in a cohort."""

    ENTER = "see that it is there, and who teaches"
    PEOPLE = "see everybody in it"
    MANAGE = "change it and its people"
    RESULTS = "see what learners earned"
    LEARN = "take its assignments"


RIGHTS = {
    "instructor": frozenset({Right.ENTER, Right.PEOPLE, Right.MANAGE, Right.RESULTS}),
    "assistant": frozenset({Right.ENTER, Right.PEOPLE, Right.RESULTS}),
    "learner": frozenset({Right.ENTER, Right.LEARN}),
    "observer": frozenset({Right.ENTER, Right.PEOPLE}),
}
ROLES = tuple(RIGHTS)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person in a cohort; `membership` is None for an admin who looks after a cohort without being in it."""

    cohort: Cohort
    role: str
    membership: Membership | None

    def may(self, right: Right) -> bool:
        """Whether the role opens that."""
        return right in RIGHTS[self.role]


def stand(session: Session, person: UserView, cohort_id: str, right: Right, *, lock: bool = False) -> Standing:
    """Where the person stands; raises NotFound when that does not open what is wanted.

    With `lock` whoever else changes the cohort's people waits until this transaction ends.
    """
    found = cohorts.cohort(session, cohort_id, lock=lock)
    mine = cohorts.membership(session, cohort_id, person.id) if found else None
    if mine is not None and mine.left_at is not None:
        mine = None
    role = mine.role if mine else "instructor" if person.role == "admin" else None
    if found is None or role is None or right not in RIGHTS[role]:
        raise NotFound(cohort_id)
    return Standing(found, role, mine)


def may_found(ctx: Context, person: UserView) -> bool:
    """Whether somebody may begin a cohort: instructors and admins of a server; self-study has nobody to teach."""
    return ctx.settings.mode == "server" and person.role in FOUNDERS
