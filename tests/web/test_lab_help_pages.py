"""The page of a lab with questions and hints, over a cluster that answers from a script."""

import dataclasses
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest

from quizapp.labs.evidence import KINDS, Evidence
from quizapp.labs.port import ContextInfo, NamespaceRef
from quizapp.labs.spec import load_lab
from quizapp.labs.trouble import ClusterTrouble
from quizapp.services.context import Context
from tests.web.parts import Clock, Visitor, pages_over

LAB = "/labs/probe"
KEY = "Pod/web status.podIP"
TEXT = """lab: probe
title: Probe
module: getting-started-with-kubernetes
steps:
  - id: look
    title: Look
    text: Make a Pod named `web`.
    hints:
      - Ask for more than the default columns.
      - {says: "This <b>shows</b> it.", command: kubectl get pod web -o wide}
    notes: Pods
    get: {web: {kind: Pod, name: web}}
    answer: [{ask: Which IP address has it?, of: web, field: status.podIP}]
  - id: other
    title: Other
    text: Nothing to type here, make a Service named `web`.
    get: {web: {kind: Service, name: web}}
    match: {web: {}}
"""


@dataclasses.dataclass
class Script:
    """A cluster that says what a test put into it."""

    pods: list[Mapping[str, Any]] = dataclasses.field(default_factory=list)
    down: bool = False

    def contexts(self) -> list[ContextInfo]:
        return [ContextInfo("minikube", "minikube", "https://127.0.0.1:1", minikube=True)]

    def collect(self, context: str, namespace: str, *_: object, **__: object) -> Evidence:
        if self.down:
            raise ClusterTrouble("The API server does not answer.", "minikube start")
        lists = {kind: tuple(self.pods) if kind == "Pod" else () for kind in KINDS}
        return Evidence(context, "uid", "v1.37.2", namespace, Clock().time, lists=lists)

    def prepare(self, *_: object) -> NamespaceRef:
        return NamespaceRef("lab-probe", "uid-of-namespace")


@pytest.fixture
def cluster() -> Script:
    return Script([{"kind": "Pod", "metadata": {"name": "web", "uid": "u"}, "status": {"podIP": "10.0.0.7"}}])


@pytest.fixture
def visitor(context: Context, cluster: Script) -> Visitor:
    lab, errors = load_lab(TEXT, file="lab.yaml")
    assert lab, errors
    library = dataclasses.replace(context.library, labs=MappingProxyType({"probe": lab}))
    made = Visitor(pages_over(dataclasses.replace(context, cluster=cluster, library=library)).test_client())
    assert 'name="typed"' in made.get(LAB).text
    assert "disabled" in made.get(LAB).text
    made.post(f"{LAB}/start", at=LAB)
    return made


def answer(visitor: Visitor, typed: str, **form: str) -> Any:
    return visitor.post(f"{LAB}/answer", {"step": "look", "key": KEY, "typed": typed, **form}, at=LAB)


def state(page: str) -> str:
    found = re.search(r'data-step="look" data-state="(\w+)"', page)
    assert found
    return found[1]


def test_a_wrong_answer_is_told_beside_its_question_without_the_right_one(visitor: Visitor) -> None:
    reply = answer(visitor, "10.0.0.8<b>")
    assert reply.status_code == 200
    assert "That is not what your cluster says now. Look again." in reply.text
    assert "10.0.0.7" not in reply.text
    assert "10.0.0.8&lt;b&gt;" in reply.text
    assert state(reply.text) == "todo"
    assert reply.text.count("autofocus") == 1


def test_a_right_answer_turns_the_step_green(visitor: Visitor) -> None:
    reply = answer(visitor, "10.0.0.7")
    assert "That is right." in reply.text
    assert state(reply.text) == "passed"
    assert state(visitor.get(LAB).text) == "passed"


def test_an_answer_without_its_object_is_kept_and_not_called_right(visitor: Visitor, cluster: Script) -> None:
    cluster.pods = []
    reply = answer(visitor, "10.0.0.7")
    assert "There is nothing to compare it with yet." in reply.text
    assert "That is right" not in reply.text


def test_an_answer_while_the_cluster_is_away_costs_nothing(visitor: Visitor, cluster: Script) -> None:
    cluster.down = True
    reply = answer(visitor, "10.0.0.7")
    assert "nobody knows yet" in reply.text
    cluster.down = False
    assert state(visitor.post(f"{LAB}/check", at=LAB).text) == "passed"


def test_many_answers_in_a_short_time_have_to_wait(visitor: Visitor, clock: Clock) -> None:
    for number in range(5):
        assert answer(visitor, f"10.0.1.{number}").status_code == 200
    refused = answer(visitor, "10.0.0.7")
    assert refused.status_code == 429
    assert "answer again in 61 seconds" in refused.text or "answer again in 60 seconds" in refused.text
    assert state(refused.text) == "todo"
    clock.advance(seconds=61)
    assert state(answer(visitor, "10.0.0.7").text) == "passed"


def test_nothing_typed_and_questions_that_nobody_asked_are_refused(visitor: Visitor) -> None:
    assert answer(visitor, " ").status_code == 422
    assert answer(visitor, "x", key="Pod/web spec").status_code == 404
    assert answer(visitor, "x", step="other").status_code == 404


def test_hints_open_one_after_the_other_with_a_command_to_copy(visitor: Visitor) -> None:
    page = visitor.get(LAB).text
    assert "more than the default columns" not in page
    assert "Show a hint" in page
    assert "kubectl -n lab-probe get pod web" not in page
    reply = visitor.post(f"{LAB}/hint", {"step": "look", "rung": "1"}, at=LAB)
    assert reply.headers["Location"].endswith("/labs/probe#hint-look-1")
    page = visitor.get(LAB).text
    assert "more than the default columns" in page
    assert "opened just now" in page
    assert "Show the command" in page
    visitor.post(f"{LAB}/hint", {"step": "look", "rung": "2"}, at=LAB)
    page = visitor.get(LAB).text
    assert "<code>kubectl -n lab-probe get pod web -o wide</code>" in page
    assert page.count("data-copy") == 1
    assert "Show the" not in page
    assert visitor.post(f"{LAB}/hint", {"step": "look", "rung": "4"}, at=LAB).status_code == 400
