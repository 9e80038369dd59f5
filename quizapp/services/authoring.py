"""Labs as their authors write them: read a folder from disk and say what to mend, begin one, judge what was recorded.

Asks no cluster and no database.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from quizapp.labs.lint import LabTexts, lint
from quizapp.labs.recording import BadRecording, read_recording
from quizapp.labs.skeleton import skeleton
from quizapp.labs.spec import SLUG, Lab, load_lab
from quizapp.labs.verdict import verdicts
from quizapp.library import Library, read_library
from quizapp.notes.errors import AuthorError
from quizapp.notes.parse import parse_notes
from quizapp.notes.read import decode_notes
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.lab_views import Verification, step_view
from quizapp.settings import ROOT, Settings


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


def new_lab(settings: Settings, name: str, *, folder: Path, module: str | None) -> tuple[Path, ...]:
    """Writes the files of a lab that can be done as it is; what is the author's own to say is a TODO in them.

    BadInput when the name cannot be one or is taken, NotFound when there is no such module of notes.
    """
    if not SLUG.fullmatch(name):
        raise BadInput("NAME", f"{name!r} cannot be a lab's name; it has small letters, digits and hyphens, 52 at most")
    place = folder / name
    if place.exists():
        raise BadInput("NAME", f"{place} is there already; choose another name, or remove it")
    modules = {one.slug: one for one in read_library(settings.content_dir, str(folder)).modules()}
    chosen = modules.get(module) if module else next(iter(modules.values()), None)
    if chosen is None:
        raise NotFound(f"there is no module {module or ''} of notes; there are: {', '.join(modules) or 'none'}")
    headings = [section.path[-1] for section in parse_notes(chosen.text).sections if section.path]
    if not headings:
        raise NotFound(f"the module {chosen.slug} has no heading that steps could lead to; choose one with --module")
    place.mkdir(parents=True)
    texts = skeleton(name, module=chosen.slug, notes=headings[0], schema=_schema(place))
    for file, text in texts.items():
        (place / file).write_text(text, encoding="utf-8")
    return tuple(place / file for file in texts)


def read_lab(settings: Settings, lab: str) -> tuple[Lab, LabTexts]:
    """A lab by its name or its folder; NotFound when there is none, BadInput when it cannot be read."""
    folder = Path(lab) if (Path(lab) / "lab.yaml").is_file() else Path(settings.labs_dir) / lab
    texts = _texts(folder)
    if texts is None:
        there = ", ".join(sorted(path.parent.name for path in Path(settings.labs_dir).glob("*/lab.yaml")))
        raise NotFound(f"there is no lab {lab}; there are: {there or 'none'}")
    found, errors = load_lab(texts.lab, file=f"{folder}/lab.yaml")
    if found is None:
        raise BadInput("LAB", f"cannot be judged by: {errors[0]}")
    return found, texts


def judged_recording(settings: Settings, lab: str, recording: Path) -> Verification:
    """What `lab check` said, or would have said, to the answers in a file; `lab` is a name or a lab's folder.

    NotFound when one of the two is not there, BadInput when it cannot be used.
    """
    found, _ = read_lab(settings, lab)
    try:
        kept = read_recording(recording.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotFound(f"{recording}: cannot be read: {error.strerror}") from error
    except (BadRecording, UnicodeDecodeError) as error:
        says = str(error) if isinstance(error, BadRecording) else "is no text"
        raise BadInput("EVIDENCE.json", f"{recording} {says}; lab record writes one") from error
    said = verdicts(found, kept.evidence, kept.baseline)
    passed = {name: kept.evidence.at for name, verdict in said.items() if verdict.state == "passed"}
    steps = tuple(step_view(step, said[step.id], passed) for step in found.steps)
    return Verification(found.slug, kept.evidence.context, kept.evidence.cluster_uid, steps)


def _schema(place: Path) -> str:
    """The path of the schema as an editor takes it: seen from the lab where both lie in one project."""
    file = ROOT / "docs" / "labs" / "schema.json"
    above = place.resolve()
    return Path(os.path.relpath(file, above) if above.is_relative_to(ROOT) else file).as_posix()


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
