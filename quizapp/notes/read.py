"""Bytes of a file of notes to text, and a file's name to a slug. Knows limits and encodings, no Markdown."""

import codecs
import re
import unicodedata

from quizapp.notes.errors import AuthorError

MAX_BYTES = 1_000_000
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_notes(raw: bytes, *, file: str) -> str:
    """The text with plain newlines, or an AuthorError that names the file and the limit it broke."""
    if len(raw) > MAX_BYTES:
        raise AuthorError(file, 0, f"is {len(raw):,} bytes long; the limit is {MAX_BYTES:,} bytes (1 MB)")
    text = _decoded(raw, file).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise AuthorError(file, 0, "is empty; notes need at least one line of text")
    found = BINARY.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise AuthorError(file, line, "has control characters, so it looks like a binary file, not like notes")
    return text


def _decoded(raw: bytes, file: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            raw, name = raw[len(mark) :], encoding
            break
    else:
        name = "utf-8"
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AuthorError(file, line, f"cannot be read as {name.upper()} text; save it as UTF-8") from error


def module_slug(title_or_stem: str) -> str:
    """A name for addresses and ids: lower-case ASCII letters and digits joined by dashes, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", title_or_stem).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words[:60].rstrip("-") or "notes"
