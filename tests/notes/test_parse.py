"""Markdown as people write it, to sections and blocks with their lines."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.notes.document import Code, ListBlock, Paragraph, Table
from quizapp.notes.inline import plain
from quizapp.notes.parse import parse_notes


def test_sections_carry_their_heading_path_and_line() -> None:
    notes = parse_notes("# Top\n\nintro\n\n## Sub\n\n- one\n\nOther\n=====\n\ntext\n")
    assert [(section.path, section.line) for section in notes.sections] == [
        (("Top",), 1),
        (("Top", "Sub"), 5),
        (("Other",), 9),
    ]
    assert notes.title == "Top"


def test_a_bold_line_alone_is_a_heading_below_the_others() -> None:
    notes = parse_notes("# Services\n\n**NodePort**\n\nopens a port\n\n**ClusterIP**\n\ninside only\n")
    assert [section.path for section in notes.sections] == [
        ("Services",),
        ("Services", "NodePort"),
        ("Services", "ClusterIP"),
    ]


def test_a_list_knows_its_lead_and_its_nesting() -> None:
    notes = parse_notes("Problems:\n- crash\n  - of one\n    wrapped line\n- load\n")
    block = notes.sections[0].blocks[1]
    assert isinstance(block, ListBlock)
    assert block.lead == "Problems:"
    assert [(item.text, item.first, item.last, item.depth, item.parent) for item in block.items] == [
        ("crash", 2, 2, 0, None),
        ("of one wrapped line", 3, 4, 1, 0),
        ("load", 5, 5, 0, None),
    ]


def test_tables_and_code_keep_their_lines() -> None:
    notes = parse_notes("| a | b |\n|---|---|\n| x | **y** |\n\n```sh\n# list\nkubectl get pods\n```\n")
    table, code = notes.sections[0].blocks
    assert isinstance(table, Table)
    assert table.rows[0].number == 3
    assert table.rows[0].cells == ("x", "y")
    assert isinstance(code, Code)
    assert [(line.number, line.text) for line in code.lines] == [(6, "# list"), (7, "kubectl get pods")]


def test_indented_prose_and_glossary_lines_stay_apart() -> None:
    notes = parse_notes("    etcd: stores state\n    kubelet: runs Pods\n")
    block = notes.sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert [line.text for line in block.lines] == ["etcd: stores state", "kubelet: runs Pods"]


def test_a_fence_that_never_ends_is_told_to_the_author() -> None:
    notes = parse_notes("text\n\n```\ncode\n")
    assert [(warning.line, "never closed" in warning.says) for warning in notes.warnings] == [(3, True)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Pod**: a [unit](http://x)", "Pod: a unit"),
        ("***bold*** and `kubectl get`", "bold and `kubectl get`"),
        ("a_b_c &amp; <b>x</b>", "a_b_c & x"),
        ("\u201cquoted\u201d", '"quoted"'),
    ],
)
def test_markdown_inside_a_line_becomes_plain_text(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize("text", ["# a\n" * 30_000, "x " * 500_000, "- " * 300_000, "(" * 500_000, "**a " * 100_000])
def test_no_shape_of_text_is_slow(text: str) -> None:
    started = time.perf_counter()
    parse_notes(text)
    assert time.perf_counter() - started < 5


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(["# h", "- a: b c", "  - x", "```", "| a | b |", "|-|-|", "**b**", "", "text, text", "1. y"])
    )
)
def test_any_lines_are_read_and_quoted_as_written(lines: list[str]) -> None:
    notes = parse_notes("\n".join(lines))
    for section in notes.sections:
        for block in section.blocks:
            assert 1 <= block.first <= block.last <= len(notes.source)
