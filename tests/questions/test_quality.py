"""How good the questions are by what people said of each: the report is up to date, and no figure falls."""

from dataclasses import replace
from functools import cache

import pytest
from parts import ROOT

from tools.quality import page, report
from tools.quality.agreement import kappa, stability
from tools.quality.labels import Fixture, Label, fixtures, in_short, read_labels

FLOORS = {"strict": 90.0, "lenient": 97.0}
CEILINGS = {"fatal": 1.0}


@cache
def found() -> tuple[Fixture, ...]:
    return tuple(fixtures())


def test_every_item_of_every_fixture_has_a_label() -> None:
    missing = [
        f"{fixture.name}: {in_short(item)}"
        for fixture in found()
        for item in fixture.made.items
        if item.id not in fixture.labels
    ]
    assert missing == [], "judge them (python -m tools.quality --sheet NAME), then: make quality"


def test_the_page_is_what_the_fixtures_and_labels_give() -> None:
    written = (ROOT / "docs" / "quality.md").read_text("utf-8")
    assert written == page.as_markdown(found()), "run: make quality"


@pytest.mark.parametrize("row", [0, 1, 2, 3, 4, 6, 7])
def test_no_share_falls_below_its_floor(row: int) -> None:
    name, count, strict, lenient, fatal = report.acceptance_rows(report.judged(found()))[row]
    assert count > 100, name
    assert strict >= FLOORS["strict"], name
    assert lenient >= FLOORS["lenient"], name
    assert fatal <= CEILINGS["fatal"], name


def test_both_halves_of_the_fixtures_are_alike() -> None:
    rows = {row[0]: row for row in report.acceptance_rows(report.judged(found()))}
    first, other = rows["fixtures on which rules were first tried"], rows["the other fixtures"]
    assert abs(first[2] - other[2]) <= 8


def test_what_can_be_counted_stays_in_its_bounds() -> None:
    figures = report.figures(found())
    assert figures.items >= 700
    assert figures.sections_covered >= 80
    assert 40 <= figures.truths <= 60
    assert figures.longest_keys <= 40
    assert figures.twins <= 2
    assert figures.closed_items == 0


def test_an_edit_of_one_line_leaves_nearly_all_other_items_alone() -> None:
    assert stability(found()) >= 95


@pytest.mark.parametrize(
    ("pairs", "is_"),
    [
        ([(True, True), (False, False)], 1.0),
        ([(True, False), (False, True)], -1.0),
        ([(True, True), (True, False), (False, True), (False, False)], 0.0),
        # the worked example of Cohen (1960) as it is often told: 20, 5, 10, 15 of 50
        ([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15, 0.4),
        ([(True, True)] * 9, None),
        ([], None),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs: list[tuple[bool, bool]], is_: float | None) -> None:
    assert kappa(pairs) == is_


def test_an_item_that_nobody_judged_counts_as_a_failure() -> None:
    bare = [replace(fixture, labels={}) for fixture in found()]
    name, _, strict, lenient, fatal = report.acceptance_rows(report.judged(bare))[0]
    assert (name, strict, lenient, fatal) == ("all items", 0.0, 0.0, 100.0)


@pytest.mark.parametrize(
    ("verdict", "strict", "lenient", "fatal"),
    [
        ("ok", True, True, False),
        ("R1 reads badly", False, True, False),
        ("R1,R8 reads badly", False, False, False),
        ("R2 the line does not say it", False, False, False),
        ("R4 two keys", False, False, True),
        ("R3 wrong", False, False, True),
    ],
)
def test_a_verdict_is_read_as_the_rubric_has_it(
    tmp_path: object, verdict: str, strict: bool, lenient: bool, fatal: bool
) -> None:
    file = tmp_path / "x.labels.txt"  # type: ignore[operator]
    file.write_text(f"m-1\t{verdict}\tshort\n")
    label: Label = read_labels(file)["m-1"]
    assert (label.strict, label.lenient, label.fatal) == (strict, lenient, fatal)


@pytest.mark.parametrize("verdict", ["", "good", "R9 what", "R1", "R1;R2 x"])
def test_what_is_no_verdict_is_named_with_its_line(tmp_path: object, verdict: str) -> None:
    file = tmp_path / "x.labels.txt"  # type: ignore[operator]
    file.write_text(f"m-1\tok\tshort\nm-2\t{verdict}\tshort\n")
    with pytest.raises(ValueError, match=r"x\.labels\.txt:2"):
        read_labels(file)
