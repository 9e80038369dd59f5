"""Decisions as a file: taken along from one quizapp and brought into another, all of them or none. Knows no page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.curation.sheet import ENDING, Sheet, read_sheet, write_sheet
from quizapp.curation.texts import FORMS, form_of
from quizapp.notes.errors import AuthorError
from quizapp.notes.read import decode_notes
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.errors import NotFound
from quizapp.services.settle import add_decisions, dated, decided, fits, given, has_changed, settle_all
from quizapp.services.users import UserView, may_curate
from quizapp.storage import curation, items
from quizapp.storage.database import Session
from quizapp.storage.tables.notes import Module

MOST = 50


class BadFile(ValueError):
    """A file of decisions that cannot be used: every reason with file, line and field; nothing was changed."""

    def __init__(self, errors: Sequence[AuthorError]) -> None:
        self.errors = tuple(errors[:MOST])
        left = len(errors) - len(self.errors)
        super().__init__("\n".join([*map(str, self.errors), *([f"and {left} more"] if left else [])]))


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought: so many decisions, `new` of them not known before, `waiting` for items that the notes do not
    give now."""

    module: str
    decisions: int
    new: int
    waiting: int


def export_decisions(ctx: Context, person: UserView | None, slug: str) -> tuple[str, str]:
    """Name and text of the file with all that was decided about a module; `person` is None on the command line."""
    with ctx.database.read() as session:
        _module(ctx, session, person, slug)
        found = decided(session, slug)
        asks = {row.id: given(row, version).prompt for row, version in curation.askable(session, slug)}
    order = [*(item_id for item_id in asks if item_id in found), *sorted(set(found) - set(asks))]
    rows = ((item_id, asks.get(item_id, ""), found[item_id]) for item_id in order)
    return f"{slug}{ENDING}", write_sheet(slug, (row for row in rows if row[2].verdict != "undecided"))


def import_decisions(
    ctx: Context, person: UserView | None, raw: bytes, *, file: str, slug: str | None = None
) -> Imported:
    """Adds the decisions of a file; items that it does not name stay as they are. Raises BadFile and changes nothing.

    `slug` is the module that the file has to be about; without it the file says so itself.
    """
    sheet = _read(raw, file, slug)
    with ctx.database.write() as session:
        if person is None and items.module(session, sheet.module) is None:
            raise BadFile([AuthorError(file, 1, f"module: is {sheet.module!r}; there is no module of that name")])
        module = _module(ctx, session, person, sheet.module)
        items.lock_module(session, module.slug)
        here = {row.id: given(row, version) for row, version in curation.askable(session, module.slug)}
        _refuse_other_parts(sheet, here, file)
        before = decided(session, module.slug)
        made = {item_id: dated(one, here.get(item_id)) for item_id, one in sheet.decisions.items()}
        made = {item_id: one for item_id, one in made.items() if before.get(item_id) != one}
        user_id = person.id if person else None
        add_decisions(session, module.slug, made.items(), source="import", user_id=user_id, now=ctx.now())
        settle_all(session, module, made, ctx.now(), user_id=user_id)
    return Imported(module.slug, len(sheet.decisions), len(made), sum(one not in here for one in sheet.decisions))


def _read(raw: bytes, file: str, slug: str | None) -> Sheet:
    try:
        sheet, errors = read_sheet(decode_notes(raw, file=file), file=file, module=slug)
    except AuthorError as error:
        raise BadFile([error]) from error
    if errors:
        raise BadFile(errors)
    return sheet


def _module(ctx: Context, session: Session, person: UserView | None, slug: str) -> Module:
    """The module; at the command line whoever has the database may curate everything."""
    if person is None:
        found = items.module(session, slug)
    else:
        found = items.visible_module(session, person.id, slug) if may_curate(ctx, person) else None
    if found is None or found.origin == "deck":
        raise NotFound(slug)
    return found


def _refuse_other_parts(sheet: Sheet, here: Mapping[str, Item], file: str) -> None:
    """Texts must have the parts of the item that they are for; those that were written for other notes may wait."""
    wrong = [
        AuthorError(
            file,
            sheet.lines[item_id],
            f"items.{item_id}.edited: this item has {' and '.join(FORMS[form_of(here[item_id])])}",
        )
        for item_id, one in sheet.decisions.items()
        if item_id in here and one.texts and not fits(here[item_id], one.texts) and not has_changed(here[item_id], one)
    ]
    if wrong:
        raise BadFile(wrong)
