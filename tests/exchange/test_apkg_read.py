"""Anki packages of every form, and what a file does that means harm: refused in one sentence, in little memory."""

import io
import sqlite3
import struct
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import zstandard

from quizapp.exchange import archive
from quizapp.exchange.apkg_read import read_apkg
from quizapp.exchange.archive import MB
from quizapp.exchange.bundle import Bundle
from quizapp.exchange.errors import BadFile
from quizapp.exchange.sides import sides_of
from tests.exchange.packages import LEGACY, NEW, database, unzipped, zipped

TABLES = (
    "CREATE TABLE col (id, models, decks)",
    "CREATE TABLE cards (id, nid, did, ord, queue, odid)",
    "CREATE TABLE revlog (id, cid, ease, ivl, lastIvl, factor, time, type)",
)
MODELS = '{"5": {"name": "One", "type": 0, "css": "", "flds": [{"name": "F"}], "tmpls": [{"name": "C", "qfmt": "{{F}}", "afmt": "x"}]}}'  # noqa: E501
NOTES = "CREATE TABLE notes (id, guid, mid, tags, flds)"
DECKS = '{"1": {"name": "Deck"}}'
ROWS = (
    f"INSERT INTO col VALUES (1, '{MODELS}', '{DECKS}')",  # noqa: S608
    "INSERT INTO notes VALUES (1, 'g', 5, ' a b ', 'front')",
    "INSERT INTO cards VALUES (1, 1, 1, 0, 0, 0)",
)


def read(raw: bytes) -> Bundle:
    return read_apkg(io.BytesIO(raw))


def refused(raw: bytes) -> str:
    """Why a file is refused; reading it takes less than 32 MB of memory."""
    tracemalloc.start()
    try:
        with pytest.raises(BadFile) as caught:
            read(raw)
        assert tracemalloc.get_traced_memory()[1] < 32 * MB + len(raw)
    finally:
        tracemalloc.stop()
    return str(caught.value)


@pytest.mark.parametrize("package", [NEW, LEGACY], ids=["anki21b", "anki21"])
def test_every_form_of_ankis_own_is_read_whole_and_not_its_decoy(package: Path) -> None:
    bundle = read(package.read_bytes())
    assert {one.name for one in bundle.note_types.values()} == {"Two sides", "Gaps"}
    two, gaps = bundle.notes
    assert two.fields == ("Pod", "the <b>smallest</b> unit<script>alert(1)</script>")
    assert (two.tags, gaps.tags) == (("k8s", "unit::small"), ())
    assert {card.deck for note in bundle.notes for card in note.cards} == {"Cluster::Small things"}
    assert [[len(card.reviews) for card in note.cards] for note in bundle.notes] == [[1, 1], [1, 0]]
    assert [review.ease for card in two.cards for review in card.reviews] == [3, 4]
    assert [[card.suspended for card in note.cards] for note in bundle.notes] == [[False, False], [True, False]]
    sides = [sides_of(note, bundle.note_types[note.type_id], card.ord) for note in bundle.notes for card in note.cards]
    assert [one.front for one in sides] == [
        "Pod",
        "the smallest unit",
        "[...] keeps the state of a cluster",
        "etcd keeps the [what?] of a cluster",
    ]
    assert sides[2].back == "etcd keeps the state of a cluster\nIt runs beside the API server."


def test_a_package_with_the_decoy_alone_is_refused() -> None:
    files = unzipped(NEW)
    del files["collection.anki21b"]
    assert "update Anki" in refused(zipped(files))


def test_the_first_form_is_read_too() -> None:
    bundle = read(zipped({"collection.anki2": database(*TABLES, NOTES, *ROWS)}))
    assert (bundle.notes[0].tags, bundle.notes[0].cards[0].deck) == (("a", "b"), "Deck")


def test_two_notes_of_one_guid_are_two_notes() -> None:
    more = ("INSERT INTO notes VALUES (2, 'g', 5, '', 'other')", "INSERT INTO cards VALUES (2, 2, 1, 0, 0, 0)")
    bundle = read(zipped({"collection.anki2": database(*TABLES, NOTES, *ROWS, *more)}))
    assert [note.guid for note in bundle.notes] == ["g", "g~2"]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "no Anki package"),
        (b"# Notes\n", "no Anki package"),
        (b"\x00" * 100_000, "no Anki package"),
        (NEW.read_bytes()[:30_000], "no Anki package"),
        (NEW.read_bytes()[:40] + b"\xff" * 4000 + NEW.read_bytes()[4040:], "damaged"),
        (zipped({"word/document.xml": b"<x/>"}), "without an Anki collection"),
        (zipped({"collection.anki2": b"SQLite format 2\x00"}), "no SQLite database"),
        (zipped({"collection.anki21b": b""}), "cut off"),
        (zipped({"collection.anki21b": b"SQLite format 3\x00" + b"\0" * 90}), "cannot be unpacked"),
        (zipped({"collection.anki2": database("CREATE TABLE recipes (name)")}), "without Anki's table 'col'"),
        (zipped({"collection.anki2": database(*TABLES, NOTES)}), "cannot be read"),
    ],
    ids=["nothing", "text", "zeros", "cut-off", "bytes", "word", "sqlite2", "no-zstd", "raw-zstd", "recipes", "no-col"],
)
def test_what_is_no_package_is_refused_with_the_reason(raw: bytes, word: str) -> None:
    assert word in refused(raw)


def test_a_package_that_is_cut_anywhere_is_refused() -> None:
    whole = zipped(unzipped(LEGACY))
    for size in range(0, len(whole), len(whole) // 40 + 1):
        assert refused(whole[:size])


def test_a_database_that_is_broken_anywhere_is_read_or_refused_and_nothing_else() -> None:
    files = unzipped(LEGACY)
    whole = files["collection.anki21"]
    outcomes = set()
    for place in range(16, len(whole), 4096 // 3):
        broken = whole[:place] + b"\xa5" * 64 + whole[place + 64 :]
        try:
            read(zipped(files | {"collection.anki21": broken}))
            outcomes.add("read")
        except BadFile:
            outcomes.add("refused")
    assert "refused" in outcomes


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\b", "C:\\b", "\\b"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    assert "leads out" in refused(zipped(unzipped(NEW) | {name: b"x"}))


def bomb() -> bytes:
    """A gigabyte of zeros that says so."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file, file.open("collection.anki2", "w") as entry:
        for _ in range(1024):
            entry.write(bytes(MB))
    return made.getvalue()


@pytest.fixture(scope="module")
def gigabyte() -> bytes:
    return bomb()


def test_a_gigabyte_is_refused_by_what_is_declared(gigabyte: bytes) -> None:
    assert "collection of 1024 MB or more; the limit is 128 MB" in refused(gigabyte)


def test_a_gigabyte_that_is_declared_small_is_refused(gigabyte: bytes) -> None:
    size = struct.pack("<I", 1024 * MB)
    assert gigabyte.count(size) >= 1
    assert refused(gigabyte.replace(size, struct.pack("<I", 100)))


def test_a_gigabyte_of_zstd_is_refused_while_it_is_unpacked() -> None:
    packer = zstandard.ZstdCompressor().compressobj()
    packed = b"".join([*(packer.compress(bytes(MB)) for _ in range(1024)), packer.flush()])
    assert len(packed) < MB
    assert "the limit is 128 MB" in refused(zipped({"collection.anki21b": packed}))


def test_a_package_larger_than_the_limit_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "large.apkg").open("wb+") as file:
        file.truncate(archive.LARGEST_FILE + 1)
        with pytest.raises(BadFile, match="without media"):
            read_apkg(file)


def test_a_million_files_are_refused_before_their_names_are_read() -> None:
    raw = bytearray(zipped({"collection.anki2": b""}))
    raw[-10:-6] = struct.pack("<I", 50_000_000)
    assert "too many files" in refused(bytes(raw))


@pytest.mark.parametrize(
    "notes",
    [
        "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n",
        "CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)",
    ],
    ids=["view without an end", "virtual table"],
)
def test_a_table_that_is_none_is_refused(notes: str) -> None:
    assert "without Anki's table 'notes'" in refused(zipped({"collection.anki2": database(*TABLES, notes)}))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET mid = 6",
        "UPDATE notes SET id = 'one'",
        "UPDATE cards SET ord = 0.5",
        "UPDATE cards SET ord = -1",
        "UPDATE cards SET ord = 9999999999",
        "UPDATE col SET models = replace(models, '{\"name\": \"F\"}', '')",
        "UPDATE col SET models = replace(models, '\"5\"', '\"99999999999999999999\"')",
        "UPDATE col SET models = 'null'",
        "UPDATE col SET models = '[]'",
        "UPDATE col SET models = '{\"5\": {}}'",
        'UPDATE col SET models = \'{"5": {"flds": 3, "tmpls": 4}}\'',
        'UPDATE col SET models = \'{"x": {"flds": [], "tmpls": []}}\'',
        "UPDATE col SET models = x'ff00ff'",
        "UPDATE col SET decks = printf('%.*c', 100000, '[')",
        "DELETE FROM cards",
    ],
)
def test_rows_that_make_no_sense_are_refused(statement: str) -> None:
    assert refused(zipped({"collection.anki2": database(*TABLES, NOTES, *ROWS, statement)}))


def test_more_rows_than_anybody_has_are_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (*TABLES, NOTES, *ROWS):
            connection.execute(statement)
        connection.executemany("INSERT INTO notes (id) VALUES (?)", ((number,) for number in range(50_001)))
        connection.commit()
        raw = connection.serialize()
    assert "50002 rows of notes; the limit is 50000" in refused(zipped({"collection.anki2": raw}))


def test_a_text_longer_than_any_note_is_refused() -> None:
    long = "UPDATE notes SET flds = printf('%.*c', 20000000, 'x')"
    assert refused(zipped({"collection.anki2": database(*TABLES, NOTES, *ROWS, long)}))
