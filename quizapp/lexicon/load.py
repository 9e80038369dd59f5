"""Reads the lexicon's data files and checks that they agree with each other. Knows no notes."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from quizapp.lexicon.term import Claim, Lexicon, LexiconError, Term, Type, Wrong, spelling
from quizapp.yamltext import Yaml, YamlError, load_yaml

TYPE_KEYS = {"which", "article", "common", "plural", "foils"}
TERM_KEYS = {"name", "type", "article", "aliases", "related", "claims", "match"}
CLAIM_KEYS = {
    "says",
    "when",
    "also",
    "anywhere",
    "ask",
    "answer",
    "wrong",
    "true",
    "false",
    "blank",
    "accept",
    "pair",
    "value",
}


@cache
def lexicon() -> Lexicon:
    """The lexicon of this program, read once in a process."""
    folder = resources.files("quizapp.lexicon") / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return read_lexicon({name: (folder / name).read_text("utf-8") for name in names})


def read_lexicon(files: Mapping[str, str]) -> Lexicon:
    """A lexicon from file names and texts; raises LexiconError for anything that does not fit together."""
    documents = [(name, _document(name, text)) for name, text in files.items()]
    types = _types(documents)
    terms: dict[str, Term] = {}
    names: dict[str, str] = {}
    for file, document in documents:
        for ident, entry in document.data.get("terms", {}).items():
            reader = _Entry(file, document, ident, entry)
            if ident in terms:
                raise reader.wrong("this term stands here twice")
            terms[ident] = reader.term(types)
            for written in (terms[ident].name, *terms[ident].aliases):
                if names.setdefault(spelling(written), ident) != ident:
                    raise reader.wrong(f"{written!r} is a name of {names[spelling(written)]} already")
    for file, document in documents:
        for ident in document.data.get("terms", {}):
            _check_references(file, document, terms[ident], terms)
    return Lexicon(types, terms, names, _words(terms))


def _types(documents: Sequence[tuple[str, Yaml]]) -> dict[str, Type]:
    types: dict[str, Type] = {}
    for file, document in documents:
        for place, entry in document.data.get("types", {}).items():
            _known_keys(file, document, ("types", place), entry, TYPE_KEYS)
            types[place] = Type(
                place,
                entry["which"],
                entry.get("article", ""),
                bool(entry.get("common")),
                entry.get("plural", ""),
                tuple(entry.get("foils", ())),
            )
    for file, document in documents:
        for place in document.data.get("types", {}):
            unknown = [foil for foil in types[place].foils if foil not in types]
            if unknown:
                raise LexiconError(file, document.line("types", place, "foils"), f"unknown type {unknown[0]!r}")
    return types


def _document(file: str, text: str) -> Yaml:
    try:
        document = load_yaml(text)
    except YamlError as error:
        raise LexiconError(file, error.line, error.says) from error
    if not isinstance(document.data, dict) or set(document.data) - {"types", "terms"}:
        raise LexiconError(file, 1, "must be a mapping with types and terms")
    return document


def _known_keys(file: str, document: Yaml, path: tuple[str | int, ...], entry: Any, known: set[str]) -> None:
    if not isinstance(entry, dict):
        raise LexiconError(file, document.line(*path), "must be a mapping")
    for key in entry:
        if key not in known:
            raise LexiconError(file, document.line(*path, key), f"unknown key {key!r}")


def _check_references(file: str, document: Yaml, term: Term, terms: Mapping[str, Term]) -> None:
    also = (name for claim in term.claims for name in claim.also)
    for name in (*term.related, *also):
        if name not in terms:
            raise LexiconError(file, document.line("terms", term.id), f"names the unknown term {name!r}")


def _words(terms: Mapping[str, Term]) -> frozenset[str]:
    texts = [text for term in terms.values() for text in (term.name, *term.aliases)]
    texts += [claim.says for term in terms.values() for claim in term.claims]
    return frozenset(word for text in texts for word in re.findall(r"[a-z]+", text.casefold()))


class _Entry:
    """One term as written, with its place for errors."""

    def __init__(self, file: str, document: Yaml, ident: str, entry: Any) -> None:
        self.file, self.document, self.ident, self.entry = file, document, ident, entry
        _known_keys(file, document, ("terms", ident), entry, TERM_KEYS)

    def wrong(self, says: str, *path: str | int) -> LexiconError:
        return LexiconError(self.file, self.document.line("terms", self.ident, *path), says)

    def term(self, types: Mapping[str, Type]) -> Term:
        kind = self.entry.get("type")
        if kind not in types:
            raise self.wrong(f"unknown type {kind!r}", "type")
        return Term(
            id=self.ident,
            name=self.entry.get("name", self.ident),
            type=kind,
            common=types[kind].common,
            article=self.entry.get("article", types[kind].article) or "",
            aliases=tuple(self.entry.get("aliases", ())),
            related=tuple(self.entry.get("related", ())),
            topic=self.file,
            match=self.entry.get("match", ""),
            claims=tuple(self.claim(place, claim) for place, claim in enumerate(self.entry.get("claims", ()))),
        )

    def claim(self, place: int, entry: Any) -> Claim:
        _known_keys(self.file, self.document, ("terms", self.ident, "claims", place), entry, CLAIM_KEYS)
        says, blank = entry.get("says"), entry.get("blank", "")
        if not says or not entry.get("when"):
            raise self.wrong("a claim needs says and when", "claims", place)
        if blank and blank not in says:
            raise self.wrong(f"the blank {blank!r} does not stand in says", "claims", place)
        if bool(entry.get("ask")) != bool(entry.get("wrong")):
            raise self.wrong("ask and wrong go together", "claims", place)
        wrong = tuple(_wrong(option) for option in entry.get("wrong", ()))
        pair = entry.get("pair")
        return Claim(
            id=f"{self.ident}/{re.sub(r'[^a-z0-9]+', '-', says.casefold())[:48].strip('-')}",
            says=says,
            when=_groups(entry["when"]),
            also=tuple(entry.get("also", ())),
            anywhere=bool(entry.get("anywhere")),
            ask=entry.get("ask", ""),
            answer=str(entry.get("answer", "")),
            wrong=wrong,
            true=entry.get("true", ""),
            false=entry.get("false", ""),
            blank=str(blank),
            accept=tuple(str(answer) for answer in entry.get("accept", ())),
            pair=(pair[0], pair[1]) if pair else None,
            value=_values(entry.get("value", ())),
        )


def _values(value: Any) -> tuple[str, ...]:
    return tuple(str(one).casefold() for one in (value if isinstance(value, list | tuple) else [value]))


def _wrong(option: Any) -> Wrong:
    ((text, feedback),) = option.items() if isinstance(option, dict) else ((option, ""),)
    return Wrong(str(text), str(feedback or ""))


def _groups(text: str | Sequence[str]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """`run|start & pod|container`: every part joined by & is needed, | is a choice, several words are a phrase."""
    return tuple(
        tuple(tuple(choice.casefold().replace("-", " ").split()) for choice in group.split("|"))
        for group in (text if isinstance(text, str) else " & ".join(text)).split("&")
    )
