"""Bytes to text, and a title to a slug. Refuses what is no text, in words that say what to do."""

import re
import unicodedata

from quizapp.notes.errors import AuthorError

MAX_BYTES = 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode_notes(raw: bytes, *, file: str) -> str:
    """The text with one kind of line end and no byte order mark; AuthorError for what cannot be notes."""
    if len(raw) > MAX_BYTES:
        raise AuthorError(file, 0, f"is {len(raw) / 1024 / 1024:.1f} MB; the limit for one file is 1 MB, so split it")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(raw, "utf-16", file)
    else:
        text = _decoded(raw.removeprefix(b"\xef\xbb\xbf"), "utf-8", file)
    return clean_text(text, file=file)


def clean_text(text: str, *, file: str) -> str:
    """Text as the parser wants it; AuthorError when it is empty, too large or holds binary data."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise AuthorError(file, 0, "is larger than 1 MB, the limit for one file of notes; split it")
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    found = CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise AuthorError(file, line, "holds control characters; this is not a text file")
    if not text.strip():
        raise AuthorError(file, 0, "is empty; write some notes first")
    return text


def _decoded(raw: bytes, encoding: str, file: str) -> str:
    if b"\x00" in raw and encoding == "utf-8":
        raise AuthorError(file, 0, "is not a text file (it holds zero bytes)")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AuthorError(file, line, "is not UTF-8; save it as UTF-8 in your editor") from error


def module_slug(name: str) -> str:
    """A name for addresses and ids: small ASCII letters, digits and hyphens; `notes` when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "notes"
