"""`make verdicts` counts what is right, and says what is wrong."""

from tools.verdicts.__main__ import report
from tools.verdicts.cases import Case, all_cases

BLOCKED = ("blocked", "P4")


def test_right_and_wrong_are_counted_by_the_rule_that_is_right() -> None:
    cases = [
        Case("a", "made", BLOCKED, BLOCKED),
        Case("b", "made", ("blocked", "P6"), BLOCKED),
        Case("c", "recorded", ("waiting", "-"), ("todo", "-")),
    ]
    lines = list(report(cases))
    assert lines[0].split()[-1] == "2/3"
    assert lines[1].split()[-1] == "2/3"
    assert lines[2].split()[-1] == "0/1"
    assert "P4 1/2" in lines[-1]
    assert "- 0/1" in lines[-1]


def test_every_case_is_judged_right_today() -> None:
    cases = list(all_cases())
    assert [case for case in cases if not case.right] == []
    assert len(cases) > 300
