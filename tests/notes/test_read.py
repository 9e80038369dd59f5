"""Bytes to text: what is notes, what is not, and what the author is told."""

import pytest

from quizapp.notes.errors import AuthorError
from quizapp.notes.read import decode_notes, module_slug


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"x" * 5_000_000, "1 MB"),
        (b"abc\x00def", "text file|binary"),
        (b"caf\xe9 notes", "UTF-8"),
    ],
)
def test_what_cannot_be_read_names_the_file_and_the_reason(raw: bytes, says: str) -> None:
    with pytest.raises(AuthorError, match=says) as refused:
        decode_notes(raw, file="week1.md")
    assert str(refused.value).startswith("week1.md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_encodings_and_line_ends_leave_no_trace(encoding: str) -> None:
    assert decode_notes("# Tïtle\r\ntext\r".encode(encoding), file="n.md") == "# Tïtle\ntext\n"


def test_a_slug_is_safe_in_an_address() -> None:
    assert module_slug("Getting Started: Künstlich & more!") == "getting-started-kunstlich-more"
    assert module_slug("???") == "notes"
