"""Lists of people as people have them: every encoding and delimiter, with a header and without, and with mistakes."""

import csv
import io
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.exchange.errors import BadFile
from quizapp.exchange.roster import DELIMITERS, MOST_LINES, Line, decode, email_key, read_roster

ROWS = [
    ("Jörg Müller", "joerg@example.org", "Gruppe A"),
    ("Zoë Ångström", "zoe@example.org", "Gruppe B"),
    ("O'Brien, Pat", "pat.o'brien@example.org", ""),
]
HEADER = ("Name", "E-Mail", "Section")
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "latin-1": "Latin-1",
    "cp1252": "Latin-1",
}


def table(delimiter: str, *, header: bool, end: str = "\r\n") -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator=end)
    writer.writerows([HEADER, *ROWS] if header else ROWS)
    return made.getvalue()


def people(text: str) -> list[tuple[str | None, str, str | None]]:
    read = read_roster(text)
    assert read.troubles == ()
    return [(one.name, one.email, one.section) for one in read.lines]


def troubles(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.says) for one in read_roster(text).troubles]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_and_delimiter_is_read_the_same(encoding: str, delimiter: str, header: bool, end: str) -> None:
    text, named = decode(table(delimiter, header=header, end=end).encode(encoding))
    assert named == ENCODINGS[encoding]
    assert people(text) == ROWS
    read = read_roster(text)
    assert (read.delimiter, read.header) == (DELIMITERS[delimiter], header)
    assert read.columns == ("name", "email", "section")


@pytest.mark.parametrize(
    "text",
    [
        "Ada <ada@example.org>\nBea <bea@example.org>\n",
        "Ada <ada@example.org>, Bea <bea@example.org>",
        "Ada <ada@example.org>; Bea <bea@example.org>;",
        "Ada <mailto:ada@example.org>;\nBea <bea@example.org>",
        '"Ada" <ada@example.org>, "Bea" <bea@example.org>',
        "Ada\tada@example.org\nBea\tbea@example.org",
        "sep=;\r\nAda;ada@example.org\r\nBea;bea@example.org",
        "\n\n  Ada ; ada@example.org \n\n;\nBea;bea@example.org;;\n",
        "first name,last name,email\n,Ada,ada@example.org\nBea,,bea@example.org",
        "\ufeffemail;name;phone\nada@example.org;Ada;1\nbea@example.org;Bea;2",
        "ada@example.org,Ada\nbea@example.org,Bea",
    ],
)
def test_pasted_lists_of_every_form_are_read_the_same(text: str) -> None:
    assert [(name, email) for name, email, _ in people(text)] == [
        ("Ada", "ada@example.org"),
        ("Bea", "bea@example.org"),
    ]


def test_a_name_with_a_comma_in_quotation_marks_is_one_name() -> None:
    text = '"Lovelace, Ada" <ada@example.org>; "Coates, Bea" <bea@example.org>'
    assert [name for name, _, _ in people(text)] == ["Lovelace, Ada", "Coates, Bea"]


def test_addresses_alone_are_a_list_too_and_leave_names_alone() -> None:
    assert people("ada@example.org\nbea@example.org") == [
        (None, "ada@example.org", None),
        (None, "bea@example.org", None),
    ]


def test_columns_that_are_not_there_are_none_and_empty_cells_are_empty() -> None:
    read = read_roster("email,labels,id\nada@example.org,,7\nbea@example.org,a|B; b |a,\n")
    assert read.lines == (
        Line(2, "ada@example.org", "ada@example.org", None, None, (), "7"),
        Line(3, "bea@example.org", "bea@example.org", None, None, ("a", "B"), ""),
    )


@pytest.mark.parametrize(
    "other", ["müller@x.de ", "MÜLLER@X.DE", unicodedata.normalize("NFD", "Müller@x.de"), " müller@x.de"]
)
def test_case_blanks_and_the_way_accents_are_typed_tell_nobody_apart(other: str) -> None:
    assert email_key("Müller@X.de") == email_key(other)
    read = read_roster(f"Müller@X.de\n{other}\n")
    assert (len(read.lines), read.troubles) == (1, ())
    assert [(one.line, one.says) for one in read.notices] == [(2, "repeats line 1; it counts once")]


def test_the_same_address_with_another_name_is_told_and_stops_the_list() -> None:
    found = troubles("name,email\nAda,ada@x.de\nBea,bea@x.de\nEve,ADA@x.de\n")
    assert [line for line, _ in found] == [4]
    assert "line 2" in found[0][1]
    assert "keep one" in found[0][1]


def test_the_same_id_for_two_people_stops_the_list() -> None:
    assert [line for line, _ in troubles("id,email\n7,ada@x.de\n7,bea@x.de\n,c@x.de\n,d@x.de\n")] == [3]


def test_every_bad_line_is_named_with_its_number_and_a_way_out() -> None:
    text = (
        'name,email\nAda,ada@x.de\nBea,\nEve,eve at x.de\n"Flo,flo@x.de\n\nGil,gil@x.de,more\nHal,hal@x\nIda,ida@x.de\n'
    )
    found = troubles(text)
    assert [line for line, _ in found] == [3, 4, 5, 7, 8]
    assert all(any(word in says for word in ("write one", "put it right", "closed", "missing?")) for _, says in found)
    assert [one.email for one in read_roster(text).lines] == ["ada@x.de", "ida@x.de"]


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a b@x.de",
        "a@@x.de",
        "@x.de",
        "a@x..de",
        "a@.de",
        "a" * 65 + "@x.de",
        "a@" + "x" * 260 + ".de",
        "a@x.de.",
    ],
)
def test_what_is_no_address_is_told(address: str) -> None:
    assert troubles(f"email\nok@x.de\n{address}\n")[0][0] == 3


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("name,section\nAda,A\n", "no column"),
        ("email,mail\na@x.de,b@x.de\n", "twice"),
        ("", "nobody"),
        ("\n \n", "nobody"),
        ("email\n", "nobody"),
        ("Tables,of,something\n1,2,3\n", "e-mail"),
        ("email,section\na@x.de," + "s" * 81, "shorten"),
        ("email,name\na@x.de," + "n" * 121, "shorten"),
        ("email,labels\na@x.de," + "|".join(map(str, range(21))), "labels"),
        ("a@x.de\n" * (MOST_LINES + 1), "split"),
        (",".join(f"a{n}@x.de" for n in range(MOST_LINES + 1)), "split"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(text: str, word: str) -> None:
    found = troubles(text)
    assert found
    assert word in found[0][1]


def test_columns_that_are_left_out_are_told() -> None:
    assert "'Phone'" in read_roster("email,Phone\na@x.de,1\n").notices[0].says


def test_characters_that_nobody_sees_are_dropped_and_those_that_names_need_stay() -> None:
    read = read_roster("name,email\n\u202eAda\u200b,\u200bada@x.de\u2060\nنرم\u200cافزار,b@x.de\n")
    assert [(one.name, one.email) for one in read.lines] == [("Ada", "ada@x.de"), ("نرم\u200cافزار", "b@x.de")]


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04" + bytes(range(256)), b"\xff\xfe\x00", b"a@x.de\n\x81\x8d", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(BadFile, match="no text"):
        decode(raw)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(BadFile, match="1 MB"):
        decode(b"a@x.de\n" * 200_000)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("a@x.de,;\t\"'<> \n\r-=|ü\u0308\0\ud800"), max_size=80))
def test_any_text_is_survived_and_told_by_lines_that_are_there(text: str) -> None:
    read = read_roster(text)
    count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    assert all(1 <= one.line <= count for one in [*read.lines, *read.troubles, *read.notices])
    assert len({one.key for one in read.lines}) == len(read.lines)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.characters(categories=["L", "N", "Zs", "P", "S"]), max_size=20), min_size=1, max_size=6
    ),
    st.sampled_from(list(DELIMITERS)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_spreadsheet_writes_comes_back(names: list[str], delimiter: str, encoding: str) -> None:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter)
    writer.writerow(["name", "email"])
    writer.writerows([name, f"p{n}@example.org"] for n, name in enumerate(names))
    text, _ = decode(made.getvalue().encode(encoding))
    want = [unicodedata.normalize("NFC", " ".join(name.split())) for name in names]
    assert [one.name for one in read_roster(text).lines] == want


MEGABYTE = 900_000
HOSTILE = {
    "quotes": '"' * MEGABYTE,
    "brackets": "(" * MEGABYTE + '"',
    "half a mailbox": '"a" <' * (MEGABYTE // 5),
    "delimiters": "," * MEGABYTE,
    "dots": "a@" + ".a" * (MEGABYTE // 2),
    "blanks": '"' + " \xa0" * (MEGABYTE // 2),
    "mailboxes": '"a" <a@x.de>,' * (MEGABYTE // 13),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_list_that_means_harm_costs_little(name: str) -> None:
    begin = time.process_time()
    assert len(read_roster(HOSTILE[name]).lines) <= 1
    assert time.process_time() - begin < 20
