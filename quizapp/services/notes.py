"""Notes that people write in the browser: look at what they would give, save versions, export. Knows no page."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from quizapp.notes.errors import AuthorError
from quizapp.notes.parse import parse_notes
from quizapp.notes.read import clean_text, module_slug
from quizapp.questions.generate import generate
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound, Stale
from quizapp.services.modules import NoteWarning, SectionView
from quizapp.services.settle import hashed
from quizapp.services.sync import plan_text, sync_within
from quizapp.storage import items
from quizapp.storage import notes as store
from quizapp.storage.columns import new_id
from quizapp.storage.tables.notes import Note, NoteVersion


@dataclass(frozen=True, slots=True)
class Reworded:
    """What an item said and what it is going to say."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What saving would do to the items that are there: `same` and `new` are counts, `gone` what they asked.

    Histories follow the reworded ones; `key_changed` get another right answer; `care` when over a fifth would go.
    """

    same: int
    reworded: tuple[Reworded, ...]
    key_changed: tuple[Reworded, ...]
    gone: tuple[str, ...]
    new: int
    care: bool


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What would come out of a text: `items` are questions and `cards` cards, keys included."""

    title: str
    slug: str
    items: tuple[Item, ...]
    cards: tuple[Item, ...]
    sections: tuple[SectionView, ...]
    warnings: tuple[NoteWarning, ...]
    clash: str | None
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class VersionView:
    """One saved version; the newest has the highest `number`."""

    number: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note at one version; `base_version` for the next save is `latest`; `clash` says when content/ hides it."""

    slug: str
    title: str
    markdown: str
    version: int
    latest: int
    saved_at: datetime
    versions: tuple[VersionView, ...]
    clash: str | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in a list."""

    slug: str
    title: str
    version: int
    saved_at: datetime
    questions: int
    cards: int
    clash: str | None


def preview(
    ctx: Context, user_id: str, markdown: str, title: str | None = None, *, slug: str | None = None
) -> PreviewView:
    """The questions and cards of a text before anything is saved; raises BadInput for a text that cannot be read.

    For notes that are there (`slug`) also what becomes of the items they gave.
    """
    text = _readable(markdown)
    parsed = parse_notes(text)
    name = title or parsed.title or "Notes"
    changes = _changes(ctx, user_id, slug, text) if slug else None
    slug = slug or module_slug(name)
    generated = generate(parsed, slug=slug)
    quiz = tuple(item for item in generated.items if item.use == "quiz")
    cards = tuple(item for item in generated.items if item.use == "card")
    counted = Counter((item.section, item.use) for item in generated.items)
    sections = tuple(
        SectionView(one.path, one.line, counted[one.path, "quiz"], counted[one.path, "card"]) for one in parsed.sections
    )
    warnings = tuple(NoteWarning(warning.line, warning.says) for warning in generated.warnings)
    return PreviewView(name, slug, quiz, cards, sections, warnings, _clash(ctx, slug), changes)


def _changes(ctx: Context, user_id: str, slug: str, text: str) -> Changes | None:
    """What saving the text would do to the items of a note that is there and shown."""
    with ctx.database.read() as session:
        known = items.visible_module(session, user_id, slug)
        if known is None or known.origin != "note" or known.owner_id != user_id:
            return None
        planned = plan_text(session, slug, known.path, text, known)
    plan = planned.plan
    return Changes(
        same=len(plan.items) - len(plan.new) - len({*plan.edited, *plan.key_changed}),
        reworded=tuple(Reworded(planned.before[one].prompt, plan.items[one].prompt) for one in plan.edited),
        key_changed=tuple(
            Reworded(planned.says(planned.before, one), planned.says(plan.items, one)) for one in plan.key_changed
        ),
        gone=tuple(planned.before[one].prompt for one in plan.retired),
        new=len(plan.new),
        care=planned.held,
    )


def save_note(
    ctx: Context,
    user_id: str,
    markdown: str,
    *,
    title: str | None = None,
    slug: str | None = None,
    base_version: int | None = None,
) -> NoteView:
    """Saves a new note, or the next version of `slug`; raises Stale when `base_version` is no longer the newest."""
    text = _readable(markdown)
    name = title or parse_notes(text).title or "Notes"
    slug = slug or module_slug(name)
    with ctx.database.write() as session:
        owner = store.owner_of(session, slug)
        if owner not in (None, user_id):
            raise BadInput("title", "somebody else has notes of that name; choose another title")
        note = store.note(session, user_id, slug, lock=True)
        if note is None:
            note = Note(id=new_id(), slug=slug, owner_id=user_id, latest=0, created_at=ctx.now())
            store.add_note(session, note)
        if base_version is not None and base_version != note.latest:
            raise Stale(f"the note was saved as version {note.latest} meanwhile")
        note.latest += 1
        digest = hashed(text)
        version = NoteVersion(
            note_id=note.id,
            number=note.latest,
            title=name,
            markdown=text,
            text_hash=digest,
            author_id=user_id,
            saved_at=ctx.now(),
        )
        store.add_version(session, version)
        sync_within(ctx, session, agreed=(slug,))  # who saves has seen what it does
    return note_view(ctx, user_id, slug, None)


def notes(ctx: Context, user_id: str) -> list[NoteRow]:
    """The person's notes, last saved first."""
    with ctx.database.read() as session:
        counts = items.count_by_module(session, user_id)
        rows = store.all_newest(session, user_id)
    return [
        NoteRow(
            slug=slug,
            title=row.title,
            version=row.number,
            saved_at=row.saved_at,
            questions=counts.get((slug, "quiz"), 0),
            cards=counts.get((slug, "card"), 0),
            clash=_clash(ctx, slug),
        )
        for slug, row in rows
    ]


def note(ctx: Context, user_id: str, slug: str, version: int | None = None) -> NoteView:
    """One note at its newest or the given version; raises NotFound when there is none, or it is somebody else's."""
    return note_view(ctx, user_id, slug, version)


def note_view(ctx: Context, user_id: str, slug: str, version: int | None) -> NoteView:
    """A note as its page shows it."""
    with ctx.database.read() as session:
        found = store.note(session, user_id, slug)
        if found is None:
            raise NotFound(slug)
        row = store.version(session, found.id, found.latest if version is None else version)
        versions = store.history(session, found.id)
    if row is None:
        raise NotFound(slug)
    return NoteView(
        slug=slug,
        title=row.title,
        markdown=row.markdown,
        version=row.number,
        latest=found.latest,
        saved_at=row.saved_at,
        versions=tuple(VersionView(*entry) for entry in versions),
        clash=_clash(ctx, slug),
    )


def export_notes(ctx: Context, user_id: str) -> list[tuple[str, str]]:
    """File names and Markdown of all notes at their newest version."""
    with ctx.database.read() as session:
        return [(f"{slug}.md", row.markdown) for slug, row in store.all_newest(session, user_id)]


def _readable(markdown: str) -> str:
    try:
        return clean_text(markdown, file="these notes")
    except AuthorError as error:
        raise BadInput("markdown", error.says) from error


def _clash(ctx: Context, slug: str) -> str | None:
    known = ctx.library.module(slug)
    return f"content/ has a module of that name ({known.path}); it is the one that is shown" if known else None
