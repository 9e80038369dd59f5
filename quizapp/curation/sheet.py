"""curation.yaml: decisions about a module's items, to read, to keep in git and to take elsewhere. Knows no database."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from quizapp.curation.texts import CHOSEN, FORMS, LONGEST, Texts, problems, tidy
from quizapp.notes.errors import AuthorError
from quizapp.yamltext import Yaml, YamlError, dump_yaml, load_yaml

MAX_BYTES = 1024 * 1024
ENDING = ".curation.yaml"
VERDICTS = ("accepted", "hidden")
KEYS = ("module", "items")
ITEM_KEYS = ("asks", "decision", "notes", "edited")
OPTION_KEYS = ("text", "right", "feedback")
SLUG = re.compile(r"[a-z0-9-]{1,60}")
HEAD = """\
# Decisions about the questions and cards of one module. `accepted`: a person vouches for it. `hidden`: it is not asked.
# `edited` holds texts of a person's own; `notes` names what the notes gave then; `asks` is for the reader alone.
"""
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What holds for an item: `accepted`, `hidden` or `undecided`, texts of a person's own if there are any, and the
    wording that the notes gave when this was decided."""

    verdict: str
    texts: Texts | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The decisions of one file by item id, and the line of each; `digest` is empty where there is no file."""

    module: str = ""
    decisions: Mapping[str, Decision] = field(default_factory=lambda: MappingProxyType({}))
    digest: str = ""
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), compare=False)


NO_SHEET = Sheet()


def read_sheet(text: str, *, file: str, module: str | None = None) -> tuple[Sheet, list[AuthorError]]:
    """The decisions and everything that is wrong with the file; a sheet with errors is not to be used."""
    try:
        document = load_yaml(text, max_bytes=MAX_BYTES)
    except YamlError as error:
        return NO_SHEET, [AuthorError(file, error.line, error.says)]
    reader = _Reader(document, file)
    name, decisions = reader.read(module)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    lines = {item_id: document.line("items", item_id, "edited") for item_id in decisions}
    return Sheet(name, MappingProxyType(decisions), digest, MappingProxyType(lines)), reader.errors


def write_sheet(module: str, rows: Iterable[tuple[str, str, Decision]]) -> str:
    """The file of a module: item id, what it asks (may be empty), decision."""
    items: dict[str, dict[str, Any]] = {}
    for item_id, asks, decision in rows:
        entry: dict[str, Any] = {"asks": asks} if asks else {}
        entry["decision"] = decision.verdict
        if decision.wording:
            entry["notes"] = decision.wording
        if decision.texts:
            entry["edited"] = decision.texts.to_dict()
        items[item_id] = entry
    return HEAD + dump_yaml({"module": module, "items": items})


class _Reader:
    """Walks the document once and gathers what is wrong, each with its line and field."""

    def __init__(self, document: Yaml, file: str) -> None:
        self.document, self.file = document, file
        self.errors: list[AuthorError] = []

    def wrong(self, path: Path, says: str) -> None:
        where = ".".join(map(str, path))
        line = self.document.line(*path)
        self.errors.append(AuthorError(self.file, line, f"{where}: {says}" if where else says))

    def read(self, module: str | None) -> tuple[str, dict[str, Decision]]:
        data = self.document.data
        if not self.mapping(data, (), KEYS):
            return "", {}
        name = self.text(data, "module", ())
        if name and not SLUG.fullmatch(name):
            self.wrong(("module",), f"is {name!r}; a module is named by small letters, digits and hyphens")
            name = ""
        if name and module not in (None, name):
            self.wrong(("module",), f"is {name!r}; this is the place of {module!r}")
        items = data.get("items")
        if not isinstance(items, Mapping):
            self.wrong(("items",), "is needed: item ids, each with its decision ({} when there is none)")
            return name, {}
        known = re.compile(rf"{re.escape(name)}-[a-z0-9][a-z0-9-]{{1,40}}")
        decisions = {}
        for item_id, entry in items.items():
            if name and not known.fullmatch(item_id):
                says = f"is no id of the module {name!r}: {name}-, then small letters, digits and hyphens"
                self.wrong(("items", item_id), says)
            decision = self.decision(entry, ("items", item_id))
            if decision:
                decisions[item_id] = decision
        return name, decisions

    def decision(self, entry: Any, path: Path) -> Decision | None:
        if not self.mapping(entry, path, ITEM_KEYS):
            return None
        verdict = entry.get("decision", "accepted" if "edited" in entry else None)
        if verdict not in VERDICTS:
            says = "is needed" if verdict is None else f"is {verdict!r}"
            self.wrong((*path, "decision"), f"{says}; it is accepted or hidden")
            verdict = "accepted"
        wording = entry.get("notes")
        if wording is not None and not (isinstance(wording, str) and re.fullmatch("[0-9a-f]{12}", wording)):
            self.wrong(
                (*path, "notes"), f"is {wording!r}; it is twelve digits or letters a to f, in quotes, or left out"
            )
            wording = None
        texts = self.texts(entry["edited"], (*path, "edited")) if "edited" in entry else None
        return Decision(verdict, texts, wording)

    def texts(self, data: Any, path: Path) -> Texts | None:
        fields = tuple(dict.fromkeys(name for names in FORMS.values() for name in names))
        if not self.mapping(data, path, fields):
            return None
        form = next((name for name, needed in FORMS.items() if set(needed) == set(data)), None)
        if form is None:
            self.wrong(path, "has " + ", or ".join(" and ".join(needed) for needed in FORMS.values()))
            return None
        before = len(self.errors)
        plain = {name: self.part(data, name, path) for name in FORMS[form]}
        if len(self.errors) > before:
            return None
        texts = Texts.from_dict(plain)
        for problem in problems(texts):
            self.wrong((*path, *_steps(problem.field)), problem.says)
        return tidy(texts)

    def part(self, data: Mapping[str, Any], name: str, path: Path) -> Any:
        """One part of the texts as `Texts.from_dict` wants it."""
        if name in CHOSEN:
            return self.options(data[name], (*path, name))
        if name in ("answers", "steps"):
            return self.lines(data[name], (*path, name))
        return self.pairs(data[name], (*path, name)) if name == "pairs" else self.text(data, name, path)

    def options(self, data: Any, path: Path) -> list[dict[str, Any]]:
        found = []
        for place, entry in enumerate(self.rows(data, path)):
            if not self.mapping(entry, (*path, place), OPTION_KEYS):
                continue
            right = entry.get("right", False)
            if not isinstance(right, bool):
                self.wrong((*path, place, "right"), "is true or left out")
            text = self.text(entry, "text", (*path, place))
            feedback = self.text(entry, "feedback", (*path, place), needed=False)
            found.append({"text": text, "right": right is True, "feedback": feedback})
        return found

    def lines(self, data: Any, path: Path) -> list[Any]:
        rows = self.rows(data, path)
        for place, entry in enumerate(rows):
            if not isinstance(entry, str):
                self.wrong((*path, place), "is a text; put it in quotes")
        return rows

    def pairs(self, data: Any, path: Path) -> list[Any]:
        rows = self.rows(data, path)
        for place, entry in enumerate(rows):
            if not isinstance(entry, list) or [isinstance(side, str) for side in entry] != [True, True]:
                self.wrong((*path, place), "is a list of two texts: [left, right]")
        return rows

    def rows(self, data: Any, path: Path) -> list[Any]:
        if isinstance(data, list):
            return data
        self.wrong(path, "is a list")
        return []

    def mapping(self, data: Any, path: Path, known: tuple[str, ...]) -> bool:
        if not isinstance(data, Mapping):
            self.wrong(path, f"is a mapping with {', '.join(known)}")
            return False
        for key in data:
            if key not in known:
                self.wrong((*path, key), f"unknown key; known are {', '.join(known)}")
        return True

    def text(self, data: Mapping[str, Any], key: str, path: Path, *, needed: bool = True) -> str:
        value = data.get(key, "")
        if not isinstance(value, str):
            self.wrong((*path, key), f"is {value!r}; a text is needed, in quotes")
            return ""
        if needed and not value.strip():
            self.wrong((*path, key), "is needed: a text")
        elif len(value) > LONGEST:
            self.wrong((*path, key), f"has more than {LONGEST} characters")
        return value


def _steps(where: str) -> Path:
    """options.1.text as the path of a document."""
    return tuple(int(step) if step.isdigit() else step for step in where.split("."))
