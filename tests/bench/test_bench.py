"""The benchmarks run and say what they measured; how fast it was is no test."""

import json
from pathlib import Path

import pytest

from tools.bench.__main__ import anywhere, measured, write
from tools.bench.pairs import Effort, paired

RESULT = {"name", "what", "over", "ratio", "low", "high", "runs", "seconds"}
SCARCELY = Effort(pairs=2, share=0.01)


def test_every_benchmark_runs_and_is_written_down(tmp_path: Path) -> None:
    write(measured(anywhere(SCARCELY)), tmp_path / "bench.json")
    data = json.loads((tmp_path / "bench.json").read_text())
    assert set(data) == {"commit", "machine", "results"}
    assert set(data["machine"]) == {"processor", "cores", "system", "python"}
    assert {result["name"] for result in data["results"]} == {
        "notes/questions",
        "notes/linear",
        "card/answered",
        "card/fetched-and-answered",
        "page/home",
        "page/library",
        "page/question",
        "page/card",
        "page/module",
        "rebuild/right",
        "rebuild/lost",
        "next/none-answered",
        "next/half-answered",
        "next/all-answered",
    }
    for result in data["results"]:
        assert set(result) == RESULT
        assert 0 < result["low"] <= result["ratio"] <= result["high"]
        assert result["runs"] == 2


def test_the_two_are_called_in_turn_and_as_often() -> None:
    calls: list[str] = []
    what, over = ("a", lambda: calls.append("a")), ("b", lambda: calls.append("b"))
    ratio = paired(Effort(pairs=3), "name", what, over, calls=2, aim="")
    assert "".join(calls) == "aabb" * 4
    assert ratio.runs == 3


def test_a_ratio_is_the_median_of_its_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([1.0, 1.0, 6.0, 2.0, 8.0, 2.0, 90.0, 2.0])
    monkeypatch.setattr("tools.bench.pairs._seconds", lambda _work, _calls: next(seconds))
    ratio = paired(Effort(pairs=3), "name", ("a", list), ("b", list), calls=4, aim="")
    assert (ratio.ratio, ratio.low, ratio.high, ratio.seconds) == (4.0, 3.0, 45.0, 2.0)
