"""Taking a list of people into a cohort: looked at first, then all of it or nothing, and twice is as once.

Places are found again by their e-mail. What a list does not say stays as it is, and nobody is taken out by a list.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from quizapp.exchange.errors import BadFile
from quizapp.exchange.roster import Line, Roster, Said, decode, read_roster
from quizapp.exchange.table import guarded
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, Stale
from quizapp.services.joining import GIVEN, fresh_code
from quizapp.services.standing import Right, stand
from quizapp.services.users import UserView
from quizapp.storage import cohorts, join_codes
from quizapp.storage.database import Session
from quizapp.storage.tables.cohorts import Membership

INVITED_FOR = timedelta(days=30)
FIELDS = ("email", "name", "section", "labels", "external_id")
WORDS = {"email": "e-mail", "external_id": "id"}


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one line: `new`, `changed`, `back` (was taken out) or `same`; `changes` says what, in words."""

    line: int
    kind: str
    email: str
    name: str
    section: str
    labels: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, nothing when there are troubles; by `digest` what is done is what was seen.

    `untouched` are people with an address who are here and not in the list.
    """

    rows: tuple[Planned, ...]
    troubles: tuple[Said, ...]
    notices: tuple[Said, ...]
    delimiter: str
    header: bool
    columns: tuple[str, ...]
    untouched: int
    digest: str

    @property
    def counts(self) -> Counter[str]:
        """How many lines become what."""
        return Counter(row.kind for row in self.rows)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh code for somebody of the roster who has not come yet, told this once."""

    name: str
    email: str
    section: str
    code: str


def read_upload(raw: bytes) -> tuple[str, str]:
    """(text, encoding) of a file; raises BadInput for what is no text."""
    try:
        return decode(raw)
    except BadFile as error:
        raise BadInput("upload", f"the file {error}") from error


def plan_roster(ctx: Context, person: UserView, cohort_id: str, text: str, role: str) -> Plan:
    """What a list would change; changes nothing."""
    _check_role(role)
    roster = read_roster(text)
    with ctx.database.read() as session:
        stand(session, person, cohort_id, Right.MANAGE)
        return _plan(roster, cohorts.roster(session, cohort_id), role)


def import_roster(ctx: Context, person: UserView, cohort_id: str, text: str, role: str, digest: str) -> Plan:
    """Takes the list in, all of it; raises Stale when that is not what was seen, BadInput when it has a trouble."""
    _check_role(role)
    roster = read_roster(text)
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.MANAGE, lock=True)
        places = cohorts.roster(session, cohort_id)
        plan = _plan(roster, places, role)
        if plan.troubles:
            raise BadInput("text", f"line {plan.troubles[0].line} {plan.troubles[0].says}")
        if plan.digest != digest:
            raise Stale("the cohort or the list is another one than was looked at")
        _apply(ctx, session, cohort_id, roster.lines, places, role)
        counts = plan.counts
        if counts["same"] < len(plan.rows):
            done = {kind: counts[kind] for kind in ("new", "changed", "back")}
            cohorts.add_event(session, cohort_id, person.id, "roster", {**done, "role": role}, ctx.now())
    return plan


def invite(ctx: Context, person: UserView, cohort_id: str) -> tuple[Invitation, ...]:
    """Fresh invitations for everybody of the roster who has not come yet; earlier ones open nothing any more."""
    now = ctx.now()
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.MANAGE, lock=True)
        waiting = [
            place
            for place in cohorts.roster(session, cohort_id)
            if place.user_id is None and place.left_at is None and place.role in GIVEN
        ]
        join_codes.revoke_invitations(session, [place.id for place in waiting], now)
        until = now + INVITED_FOR
        made = [
            fresh_code(person, cohort_id, place.role, until=until, now=now, membership_id=place.id) for place in waiting
        ]
        join_codes.add_codes(session, [row for _, row in made])
        if waiting:
            cohorts.add_event(session, cohort_id, person.id, "invited", {"people": len(waiting)}, now)
        return tuple(
            Invitation(guarded(place.name), guarded(place.email or ""), guarded(place.section), code)
            for place, (code, _) in zip(waiting, made, strict=True)
        )


def _plan(roster: Roster, places: Sequence[Membership], role: str) -> Plan:
    known = {place.email_key: place for place in places}
    ids = {place.external_id: place for place in places if place.external_id}
    rows, troubles = [], list(roster.troubles)
    for line in roster.lines:
        place = known.get(line.key)
        owner = ids.get(line.external_id or "")
        if owner is not None and owner is not place:
            says = f"has the id {line.external_id!r}, which is that of {owner.email} here; put one of them right"
            troubles.append(Said(line.line, says))
        rows.append(_planned(line, place))
    named = {line.key for line in roster.lines}
    seen = repr((role, rows)).encode("utf-8", "surrogatepass")
    return Plan(
        rows=tuple(rows) if not troubles else (),
        troubles=tuple(sorted(troubles, key=lambda one: one.line)),
        notices=roster.notices,
        delimiter=roster.delimiter,
        header=roster.header,
        columns=roster.columns,
        untouched=sum(place.left_at is None and place.email_key not in named for place in places),
        digest=hashlib.sha256(seen).hexdigest(),
    )


def _planned(line: Line, place: Membership | None) -> Planned:
    new = _after(line, place)
    kind, changes = "new", tuple[str, ...]()
    if place is not None:
        now = {name: getattr(place, name) for name in FIELDS}
        changes = tuple(_change(name, now[name], new[name]) for name in FIELDS if now[name] != new[name])
        kind = "back" if place.left_at is not None else "changed" if changes else "same"
    return Planned(line.line, kind, new["email"], new["name"], new["section"], tuple(new["labels"]), changes)


def _after(line: Line, place: Membership | None) -> dict[str, Any]:
    """What a place holds when a line was taken in: what the list says, else what was there.

    The address stays as it was first written while it is that of the same person.
    """
    said = {"name": line.name, "section": line.section, "external_id": line.external_id}
    texts = {name: text if text is not None else getattr(place, name, "") for name, text in said.items()}
    labels = list(line.labels) if line.labels is not None else list(place.labels) if place else []
    return {"email": (place.email if place else None) or line.email, **texts, "labels": labels}


def _change(name: str, before: str | list[str], after: str | list[str]) -> str:
    old, new = (", ".join(one) if isinstance(one, list) else one for one in (before, after))
    return f"{WORDS.get(name, name)}: {old or 'none'} → {new or 'none'}"


def _apply(
    ctx: Context, session: Session, cohort_id: str, lines: Sequence[Line], places: Sequence[Membership], role: str
) -> None:
    known = {place.email_key: place for place in places}
    new = []
    for line in lines:
        place, now = known.get(line.key), _after(line, known.get(line.key))
        if place is None:
            place = Membership(cohort_id=cohort_id, role=role, email_key=line.key, joined_at=ctx.now())
            new.append(place)
        place.left_at = None
        for name in FIELDS:
            if getattr(place, name) != now[name]:
                setattr(place, name, now[name])
    cohorts.add_places(session, new)


def _check_role(role: str) -> None:
    if role not in GIVEN:
        raise BadInput("role", f"is {role!r}; a list gives one of {', '.join(GIVEN)}")
