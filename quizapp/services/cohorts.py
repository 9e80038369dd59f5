"""Cohorts and their people: who is in one, in which role, and who changes that. Knows no page.

A person can be a learner in one cohort and an assistant in another. An admin of the server stands in every cohort as
an instructor does, so that none is left without somebody who can look after it.
"""

from dataclasses import dataclass
from typing import Any

from quizapp.services.assignments import resolve_again
from quizapp.services.context import Context
from quizapp.services.edge import check_zone, checked_title
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.standing import ROLES, Right, Standing, may_found, stand
from quizapp.services.users import UserView, name_key
from quizapp.storage import cohorts as store
from quizapp.storage import people
from quizapp.storage.database import Session
from quizapp.storage.tables.cohorts import Cohort, Membership
from quizapp.storage.tables.people import User

TEACH = ("instructor", "assistant")


@dataclass(frozen=True, slots=True)
class CohortCard:
    """A cohort in a list; `role` is the person's own, None for an admin who is not in it."""

    id: str
    title: str
    role: str | None
    learners: int


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody in a cohort; `waiting` is a place of a roster to which nobody has come yet.

    `account` is the name of the account where it differs from the roster's; `email` is told to instructors alone.
    """

    id: str
    name: str
    role: str
    you: bool
    waiting: bool
    account: str
    email: str
    section: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CohortView:
    """A cohort as one person sees it: `people` is everybody, or for a learner those who teach; `left` who was there."""

    id: str
    title: str
    tz_name: str
    role: str
    manages: bool
    sees_people: bool
    sees_results: bool
    people: tuple[MemberView, ...]
    left: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class CohortHead:
    """A cohort without its people."""

    id: str
    title: str
    tz_name: str
    manages: bool


def my_cohorts(ctx: Context, person: UserView) -> tuple[CohortCard, ...]:
    """The cohorts that somebody is in, the newest first; an admin sees all."""
    with ctx.database.read() as session:
        found = store.cohorts_of(session, person.id, every=person.role == "admin")
    return tuple(CohortCard(one.id, one.title, role, learners) for one, role, learners in found)


def create_cohort(ctx: Context, person: UserView, title: str, tz_name: str) -> str:
    """Begins a cohort with the person as its instructor and returns its id; raises BadInput, or NotFound to others."""
    if not may_found(ctx, person):
        raise NotFound("cohorts")
    new = Cohort(title=checked_title(title), tz_name=_zone(tz_name), created_by=person.id, created_at=ctx.now())
    with ctx.database.write() as session:
        store.add_cohort(session, new)
        first = Membership(cohort_id=new.id, user_id=person.id, role="instructor", joined_at=new.created_at)
        store.add_membership(session, first)
        _note(ctx, session, person, new.id, "created", title=new.title, tz_name=new.tz_name)
    return new.id


def edit_cohort(ctx: Context, person: UserView, cohort_id: str, title: str, tz_name: str) -> None:
    """Another title or zone, in which the same wall times mean other instants; raises BadInput."""
    title, tz_name = checked_title(title), _zone(tz_name)
    with ctx.database.write() as session:
        cohort = stand(session, person, cohort_id, Right.MANAGE, lock=True).cohort
        if (cohort.title, cohort.tz_name) != (title, tz_name):
            cohort.title, cohort.tz_name = title, tz_name
            resolve_again(session, cohort)
            _note(ctx, session, person, cohort_id, "edited", title=title, tz_name=tz_name)


def cohort_head(ctx: Context, person: UserView, cohort_id: str, right: Right = Right.ENTER) -> CohortHead:
    """What a page about something in a cohort says of it, for those who have that right."""
    with ctx.database.read() as session:
        standing = stand(session, person, cohort_id, right)
        found = standing.cohort
        return CohortHead(found.id, found.title, found.tz_name, standing.may(Right.MANAGE))


def cohort(ctx: Context, person: UserView, cohort_id: str) -> CohortView:
    """A cohort with the people that this person may see."""
    with ctx.database.read() as session:
        standing = stand(session, person, cohort_id, Right.ENTER)
        rows = store.members(session, cohort_id)
    shown = [row for row in rows if standing.may(Right.PEOPLE) or (row[1] and row[0].role in TEACH)]
    views = sorted(
        (_member(person, standing, *row) for row in shown), key=lambda one: (ROLES.index(one.role), one.name.casefold())
    )
    there = {place.id for place, _ in shown if place.left_at is None}
    return CohortView(
        id=standing.cohort.id,
        title=standing.cohort.title,
        tz_name=standing.cohort.tz_name,
        role=standing.role,
        manages=standing.may(Right.MANAGE),
        sees_people=standing.may(Right.PEOPLE),
        sees_results=standing.may(Right.RESULTS),
        people=tuple(one for one in views if one.id in there),
        left=tuple(one for one in views if one.id not in there) if standing.may(Right.MANAGE) else (),
    )


def add_member(ctx: Context, person: UserView, cohort_id: str, name: str, role: str) -> None:
    """Takes the account of that name in, or brings somebody back who left; raises BadInput for nobody."""
    _check_role(role)
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.MANAGE, lock=True)
        found = people.user_by_name(session, name_key(name))
        if found is None or found.password_hash is None:
            raise BadInput("name", f"there is no account {name.strip()!r}; an invitation lets people make one")
        place = store.membership(session, cohort_id, found.id)
        if place is not None and place.left_at is None:
            raise BadInput("name", f"{found.name} is in this cohort already, as {place.role}")
        if place is None:
            place = Membership(cohort_id=cohort_id, user_id=found.id, role=role, joined_at=ctx.now())
            store.add_membership(session, place)
        place.role, place.left_at = role, None
        _note(ctx, session, person, cohort_id, "added", membership=place.id, role=role)


def change_role(ctx: Context, person: UserView, cohort_id: str, membership_id: str, role: str) -> None:
    """Gives somebody another role; raises BadInput for the last instructor."""
    _check_role(role)
    with ctx.database.write() as session:
        place = _place(session, person, cohort_id, membership_id)
        if role == "instructor" and place.user_id is None:
            raise BadInput("role", "nobody has come to this place yet; who has joined can become an instructor")
        if place.role != role:
            _keep_an_instructor(session, place)
            _note(ctx, session, person, cohort_id, "role", membership=place.id, before=place.role, role=role)
            place.role = role


def remove_member(ctx: Context, person: UserView, cohort_id: str, membership_id: str) -> None:
    """Takes somebody out; what they did there stays theirs. Raises BadInput for the last instructor."""
    with ctx.database.write() as session:
        place = _place(session, person, cohort_id, membership_id)
        _keep_an_instructor(session, place)
        place.left_at = ctx.now()
        _note(ctx, session, person, cohort_id, "removed", membership=place.id, role=place.role)


def _place(session: Session, person: UserView, cohort_id: str, membership_id: str) -> Membership:
    """Somebody who is in the cohort now, for those who may change that."""
    stand(session, person, cohort_id, Right.MANAGE, lock=True)
    found = store.place(session, cohort_id, membership_id)
    if found is None or found.left_at is not None:
        raise NotFound(membership_id)
    return found


def _keep_an_instructor(session: Session, place: Membership) -> None:
    if (
        place.role == "instructor"
        and place.user_id
        and store.count_in_role(session, place.cohort_id, "instructor") == 1
    ):
        raise BadInput("role", "this is the only instructor; make somebody else one first")


def _note(ctx: Context, session: Session, person: UserView, cohort_id: str, kind: str, **detail: Any) -> None:
    store.add_event(session, cohort_id, person.id, kind, detail, ctx.now())


def _member(person: UserView, standing: Standing, place: Membership, user: User | None) -> MemberView:
    told = standing.may(Right.PEOPLE)
    account = user.name if user else ""
    email = (place.email or "") if standing.may(Right.MANAGE) else ""
    return MemberView(
        id=place.id,
        name=(place.name if told else "") or account or email or "somebody without a name",
        role=place.role,
        you=place.user_id == person.id,
        waiting=user is None,
        account=account if place.name and account != place.name else "",
        email=email,
        section=place.section if told else "",
        labels=tuple(place.labels) if told else (),
    )


def _zone(tz_name: str) -> str:
    check_zone("tz_name", tz_name.strip())
    return tz_name.strip()


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise BadInput("role", f"is {role!r}; it is one of {', '.join(ROLES)}")
