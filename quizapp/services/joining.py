"""Joining a cohort by a code or a link, with an account or with a new one. Knows no page.

The database keeps only the hash of a code. A code that is wrong, ran out, was used up or taken back gives one and the
same answer, tries are counted by the throttle of logins, and looking at a link tells nothing about its code.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.services import throttle
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.standing import Right, stand
from quizapp.services.users import UserView, checked_account, hashed, keep_account, name_key, view_of
from quizapp.storage import cohorts, join_codes
from quizapp.storage.database import Session
from quizapp.storage.tables.cohorts import JoinCode, Membership

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no letter that is taken for another one or for a digit
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})
LENGTH = 12
GIVEN = ("learner", "assistant", "observer")
LONGEST = 180
MOST_USES = 1000
LABEL_LENGTH = 80
WRONG = "this code opens nothing: it is mistyped, or it ran out, was used up or taken back; ask who gave it to you"


class WrongCode(BadInput):
    """A code that opens nothing, for whatever reason."""

    def __init__(self) -> None:
        super().__init__("code", WRONG)


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code as an instructor sees it; `open` while it lets somebody in."""

    id: str
    role: str
    label: str
    uses: int
    max_uses: int
    by: str
    expires_at: datetime
    open: bool
    revoked: bool


def new_code(
    ctx: Context, person: UserView, cohort_id: str, role: str, *, days: int, uses: int, label: str = ""
) -> str:
    """A code that lets `uses` people in for `days` days, told this once; raises BadInput."""
    label = " ".join(label.split())
    if role not in GIVEN:
        raise BadInput("role", f"is {role!r}; a code gives one of {', '.join(GIVEN)}")
    if not 1 <= days <= LONGEST:
        raise BadInput("days", f"a code holds for 1 to {LONGEST} days")
    if not 1 <= uses <= MOST_USES:
        raise BadInput("uses", f"a code lets 1 to {MOST_USES} people in")
    if len(label) > LABEL_LENGTH or not label.isprintable():
        raise BadInput("label", f"has at most {LABEL_LENGTH} characters, none of them control characters")
    now = ctx.now()
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.MANAGE, lock=True)
        code, row = fresh_code(person, cohort_id, role, until=now + timedelta(days=days), now=now)
        row.max_uses, row.label = uses, label
        join_codes.add_codes(session, [row])
        detail = {"code": row.id, "role": role, "days": days, "uses": uses}
        cohorts.add_event(session, cohort_id, person.id, "code made", detail, now)
    return code


def fresh_code(
    person: UserView, cohort_id: str, role: str, *, until: datetime, now: datetime, membership_id: str | None = None
) -> tuple[str, JoinCode]:
    """(a code for one, the row to keep of it)."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    row = JoinCode(
        cohort_id=cohort_id,
        membership_id=membership_id,
        code_hash=_hashed(code),
        role=role,
        label="",
        max_uses=1,
        uses=0,
        created_by=person.id,
        created_at=now,
        expires_at=until,
    )
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4)), row


def codes(ctx: Context, person: UserView, cohort_id: str) -> tuple[CodeView, ...]:
    """The codes of a cohort, the newest first, for who may change its people."""
    now = ctx.now()
    with ctx.database.read() as session:
        stand(session, person, cohort_id, Right.MANAGE)
        rows = join_codes.codes(session, cohort_id)
    return tuple(
        CodeView(
            id=row.id,
            role=row.role,
            label=row.label,
            uses=row.uses,
            max_uses=row.max_uses,
            by=by,
            expires_at=row.expires_at,
            open=_is_open(row, now),
            revoked=row.revoked_at is not None,
        )
        for row, by in rows
    )


def revoke_code(ctx: Context, person: UserView, cohort_id: str, code_id: str) -> None:
    """Takes a code back: it lets nobody in any more. Who came in by it stays."""
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.MANAGE, lock=True)
        row = join_codes.code(session, cohort_id, code_id)
        if row is None:
            raise NotFound(code_id)
        if row.revoked_at is None:
            row.revoked_at = ctx.now()
            cohorts.add_event(session, cohort_id, person.id, "code revoked", {"code": row.id}, row.revoked_at)


def join(ctx: Context, person: UserView, code: str, *, address: str) -> str:
    """Lets a person in and returns the cohort's id; raises WrongCode or TooManyTries. Who is in it keeps their role."""
    tries = (f"join {person.id}", address)
    throttle.count_try(ctx, *tries)
    with ctx.database.write() as session:
        row = _opened(ctx, session, code)
        _let_in(ctx, session, row, person)
    throttle.forget_tries(ctx, *tries)
    return row.cohort_id


def join_as_new(ctx: Context, name: str, password: str, code: str, *, address: str) -> tuple[UserView, str]:
    """Makes an account and lets it in, both or neither; raises BadInput, WrongCode or TooManyTries.

    Whether a name is taken is told only to who has a code.
    """
    tries = (f"join {name_key(name)}", address)
    throttle.count_try(ctx, *tries)
    with ctx.database.read() as session:
        if not _is_open(join_codes.by_hash(session, _hashed(code)), ctx.now()):
            raise WrongCode
    new = checked_account(ctx, name, password, "learner")
    with ctx.database.write() as session:
        row = _opened(ctx, session, code)
        made = view_of(keep_account(session, new))
        _let_in(ctx, session, row, made)
    throttle.forget_tries(ctx, *tries)
    return made, row.cohort_id


def _opened(ctx: Context, session: Session, code: str) -> JoinCode:
    """The code, when it lets somebody in; nobody else joins meanwhile."""
    code_hash = _hashed(code)
    cohort_id = join_codes.cohort_of(session, code_hash)
    if cohort_id is None:
        raise WrongCode
    cohorts.cohort(session, cohort_id, lock=True)
    row = join_codes.by_hash(session, code_hash)
    if row is None or not _is_open(row, ctx.now()):
        raise WrongCode
    return row


def _let_in(ctx: Context, session: Session, row: JoinCode, person: UserView) -> None:
    place = cohorts.membership(session, row.cohort_id, person.id)
    if place is not None and place.left_at is not None:
        raise WrongCode  # who was taken out comes back by an instructor alone
    if row.membership_id is not None:
        place = _claimed(ctx, session, row, place, person)
    elif place is None:
        place = Membership(cohort_id=row.cohort_id, user_id=person.id, role=row.role, joined_at=ctx.now())
        cohorts.add_membership(session, place)
    else:
        return
    row.uses += 1
    detail = {"code": row.id, "membership": place.id, "role": place.role}
    cohorts.add_event(session, row.cohort_id, person.id, "joined", detail, ctx.now())


def _claimed(ctx: Context, session: Session, row: JoinCode, mine: Membership | None, person: UserView) -> Membership:
    """The place that an invitation is for, with its person in it; who is in the cohort already brings their place."""
    waiting = cohorts.place(session, row.cohort_id, row.membership_id or "")
    if waiting is None or waiting.left_at is not None or waiting.user_id is not None:
        raise WrongCode
    if mine is None:
        waiting.user_id, waiting.joined_at = person.id, ctx.now()
        return waiting
    if mine.email_key is not None:
        raise BadInput("code", f"is for {waiting.email}, and you are in this cohort as {mine.email}; log in as another")
    cohorts.merge_places(session, waiting, mine)
    return mine


def _is_open(row: JoinCode | None, now: datetime) -> bool:
    return row is not None and row.revoked_at is None and row.uses < row.max_uses and now < row.expires_at


def _hashed(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return hashed(code[:100].casefold().translate(MISREAD))
