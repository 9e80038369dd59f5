"""Labs as their authors write them: read a folder from disk and say what to mend. Asks no cluster and no database."""

from dataclasses import dataclass
from pathlib import Path

from quizapp.labs.lint import LabTexts, lint
from quizapp.labs.spec import Lab, load_lab
from quizapp.library import Library, read_library
from quizapp.notes.errors import AuthorError
from quizapp.notes.parse import parse_notes
from quizapp.notes.read import decode_notes
from quizapp.services.errors import NotFound
from quizapp.settings import Settings


@dataclass(frozen=True, slots=True)
class LintReport:
    """Names of the labs that were read, and what is wrong with them; files are named from where one stands."""

    labs: tuple[str, ...]
    errors: tuple[AuthorError, ...]


def lint_labs(settings: Settings, folder: Path) -> LintReport:
    """Every lab below a folder, or the one in it; NotFound when there is none."""
    folder = folder.resolve()
    one = (folder / "lab.yaml").is_file()
    root = folder.parent if one else folder
    names = [folder.name] if one else sorted(path.parent.name for path in folder.glob("*/lab.yaml"))
    if not names:
        raise NotFound(f"{folder}: there is no lab; a lab is a folder with lab.yaml in it, or make one: lab new NAME")
    library = read_library(settings.content_dir, str(root))
    errors = []
    for name in names:
        place = f"{root.name}/{name}/lab.yaml"
        known = [
            AuthorError(str(root.parent / place), one.line, one.says) for one in library.errors if one.file == place
        ]
        errors += [_shown(error) for error in (*known, *_linted(library, root / name))]
    return LintReport(tuple(names), tuple(errors))


def _shown(error: AuthorError) -> AuthorError:
    """The same with its file named from where one stands, so that a terminal can open it."""
    path, here = Path(error.file), Path.cwd()
    return AuthorError(str(path.relative_to(here) if path.is_relative_to(here) else path), error.line, error.says)


def _linted(library: Library, folder: Path) -> list[AuthorError]:
    """What the lint says of a lab that can be read; the library names what makes it unreadable."""
    texts = _texts(folder)
    lab = load_lab(texts.lab, file=texts.folder)[0] if texts else None
    if texts is None or lab is None:
        return []
    return lint(lab, texts, _headings(library, lab))


def _texts(folder: Path) -> LabTexts | None:
    """The texts of a lab; None when lab.yaml is no text, which the library names."""
    try:
        lab = decode_notes((folder / "lab.yaml").read_bytes(), file="lab.yaml")
    except (AuthorError, OSError):
        return None
    proof = folder / "proof.yaml"
    return LabTexts(
        folder=folder.as_posix(),
        lab=lab,
        proof=proof.read_text(encoding="utf-8", errors="replace") if proof.is_file() else None,
        recordings={path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("evidence/*.json"))},
    )


def _headings(library: Library, lab: Lab) -> list[str] | None:
    module = library.module(lab.module) if lab.module else None
    if module is None:
        return None
    return [section.path[-1] for section in parse_notes(module.text).sections if section.path]
