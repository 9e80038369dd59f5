"""Lists of people, as files and as pasted text, into lines that can be taken in. Pure text; knows no cohort.

Nothing is guessed silently: what was read as which column is told, and a line that cannot be used is named with its
number and the way out. A quoted cell ends on its line, so that a stray quotation mark never swallows other people.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.exchange.errors import BadFile

LARGEST = 1024 * 1024
MOST_LINES = 2000
NAME_LENGTH, SECTION_LENGTH, LABEL_LENGTH, MOST_LABELS, ID_LENGTH = 120, 80, 40, 20, 64
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
UNSEEN = {"Cf", "Cc", "Cs"}
JOINERS = "\u200c\u200d"  # names in some scripts need them; other characters that nobody sees are dropped

COLUMNS = {
    "email": "email,e-mail,mail,email address,e-mail address,e-mail-adresse,emailadresse,login_id",
    "name": "name,full name,fullname,student,student name,learner,teilnehmer",
    "first": "first name,firstname,first,given name,vorname",
    "last": "last name,lastname,last,surname,family name,nachname",
    "section": "section,group,class,gruppe,kurs",
    "labels": "label,labels,tag,tags",
    "external_id": "id,student id,student number,id number,idnumber,external id,matriculation number,matrikelnummer",
}
KNOWN = {name: column for column, names in COLUMNS.items() for name in names.split(",")}
PLACES = ("name", "section", "labels")  # what columns beside the e-mail are when no header says so

ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"'.]+(?:\.[^\s@<>()\[\],;:\\\"'.]+)+")
MAILBOX = re.compile(r"(?P<name>[^<>]*)<\s*(?:mailto:)?(?P<mail>[^<>]+?)\s*>", re.IGNORECASE)
QUOTED = re.compile(r'(?:\s*"(?P<quoted>[^"<>]*)"\s*|(?P<bare>[^"<>,;]*))<(?P<mail>[^<>]+)>\s*(?:[,;]|$)')
NO_TEXT = "is no text; save the list as CSV (a spreadsheet has that under Save as)"
TOO_MANY = f"is one too many: at most {MOST_LINES} people at once, so split the list"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One person; a field is None when the list has no such column, so that what is known of it stays."""

    line: int
    email: str
    key: str
    name: str | None = None
    section: str | None = None
    labels: tuple[str, ...] | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Something about a line of the list, counted from 1."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was read; with a trouble in it nothing of it is taken in, a notice is only told.

    `delimiter` is a word (empty for one cell a line), `columns` say what each column was read as.
    """

    lines: tuple[Line, ...]
    troubles: tuple[Said, ...]
    notices: tuple[Said, ...]
    delimiter: str
    header: bool
    columns: tuple[str, ...]


def decode(raw: bytes) -> tuple[str, str]:
    """(text, encoding) of a file; raises BadFile for what is no text.

    What is neither marked nor valid UTF-8 is taken for Latin-1 as Windows has it.
    """
    if len(raw) > LARGEST:
        raise BadFile("is larger than 1 MB; no list of people is, so choose another file or split it")
    encoding = _encoding(raw)
    try:
        text = raw.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BadFile(NO_TEXT) from error
    if CONTROL.search(text):
        raise BadFile(NO_TEXT)
    return text, {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "cp1252": "Latin-1"}.get(encoding, "UTF-16")


def _encoding(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in raw:  # ASCII in two bytes has its zeros on one side
        return "utf-16-le" if raw[1::2].count(0) > raw[::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def email_key(address: str) -> str:
    """An address as people are told apart by: whatever the case, however accents were typed."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address.strip()).casefold())


def read_roster(text: str) -> Roster:
    """The people of a list; every trouble is told at once."""
    numbered = [(n, line) for n, line in enumerate(_lines(text), 1) if line.strip()]
    if len(numbered) > MOST_LINES:
        return Roster((), (Said(MOST_LINES + 1, TOO_MANY),), (), "", header=False, columns=())
    delimiter, numbered = _delimiter(numbered)
    rows, troubles = _cells(numbered, delimiter)
    if _is_list_of_mailboxes(rows):
        rows = [(n, [cell]) for n, cells in rows for cell in cells if cell]
    columns, header, told, wrong = _columns(rows)
    read = [_line(n, cells, columns) for n, cells in (rows[1:] if header else rows) if columns and any(cells)]
    troubles += [*wrong, *(one for one in read if isinstance(one, Said))]
    lines, clashes, repeats = _once([one for one in read if isinstance(one, Line)])
    if len(lines) > MOST_LINES:
        clashes.append(Said(lines[MOST_LINES].line, TOO_MANY))
    troubles = sorted([*troubles, *clashes], key=lambda one: one.line)
    if not troubles and not lines:
        troubles = [Said(1, "holds nobody; a list has one person a line, each with an e-mail address")]
    return Roster(lines, tuple(troubles), (*told, *repeats), DELIMITERS.get(delimiter, ""), header, tuple(columns))


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _delimiter(numbered: list[tuple[int, str]]) -> tuple[str, list[tuple[int, str]]]:
    """What separates the cells: what leaves most lines with one address, then what makes most cells."""
    if numbered and (told := re.fullmatch(r"sep=([,;\t])", numbered[0][1].strip(" "))):
        return told[1], numbered[1:]
    scores = {}
    for delimiter in DELIMITERS:
        rows, _ = _cells(numbered, delimiter)
        addresses = [sum(_mailbox(cell) is not None for cell in cells) for _, cells in rows]
        single = sum(count == 1 for count in addresses)
        listed = sum(addresses) if _is_list_of_mailboxes(rows) else 0
        scores[delimiter] = (max(single, listed), sum(len(cells) for _, cells in rows))
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return (best if scores[best][1] > len(numbered) else ""), numbered


def _cells(numbered: Sequence[tuple[int, str]], delimiter: str) -> tuple[list[tuple[int, list[str]]], list[Said]]:
    rows, troubles = [], []
    for n, line in numbered:
        try:
            cells = next(csv.reader([line], delimiter=delimiter or "\t", strict=True, skipinitialspace=True))
        except csv.Error:
            cells = _from_mail(line)
            if not cells:
                troubles.append(Said(n, "has a quotation mark that is not closed, or closes before the cell ends"))
                continue
        rows.append((n, [_plain(cell) for cell in cells]))
    return rows, troubles


def _from_mail(line: str) -> list[str]:
    """The cells of `"Lovelace, Ada" <ada@example.org>; ...`, as mail programs quote names; none when it is not that."""
    cells, at = [], 0
    line = line.strip()
    while at < len(line):
        found = QUOTED.match(line, at)
        if found is None or not _mailbox(_plain(found["mail"])):
            return []
        cells.append(f"{(found['quoted'] or found['bare'] or '').strip()} <{found['mail']}>")
        at = found.end()
    return cells


def _plain(cell: str) -> str:
    """A cell with single blanks, composed, and without characters that nobody sees."""
    kept = "".join(one for one in cell if one in JOINERS or one.isspace() or unicodedata.category(one) not in UNSEEN)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _mailbox(cell: str) -> tuple[str, str] | None:
    """(name, address) of `Ada Lovelace <ada@example.org>` or of an address alone."""
    found = MAILBOX.fullmatch(cell)
    name, address = (found["name"].strip(" \"'"), found["mail"]) if found else ("", cell.removeprefix("mailto:"))
    local = address.partition("@")[0]
    usable = ADDRESS.fullmatch(address) and len(address) <= 254 and len(local) <= 64
    return (name, address) if usable else None


def _is_list_of_mailboxes(rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether this is what mail programs give: addresses and nothing else, several on a line."""
    filled = [[cell for cell in cells if cell] for _, cells in rows]
    return any(len(cells) > 1 for cells in filled) and all(_mailbox(cell) for cells in filled for cell in cells)


def _columns(rows: Sequence[tuple[int, list[str]]]) -> tuple[list[str], bool, list[Said], list[Said]]:
    """(what each column is, whether a header says so, what to tell, what is wrong with it)."""
    if not rows:
        return [], False, [], []
    n, first = rows[0]
    names = [KNOWN.get(cell.casefold(), "") for cell in first]
    if any(names) and not any(_mailbox(cell) for cell in first):
        twice = [name for name, count in Counter(names).items() if name and count > 1]
        if twice:
            return [], True, [], [Said(n, f"names the column {twice[0]!r} twice; take one of them out")]
        if "email" not in names:
            return [], True, [], [Said(n, "names no column for the e-mail; call it `email`")]
        out = [cell for cell, name in zip(first, names, strict=True) if cell and not name]
        told = [Said(n, f"names {', '.join(map(repr, out))}, which is left out")] if out else []
        return names, True, told, []
    places = Counter(place for _, cells in rows for place, cell in enumerate(cells) if _mailbox(cell))
    at = places.most_common(1)[0][0] if places else 0
    others = iter(PLACES)
    width = max(len(cells) for _, cells in rows)
    return ["email" if place == at else next(others, "") for place in range(width)], False, [], []


def _line(n: int, cells: list[str], columns: Sequence[str]) -> Line | Said:
    """A person, or what is wrong with the line."""
    if any(cells[len(columns) :]):
        return Said(
            n, f"has {len(cells)} cells where the first line names {len(columns)}; is a quotation mark missing?"
        )
    filled = [*cells, *[""] * len(columns)]
    given = {name: cell for name, cell in zip(columns, filled, strict=False) if name}
    if not given["email"]:
        return Said(n, "has no e-mail address; write one, or take the line out")
    box = _mailbox(given["email"])
    if box is None:
        return Said(n, f"has {given['email'][:80]!r} where an e-mail address should be; put it right, or take it out")
    line = Line(
        line=n,
        email=box[1],
        key=email_key(box[1]),
        name=_name(given, box[0]),
        section=given.get("section"),
        labels=tuple(_labels(given["labels"])) if "labels" in given else None,
        external_id=given.get("external_id"),
    )
    return next(_too_long(line), line)


def _name(given: Mapping[str, str], beside: str) -> str | None:
    """The name in its column, or in two, or beside the address; None when the list has none."""
    if "name" in given or "first" in given or "last" in given:
        whole = given.get("name") or f"{given.get('first', '')} {given.get('last', '')}".strip()
        return whole or beside
    return beside or None


def _labels(cell: str) -> Iterator[str]:
    seen = set()
    for label in (part.strip() for part in re.split(r"[,;|]", cell)):
        if label and label.casefold() not in seen:
            seen.add(label.casefold())
            yield label


def _too_long(line: Line) -> Iterator[Said]:
    limits = ((line.name, "name", NAME_LENGTH), (line.section, "section", SECTION_LENGTH))
    for text, what, most in (*limits, (line.external_id, "id", ID_LENGTH)):
        if text and len(text) > most:
            yield Said(line.line, f"has a {what} of {len(text)} characters; {most} are the most, so shorten it")
    labels = line.labels or ()
    if len(labels) > MOST_LABELS or any(len(label) > LABEL_LENGTH for label in labels):
        yield Said(
            line.line, f"has too many or too long labels; {MOST_LABELS} of {LABEL_LENGTH} characters are the most"
        )


def _once(found: Sequence[Line]) -> tuple[tuple[Line, ...], list[Said], list[Said]]:
    """(each person once, what contradicts, what repeats)."""
    first: dict[str, Line] = {}
    ids: dict[str, Line] = {}
    clashes, repeats = [], []
    for line in found:
        before = first.setdefault(line.key, line)
        if before is not line:
            if replace(before, line=0, email="") == replace(line, line=0, email=""):
                repeats.append(Said(line.line, f"repeats line {before.line}; it counts once"))
            else:
                says = f"has {line.email} like line {before.line}, but says other things of them; keep one of the two"
                clashes.append(Said(line.line, says))
            continue
        other = ids.setdefault(line.external_id, line) if line.external_id else line
        if other is not line:
            clashes.append(
                Said(line.line, f"has the id {line.external_id!r} of line {other.line}; put one of them right")
            )
    return tuple(first.values()), clashes, repeats
