"""Reads content/ and labs/ from disk into one immutable Library. Knows no database and no page.

A broken file never hides a good one: every author error is gathered, with file and line, and what is sound is served.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from quizapp.curation.sheet import ENDING, NO_SHEET, Sheet, read_sheet
from quizapp.labs.proof import Proof, load_proof
from quizapp.labs.spec import Lab, load_lab
from quizapp.notes.errors import AuthorError
from quizapp.notes.read import decode_notes, module_slug
from quizapp.yamltext import YamlError, load_yaml

COURSE_KEYS = ("title", "description", "modules")


@dataclass(frozen=True, slots=True)
class Module:
    """One file of notes; `slug` is its name without .md, unique over all courses.

    `curation` are the decisions beside it, or None when that file cannot be used and nothing shall follow from it.
    """

    slug: str
    course: str
    path: str
    text: str
    curation: Sheet | None = NO_SHEET


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of notes in the order its author chose."""

    slug: str
    title: str
    description: str
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """What authors keep in git."""

    courses: tuple[Course, ...] = ()
    labs: Mapping[str, Lab] = field(default_factory=lambda: MappingProxyType({}))
    errors: tuple[AuthorError, ...] = ()

    def module(self, slug: str) -> Module | None:
        """The module of that slug, or None."""
        return next((module for module in self.modules() if module.slug == slug), None)

    def modules(self) -> Iterator[Module]:
        """All modules, course by course."""
        for course in self.courses:
            yield from course.modules


def read_library(content_dir: str, labs_dir: str) -> Library:
    """Everything below the two folders; never raises for what an author wrote."""
    errors: list[AuthorError] = []
    courses = _read_courses(Path(content_dir), errors)
    labs = _read_labs(Path(labs_dir), {module.slug for course in courses for module in course.modules}, errors)
    return Library(courses=courses, labs=MappingProxyType(labs), errors=tuple(errors))


def _read_courses(folder: Path, errors: list[AuthorError]) -> tuple[Course, ...]:
    seen: dict[str, str] = {}
    return tuple(_read_course(path, folder.parent, seen, errors) for path in _folders(folder, errors))


def _folders(folder: Path, errors: list[AuthorError]) -> list[Path]:
    if not folder.is_dir():
        errors.append(AuthorError(str(folder), 0, "is not a folder"))
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _read_course(folder: Path, root: Path, seen: dict[str, str], errors: list[AuthorError]) -> Course:
    about = _read_about(folder / "course.yaml", root, errors)
    order = {name: place for place, name in enumerate(about.get("modules", ()))}
    files = sorted(folder.glob("*.md"), key=lambda path: (order.get(path.stem, len(order)), path.stem))
    missing = sorted(set(order) - {path.stem for path in files})
    where = _name(folder / "course.yaml", root)
    errors.extend(AuthorError(where, 1, f"lists the module {name!r}; there is no {name}.md") for name in missing)
    modules = (_read_module(path, folder.name, root, seen, errors) for path in files)
    for path in sorted(folder.glob(f"*{ENDING}")):
        name = path.name.removesuffix(ENDING)
        if name not in {file.stem for file in files}:
            errors.append(AuthorError(_name(path, root), 0, f"decides about {name}.md, and there is none beside it"))
    return Course(
        slug=folder.name,
        title=about.get("title") or folder.name.replace("-", " ").capitalize(),
        description=about.get("description", ""),
        modules=tuple(module for module in modules if module),
    )


def _read_about(path: Path, root: Path, errors: list[AuthorError]) -> dict[str, Any]:
    """course.yaml as plain data, or nothing when it is absent or wrong (and then the errors say so)."""
    if not path.is_file():
        return {}
    name = _name(path, root)
    try:
        document = load_yaml(decode_notes(path.read_bytes(), file=name))
    except YamlError as error:
        errors.append(AuthorError(name, error.line, error.says))
        return {}
    except AuthorError as error:
        errors.append(error)
        return {}
    data = document.data
    if not isinstance(data, dict):
        errors.append(AuthorError(name, 1, "must be a mapping with title, description and modules"))
        return {}
    wrong = [key for key in data if key not in COURSE_KEYS]
    errors.extend(
        AuthorError(name, document.line(key), f"unknown key {key!r}; known are {', '.join(COURSE_KEYS)}")
        for key in wrong
    )
    if not _strings(data.get("modules", [])):
        errors.append(AuthorError(name, document.line("modules"), "modules must be a list of file names without .md"))
        wrong.append("modules")
    for key in ("title", "description"):
        if not isinstance(data.get(key, ""), str):
            errors.append(AuthorError(name, document.line(key), f"{key} must be a text"))
            wrong.append(key)
    return {key: value for key, value in data.items() if key not in wrong}


def _strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _read_module(path: Path, course: str, root: Path, seen: dict[str, str], errors: list[AuthorError]) -> Module | None:
    name, slug = _name(path, root), module_slug(path.stem)
    if slug in seen:
        errors.append(AuthorError(name, 1, f"has the same module name as {seen[slug]}; rename one of the two files"))
        return None
    text = _text(path, name, errors)
    if text is None:
        return None
    seen[slug] = name
    beside = path.with_name(path.stem + ENDING)
    return Module(slug=slug, course=course, path=name, text=text, curation=_read_curation(beside, slug, root, errors))


def _read_curation(path: Path, module: str, root: Path, errors: list[AuthorError]) -> Sheet | None:
    if not path.is_file():
        return NO_SHEET
    name = _name(path, root)
    text = _text(path, name, errors)
    if text is None:
        return None
    sheet, wrong = read_sheet(text, file=name, module=module)
    errors.extend(wrong)
    return None if wrong else sheet


def _read_labs(folder: Path, modules: Collection[str], errors: list[AuthorError]) -> dict[str, Lab]:
    labs: dict[str, Lab] = {}
    for path in _folders(folder, errors):
        name = _name(path / "lab.yaml", folder.parent)
        text = _text(path / "lab.yaml", name, errors)
        if text is None:
            continue
        lab, wrong = load_lab(text, file=name)
        errors.extend(wrong)
        if lab:
            lab = replace(lab, solution=_read_proof(path / "proof.yaml", folder.parent, errors).solution)
        if lab and lab.module and lab.module not in modules:
            says = f"goes with the module {lab.module!r}; there is no {lab.module}.md in content/"
            errors.append(AuthorError(name, load_yaml(text).line("module"), says))
            lab = replace(lab, module=None)
        if lab and lab.slug != path.name:
            errors.append(AuthorError(name, 1, f"is named {lab.slug!r}; a lab is named as its folder, {path.name!r}"))
        elif lab:
            labs[path.name] = lab
    return labs


def _read_proof(path: Path, root: Path, errors: list[AuthorError]) -> Proof:
    """The proof of a lab; without one its steps have no solution to show."""
    if not path.is_file():
        return Proof()
    name = _name(path, root)
    text = _text(path, name, errors)
    if text is None:
        return Proof()
    proof, wrong = load_proof(text, file=name)
    errors.extend(wrong)
    return proof


def _text(path: Path, name: str, errors: list[AuthorError]) -> str | None:
    """What a file says, or None when it cannot be read (and then the errors say so)."""
    try:
        return decode_notes(path.read_bytes(), file=name)
    except AuthorError as error:
        errors.append(error)
    except OSError as error:
        errors.append(AuthorError(name, 0, f"cannot be read: {error.strerror}"))
    return None


def _name(path: Path, root: Path) -> str:
    """How a file is named to its author: relative to the folder that holds content/ or labs/."""
    return path.relative_to(root).as_posix()
