"""Situations: files of small changes of a healthy world, each with the verdict and the first rule that are right there.

A situation is a mapping:
`is` a sentence, `world` one of tests/labs/worlds.py, `step` one of situations/steps.yaml, `expect` state and first
rule (`blocked P4`, `waiting -`); `change` {Kind/name: {stroke or path: value}}, where Kind/* means all of a kind;
`add` objects in short, `remove` titles, `events` [[title, reason, message, seconds ago]], `unread` kinds nobody listed,
`refused` kinds that may not be listed, `elsewhere` titles with @namespace, `answers` {service:port: [status, body]},
`may` the API's word on rights, `wrote` log lines; `also` rules that must be told too, `never` rules that must not.
A text such as -40s is a time of the cluster so long ago.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.labs.evidence import KINDS, Allowed, Evidence, HttpGet, HttpReply, LogsOf, Review
from quizapp.labs.judge import judge
from quizapp.labs.spec import Lab, load_lab
from quizapp.labs.trouble import Unreadable
from quizapp.labs.verdict import Verdict, explained
from quizapp.yamltext import load_yaml
from tests.labs.strokes import STROKES, event
from tests.labs.worlds import NOW, PLACE, Thing, made, past, world

HERE = Path(__file__).parent / "situations"
KEYS = {"is", "world", "step", "expect", "change", "add", "remove", "events", "unread", "refused", "elsewhere"}
KEYS |= {"answers", "may", "wrote", "also", "never"}
REFUSED = Unreadable("C5", "You are not allowed to list this.", "kubectl auth can-i --list", "403")
AGO = re.compile(r"-(\d+)s")


@dataclass(frozen=True)
class Situation:
    """A state of a cluster, the step that is looked at, and what is right to say of it."""

    file: str
    data: Thing

    @property
    def name(self) -> str:
        return f"{self.file}: {self.data['is']}"

    @property
    def expected(self) -> tuple[str, str]:
        """State and first rule; - for none."""
        state, rule = self.data["expect"].split()
        return state, rule

    def verdict(self) -> Verdict:
        """What the code says."""
        step, evidence = STEPS[self.data["step"]], self.evidence()
        return explained(step, judge(step, evidence, {}), evidence, ())

    def evidence(self) -> Evidence:
        items, data = self._objects(), self.data
        events = [event(items[title], *rest) for title, *rest in data.get("events", ())]
        found = [*items.values(), *events]
        lists: dict[str, Any] = {kind: tuple(one for one in found if one["kind"] == kind) for kind in KINDS}
        lists |= dict.fromkeys(data.get("refused", ()), REFUSED)
        lists = {kind: part for kind, part in lists.items() if kind not in data.get("unread", ())}
        places: dict[str, Any] = {}
        for text in data.get("elsewhere", ()):
            (kind, name), place = text.partition("@")[0].split("/"), text.partition("@")[2]
            places.setdefault(kind, []).append(made(kind, name, metadata={"namespace": place}))
        return Evidence("minikube", "uid-cluster", "v1.37.2", PLACE, NOW, lists, places, **self._answers())

    def _objects(self) -> dict[str, Thing]:
        items = world(self.data["world"])
        for title in self.data.get("remove", ()):
            del items[title]
        for short in self.data.get("add", ()):
            rest = {key: _timed(value) for key, value in short.items() if key not in ("kind", "name", "owner")}
            owner = items[short["owner"]] if "owner" in short else None
            items[f"{short['kind']}/{short['name']}"] = made(short["kind"], short["name"], owner, **rest)
        for title, changes in self.data.get("change", {}).items():
            kind = title.removesuffix("*")
            for item in [
                one for name, one in items.items() if name == title or ("*" in title and name.startswith(kind))
            ]:
                for path, value in changes.items():
                    STROKES[path](item, value) if path in STROKES else _set(item, path, _timed(value))
        return items

    def _answers(self) -> dict[str, Any]:
        step, data = STEPS[self.data["step"]], self.data
        needs = [need for check in step.checks for need in check.needs()]
        http = {}
        for text, (status, body) in data.get("answers", {}).items():
            service, port = text.split(":")
            http[HttpGet(service, port, "/")] = HttpReply(status, {}, body)
        reviews = {need: Allowed(bool(data.get("may"))) for need in needs if isinstance(need, Review)}
        logs = {need: {"web-1-a": data.get("wrote", "")} for need in needs if isinstance(need, LogsOf)}
        return {"http": http, "reviews": reviews, "logs": logs}


def _set(item: Any, path: str, value: Any) -> None:
    """Sets the value at a path of names and numbers; null takes it away."""
    *way, last = path.split(".")
    for name in way:
        item = item[int(name)] if isinstance(item, list) else item.setdefault(name, {})
    if isinstance(item, list):
        item[int(last)] = value
    elif value is None:
        item.pop(last, None)
    else:
        item[last] = value


def _timed(value: Any) -> Any:
    """The same with -40s as a time of the cluster."""
    if isinstance(value, dict):
        return {key: _timed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_timed(inner) for inner in value]
    found = AGO.fullmatch(value) if isinstance(value, str) else None
    return past(int(found[1])) if found else value


def _lab() -> Lab:
    file = HERE / "steps.yaml"
    lab, errors = load_lab(file.read_text(encoding="utf-8"), file=file.name)
    assert lab is not None, errors
    return lab


STEPS_LAB = _lab()
STEPS = {step.id: step for step in STEPS_LAB.steps}


def situations() -> Iterator[Situation]:
    """Every situation of every file."""
    for file in sorted(HERE.glob("*.yaml")):
        if file.name != "steps.yaml":
            for data in load_yaml(file.read_text(encoding="utf-8")).data:
                assert set(data) <= KEYS, (file.name, set(data) - KEYS)
                yield Situation(file.stem, data)
