"""The one YAML loader: plain data, lines, and everything it refuses."""

import pytest

from quizapp.yamltext import YamlError, load_yaml


def test_words_that_other_loaders_turn_into_something_else_stay_texts() -> None:
    data = load_yaml("a: no\nb: y\nc: 2020-01-01\nd: 017\ne: true\nf: 3\ng: null\n").data
    assert data == {"a": "no", "b": "y", "c": "2020-01-01", "d": "017", "e": True, "f": 3, "g": None}


def test_every_part_knows_its_line() -> None:
    document = load_yaml("steps:\n  - name: one\n    match:\n      kind: Pod\n")
    assert document.line("steps", 0, "match") == 3
    assert document.line("steps", 0, "match", "kind") == 4
    assert document.line("steps", 0, "match", "absent") == 3


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\nb: *x\n", 2),
        ("a: 1\na: 2\n", 2),
        ("a: !!python/object:os.system x\n", 1),
        ("[" * 500, 1),
        ("? [a]\n: b\n", 1),
        ("a: [1\nb: 2\n", 2),
    ],
)
def test_what_is_not_plain_data_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(YamlError) as refused:
        load_yaml(text)
    assert refused.value.line == line
    assert refused.value.says


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(YamlError, match="larger"):
        load_yaml("a: " + "x" * 100, max_bytes=50)
