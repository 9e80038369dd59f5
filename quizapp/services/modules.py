"""What there is to learn from: courses, modules and their sections with what each offers one person. Knows no page."""

from dataclasses import dataclass

from quizapp.services.context import Context


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """One module in a list: `answered` of its `questions` were answered at least once; `origin` is content or note."""

    slug: str
    title: str
    questions: int
    cards: int
    answered: int
    due: int
    origin: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course and its modules in the author's order; the person's own notes are the course with the slug `notes`."""

    slug: str
    title: str
    description: str
    modules: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading path, its line in the notes, and what can be asked about it (subsections not counted in)."""

    path: tuple[str, ...]
    line: int
    questions: int
    cards: int


@dataclass(frozen=True, slots=True)
class NoteWarning:
    """Something an author should look at, by line of the notes."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module to read; `clash` says so when a note of the same name stands back behind it."""

    slug: str
    title: str
    course: str
    text: str
    origin: str
    sections: tuple[SectionView, ...]
    warnings: tuple[NoteWarning, ...]
    questions: int
    cards: int
    clash: str | None = None


def library(ctx: Context, user_id: str) -> list[CourseView]:
    """Every course with its modules, and the person's own notes last."""
    raise NotImplementedError


def module(ctx: Context, user_id: str, slug: str) -> ModuleView:
    """One module with its text; raises NotFound when there is none, or it is somebody else's note."""
    raise NotImplementedError
