"""Any text gives questions or fewer of them: never a crash, never a hang, and nothing is dropped in silence."""

import time

import pytest
from parts import made_from

from quizapp.notes.errors import AuthorError
from quizapp.notes.parse import parse_notes
from quizapp.notes.read import decode_notes
from quizapp.questions import facts, statement
from quizapp.questions.generate import generate

POD = "the smallest unit that Kubernetes deploys"
SHAPES = {
    "one paragraph of many lines": "The kubelet runs containers on a node and talks to the API server.\n" * 6_000,
    "one list in one line of HTML": f"<ul>{'<li>a: b c d</li>' * 15_000}</ul>",
    "one table": "| a | b |\n|---|---|\n" + "| x | y z w |\n" * 8_000,
    "many headings": "# a\n" * 15_000,
    "arrows": "a -> b\n" * 10_000,
    "breaks": "a: b c d<br>" * 10_000,
    "signs": "|" * 200_000 + "\n" + "[" * 200_000 + "\n" + "`" * 200_000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_of_notes_is_slow(shape: str) -> None:
    started = time.process_time()
    made_from(SHAPES[shape])
    assert time.process_time() - started < 5  # seconds of work; what is not linear takes many times that


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 10, "not a text file"),
        ("# Caf\xe9\n".encode("latin-1"), "n.md:1: is not UTF-8; save it as UTF-8"),
        (b"x" * 11_000_000, "the limit for one file is 1 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_the_way_out(data: bytes, says: str) -> None:
    with pytest.raises(AuthorError, match=says):
        decode_notes(data, file="n.md")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_a_byte_order_mark_is_read(encoding: str) -> None:
    text = decode_notes(f"# P\r\n\r\n- **Pod**: {POD}\r\n".encode(encoding), file="n.md")
    assert next(item.lines for item in generate(parse_notes(text), slug="m").items) == (3, 3)


@pytest.mark.parametrize(
    "text",
    [
        f"- [Pod](javascript:alert(1)): {POD}",
        f"- <img src=x onerror=alert(1)>Pod: {POD}",
        f"- Pod: {POD}\n\n```yaml\na: &a [x, x]\nb: [*a, *a]\n```",
        f"- Pod: {POD}\n\n```\nnever closed",
        f"- \u202ePod\u202c: {POD}",
        "- " * 40 + f"deep\n- Pod: {POD}",
    ],
)
def test_what_is_hostile_or_broken_around_a_fact_leaves_the_fact(text: str) -> None:
    made = made_from(f"# P\n\n{text}\n")
    assert f"Which Kubernetes object is {POD}?" in [item.prompt for item in made.items]
    shown = " ".join(f"{item.prompt} {item.back} {item.options}" for item in made.items)
    assert "javascript" not in shown
    assert "<img" not in shown


def test_a_line_of_40_kb_is_read_whole_and_a_longer_one_is_told() -> None:
    long = f"{'This is prose without any meaning for us. ' * 950}A Pod is {POD}."
    assert len(long) > 39_000
    assert made_from(long).items != ()
    told = [warning.says for warning in made_from(long * 2).warnings]
    assert any("is not read" in says for says in told)


def test_notes_that_are_too_long_to_be_asked_whole_say_where_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (statement, facts):
        monkeypatch.setattr(module, "MOST", 50)
    made = made_from("".join(f"- term{n}: a thing that works for system {n % 7}\n" for n in range(99)))
    (told,) = [warning for warning in made.warnings if "split the file" in warning.says]
    assert max(item.lines[1] for item in made.items if item.kind == "term") <= told.line
