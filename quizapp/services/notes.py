"""Notes that people write in the browser: look at what they would give, save versions, export. Knows no page."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.modules import NoteWarning, SectionView


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


def preview(ctx: Context, user_id: str, markdown: str, title: str | None = None) -> PreviewView:
    """The questions and cards of a text before anything is saved; raises BadInput for a text that cannot be read."""
    raise NotImplementedError


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
    raise NotImplementedError


def notes(ctx: Context, user_id: str) -> list[NoteRow]:
    """The person's notes, last saved first."""
    raise NotImplementedError


def note(ctx: Context, user_id: str, slug: str, version: int | None = None) -> NoteView:
    """One note at its newest or the given version; raises NotFound when there is none, or it is somebody else's."""
    raise NotImplementedError


def export_notes(ctx: Context, user_id: str) -> list[tuple[str, str]]:
    """File names and Markdown of all notes at their newest version."""
    raise NotImplementedError
