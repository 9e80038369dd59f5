"""Hints are opened one after the other and noted; answers are judged by the cluster and cannot be guessed fast."""

import dataclasses
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from quizapp.cluster.adapter import SHARED_FOR, Cluster
from quizapp.labs.proof import load_proof
from quizapp.labs.spec import Lab, load_lab
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.lab_help import TRIES, StepHelp, TooManyAnswers
from quizapp.services.labs import answer_step, end_lab, lab_page, open_hint, start_lab, verify_lab
from quizapp.storage import lab_runs
from tests.adapter.api import Api, kubeconfig, reply, served
from tests.services.conftest import rows, together

TEXT = """lab: probe
title: Probe
module: getting-started-with-kubernetes
steps:
  - id: look
    title: Look
    text: Make a Pod named `web`.
    hints:
      - A Pod can be made with one command.
      - {says: This one., command: kubectl run web --image=nginx:1.27}
    notes: Pods
    get: {web: {kind: Pod, name: web}}
    answer: [{ask: Which IP address has it?, of: web, field: status.podIP}]
"""
PROOF = """solution:
  - step: look
    apply: |
      kind: Pod
    run: ["run web --image=nginx:1.27", wait pod web]
    answer: right
"""
KEY = "Pod/web status.podIP"
PODS = "/api/v1/namespaces/lab-probe/pods"


def pod(address: str) -> dict[str, Any]:
    return {"metadata": {"name": "web", "uid": "u"}, "spec": {}, "status": {"podIP": address}}


def a_lab() -> Lab:
    lab, errors = load_lab(TEXT, file="lab.yaml")
    assert lab, errors
    return dataclasses.replace(lab, solution=load_proof(PROOF, file="proof.yaml")[0].solution)


@pytest.fixture
def api() -> Api:
    made = Api()
    made.answers["/api/v1/namespaces"] = reply({"metadata": {"name": "lab-probe", "uid": "uid-of-namespace"}})
    made.answers["/api/v1/namespaces/lab-probe/"] = made.answers[""]
    made.answers[PODS] = reply({"items": [pod("10.0.0.7")]})
    return made


@pytest.fixture
def lab(api: Api, ctx: Context, tmp_path: Path) -> Iterator[Context]:
    library = dataclasses.replace(ctx.library, labs=MappingProxyType({"probe": a_lab()}))
    with served(api) as port:
        cluster = Cluster(kubeconfig=kubeconfig(tmp_path / "config", port), now=ctx.now)
        yield dataclasses.replace(ctx, cluster=cluster, library=library)
        for _, transport, _ in cluster._transports.values():
            transport.close()


def helped(lab: Context, user: str) -> StepHelp:
    return lab_page(lab, user, "probe").help["look"]


def state(lab: Context, user: str) -> str:
    return verify_lab(lab, user, "probe").steps[0].state


def test_hints_are_opened_one_after_the_other_and_noted_once(lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")
    assert [(rung.kind, rung.open, rung.says, rung.commands) for rung in helped(lab, ada).rungs] == [
        ("nudge", False, "", ()),
        ("command", False, "", ()),
        ("solution", False, "", ()),
    ]
    for number in (2, 3, 4, 0):
        with pytest.raises(BadInput, match="one after the other"):
            open_hint(lab, ada, "probe", "look", number)
    for number in (1, 1, 2, 3, 3):
        open_hint(lab, ada, "probe", "look", number)
    rungs = helped(lab, ada).rungs
    assert rungs[0].says == "A Pod can be made with one command."
    assert rungs[1].commands == ("kubectl -n lab-probe run web --image=nginx:1.27",)
    assert rungs[2].commands == (
        "kubectl -n lab-probe apply -f - <<'END'\nkind: Pod\nEND",
        "kubectl -n lab-probe run web --image=nginx:1.27",
        "kubectl -n lab-probe wait pod web",
    )
    assert all(rung.opened_at for rung in rungs)
    assert helped(lab, ada).next_rung is None
    assert rows(lab, "lab_event") == 3
    with pytest.raises(BadInput):
        open_hint(lab, ada, "probe", "look", 4)


def test_many_tabs_open_one_hint_once(lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")
    together(6, lambda _: open_hint(lab, ada, "probe", "look", 1))
    assert rows(lab, "lab_event") == 1


def test_without_a_run_hints_can_be_read_and_nothing_is_noted(lab: Context, ada: str) -> None:
    assert [rung.open for rung in helped(lab, ada).rungs] == [True, True, False]
    assert helped(lab, ada).notes == ("Pods", 93)
    with pytest.raises(BadInput, match="start the lab first"):
        open_hint(lab, ada, "probe", "look", 1)
    with pytest.raises(BadInput, match="start the lab first"):
        answer_step(lab, ada, "probe", "look", KEY, "10.0.0.7")
    assert rows(lab, "lab_event") == 0


def test_another_run_begins_without_hints_and_answers(lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")
    open_hint(lab, ada, "probe", "look", 1)
    answer_step(lab, ada, "probe", "look", KEY, "10.0.0.1")
    end_lab(lab, ada, "probe")
    start_lab(lab, ada, "probe")
    assert not helped(lab, ada).rungs[0].open
    assert helped(lab, ada).questions[0].typed == ""


def test_an_answer_passes_the_step_and_is_kept_with_its_evidence(lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")
    assert state(lab, ada) == "todo"
    (step,) = answer_step(lab, ada, "probe", "look", KEY, " 10.0.0.8 ").steps
    assert step.state == "todo"
    assert helped(lab, ada).questions[0].typed == "10.0.0.8"
    assert answer_step(lab, ada, "probe", "look", KEY, "10.0.0.7").steps[0].state == "passed"
    with lab.database.read() as session:
        run = lab_runs.open_run(session, ada, "probe")
        assert run
        kept = lab_runs.evidence(session, run.id, "look")
    assert kept
    assert kept["answers"] == {KEY: "10.0.0.7"}


def test_an_answer_counts_by_what_the_cluster_says_now(api: Api, lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")
    api.answers[PODS] = reply({"items": []})
    verify_lab(lab, ada, "probe")
    (step,) = answer_step(lab, ada, "probe", "look", KEY, "10.0.0.9").steps
    assert step.state != "passed"
    api.answers[PODS] = reply({"items": [pod("10.0.0.9")]})
    time.sleep(SHARED_FOR)
    assert state(lab, ada) == "passed"


def test_guessing_is_slowed_down_and_never_for_good(lab: Context, ada: str) -> None:
    start = lab.now()
    start_lab(lab, ada, "probe")
    for number in range(TRIES):
        answer_step(lab, ada, "probe", "look", KEY, f"10.0.0.{number + 20}")
    with pytest.raises(TooManyAnswers) as refused:
        answer_step(lab, ada, "probe", "look", KEY, "10.0.0.7")
    assert 1 <= refused.value.wait_seconds <= 61
    assert state(lab, ada) == "todo"
    later = dataclasses.replace(lab, now=lambda: start + timedelta(minutes=5))
    assert answer_step(later, ada, "probe", "look", KEY, "10.0.0.7").steps[0].state == "passed"


def test_guesses_at_the_same_time_are_counted_together(lab: Context, ada: str) -> None:
    start_lab(lab, ada, "probe")

    def guess(number: int) -> bool:
        try:
            answer_step(lab, ada, "probe", "look", KEY, f"10.0.0.{number + 20}")
        except TooManyAnswers:
            return False
        return True

    assert together(12, guess).count(True) == TRIES
    assert rows(lab, "lab_event") == TRIES


@pytest.mark.parametrize(
    ("step", "key", "typed", "error"),
    [
        ("look", KEY, "  ", BadInput),
        ("look", KEY, "x" * 201, BadInput),
        ("look", "Pod/web spec", "x", NotFound),
        ("nowhere", KEY, "x", NotFound),
    ],
)
def test_what_cannot_be_an_answer_is_refused(
    lab: Context, ada: str, step: str, key: str, typed: str, error: type[Exception]
) -> None:
    start_lab(lab, ada, "probe")
    with pytest.raises(error):
        answer_step(lab, ada, "probe", step, key, typed)
    assert rows(lab, "lab_event") == 0
