"""Notes in, questions out: right, cited, without rubbish, the same every time."""

import json
import re
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parts import FIXTURES, MODULE, made_from, prompts

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import as_document, generate
from quizapp.questions.item import Item
from quizapp.questions.registry import KINDS, LINTS

ALL = [*FIXTURES, MODULE]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_item_passes_every_lint_and_cites_its_lines(path: Path) -> None:
    notes = parse_notes(path.read_text("utf-8"))
    items = generate(notes, slug=path.stem).items
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert {name: says for name, lint in LINTS.items() if (says := lint(item))} == {}
        first, last = item.lines
        cited = item.source.removesuffix("\n```").splitlines()
        assert cited[-1] in notes.quote(first, last)
        lead = re.sub(r"[*`\u2026]", "", cited[0])
        assert lead in re.sub(r"[*`]", "", "\n".join(notes.source[:last])), (
            "what is quoted above stands in the notes too"
        )
        assert all(option.feedback for option in item.options)
        assert Item.from_dict(json.loads(json.dumps(item.to_dict()))) == item


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_same_notes_give_the_same_bytes(path: Path) -> None:
    text = path.read_text("utf-8")
    assert _document(text) == _document(text)


def _document(text: str) -> str:
    notes = parse_notes(text)
    return json.dumps(as_document(notes, generate(notes, slug="m"), slug="m", path="m.md"))


def test_our_module_has_every_kind_and_something_for_nearly_every_section() -> None:
    notes = parse_notes(MODULE.read_text("utf-8"))
    items = generate(notes, slug="m").items
    assert {(item.use, item.kind) for item in items} == set(KINDS)
    covered = {item.section for item in items}
    long = [
        section.path for section in notes.sections if len(_words(notes.quote(section.line, section.line + 12))) >= 40
    ]
    assert sum(path in covered for path in long) >= 0.8 * len(long)


def _words(text: str) -> list[str]:
    return text.split()


def test_long_notes_need_little_memory() -> None:
    text = "".join(path.read_text("utf-8") for path in FIXTURES)
    long = (text * (1 + 40_000 // len(text)))[:40_000]
    made_from(long[:2_000])  # the lexicon and the dictionary are read once, whatever the notes
    tracemalloc.start()
    assert len(made_from(long).items) > 200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


def test_tasks_links_and_open_ends_give_nothing() -> None:
    path = next(path for path in FIXTURES if path.stem == "lab-only")
    assert made_from(path.read_text("utf-8")).items == ()


def test_an_edit_of_one_line_leaves_the_other_items_alone() -> None:
    lines = (
        "- etcd: stores the state of the cluster\n- kubelet: runs the containers of pods\n- kube-proxy: network rules\n"
    )
    before = {item.id: item for item in made_from(lines).items if item.lines != (1, 1)}
    after = {item.id: item for item in made_from(lines.replace("etcd: stores", "etcd: keeps and stores")).items}
    singles = [key for key, item in before.items() if item.kind != "matching"]
    assert singles
    assert [after[key] for key in singles] == [before[key] for key in singles]


def test_about_half_of_the_statements_are_true() -> None:
    found = [item for item in made_from(MODULE.read_text("utf-8")).items if item.kind == "truefalse"]
    true = sum(option.correct for item in found for option in item.options if option.text == "True")
    assert 0.35 <= true / len(found) <= 0.65


def test_typing_mistakes_stay_in_the_source_and_out_of_the_question() -> None:
    made = made_from(
        "- bridge: conects two networks toghether on a host\n- host: removes the seperate network of it\n"
        "- none: gives a container no network at all\n"
    )
    item = next(item for item in made.items if item.kind == "term" and "bridge" in item.prompt)
    assert item.payload["back"] == "connects two networks together on a host."
    assert "toghether" in item.source
    assert any("toghether" in warning.says for warning in made.warnings)


def test_what_the_notes_alone_define_is_asked_among_its_siblings() -> None:
    text = (
        "- bridge: the default network of a host\n- overlay: connects several daemons\n- macvlan: gives it an address\n"
    )
    text += "- ipvlan: shares one hardware address of the machine\n"
    asked = [item for item in made_from(text).items if item.kind == "choice"]
    assert asked
    assert all("do the notes describe" in item.prompt for item in asked)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("intro\n\nkubelet: stores the state of the cluster", 3, "etcd"),
        ("NodePort uses ports 3000-32767", 1, "30000 to 32767"),
        ("Secrets are encrypted by default", 1, "unencrypted"),
    ],
)
def test_what_is_known_to_be_wrong_is_told_and_not_asked(text: str, line: int, says: str) -> None:
    made = made_from(text)
    assert any(warning.line == line and says in warning.says for warning in made.warnings)
    assert not [prompt for prompt in prompts(text) if "3000-" in prompt or "stores the state" in prompt]


@pytest.mark.parametrize("text", ["", "#", "- ", "|a|\n|-|", "```", "a: b", "\u0000", "---\n---", "x" * 200_000])
def test_scraps_give_no_items_and_no_error(text: str) -> None:
    assert made_from(text).items == ()


LINES = [
    "# h",
    "- kubelet: runs containers",
    "kubelet: ",
    "```",
    "| etcd | stores state |",
    "|-|-|",
    "",
    "It is a pod.",
    "(a, b",
]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=12))
def test_any_text_is_survived(lines: list[str]) -> None:
    for item in made_from("\n".join(lines)).items:
        assert item.prompt


@pytest.mark.parametrize(
    ("written", "meanings"),
    [
        ("Servce", "'service' or 'serve'"),
        ("lable", "'label' or 'ladle' or 'liable'"),
        ("thier", "'their' or "),
        ("helth", "'health' or 'heath'"),
    ],
)
def test_a_slip_that_may_mean_several_words_is_told_with_all_and_changed_to_none(written: str, meanings: str) -> None:
    made = generate(parse_notes(f"# Probe\n\nA Pod has a {written} of its own.\n"), slug="probe")
    says = [(warning.line, warning.says) for warning in made.warnings]
    assert [line for line, one in says if one.startswith(f"{written!r} may be a typing mistake for {meanings}")] == [
        3
    ], says
