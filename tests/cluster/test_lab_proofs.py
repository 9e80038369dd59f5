"""Every lab on a real cluster: its solution turns the steps green in order, wrong ways stay red for the right reason.

QUIZAPP_RECORD=1 keeps the cluster's answers beside the lab; tests/labs judges them again without a cluster.
"""

import os
import shlex
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from quizapp.cluster.adapter import Cluster as Adapter
from quizapp.labs.evidence import Evidence
from quizapp.labs.verdict import Verdict
from tests.cluster_fixture import Cluster
from tests.lab_proofs import Way, answered, lab_of, near_misses, proven_labs, solution, verdict

RECORD = os.environ.get("QUIZAPP_RECORD") == "1"
WAYS = [way for slug in proven_labs() for way in near_misses(slug)]
PATIENCE_S, STAYS_S = 100.0, 3.0


def title(way: Way) -> str:
    """What a test of it is called: the lab and the way, so that -k takes either."""
    return f"{way.lab}: {way.name}"


@dataclass(frozen=True)
class Stage:
    """A namespace in which ways are gone, and how the cluster answers there; nothing is typed before a way is gone."""

    cluster: Cluster
    adapter: Adapter
    namespace: str
    gone: set[str] = field(default_factory=set)

    def go(self, way: Way) -> None:
        self.gone.add(way.name)
        if way.apply:
            self.cluster.kubectl("apply", "-f", "-", input=way.apply, namespace=self.namespace)
        for words in way.run:
            self.cluster.kubectl(*words, namespace=self.namespace)
        for words in way.elsewhere:
            self.cluster.kubectl(*words, namespace="default")

    def look(self, way: Way) -> tuple[Evidence, Verdict]:
        evidence = self.adapter.collect(self.cluster.context, self.namespace, lab_of(way.lab).needs(), fresh=True)
        if way.name in self.gone:
            evidence = answered(way, evidence)
        return evidence, verdict(way.step, evidence, {})

    def wait(self, way: Way, until: Callable[[Verdict], bool]) -> tuple[Evidence, Verdict]:
        end = time.monotonic() + PATIENCE_S
        evidence, found = self.look(way)
        while not until(found) and time.monotonic() < end:
            time.sleep(0.5)
            evidence, found = self.look(way)
        return evidence, found


def a_stage(cluster: Cluster) -> Stage:
    name = f"lab-proof-{uuid.uuid4().hex[:8]}"
    cluster.kubectl("create", "namespace", name)
    cluster.kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=30s", namespace=name)
    return Stage(cluster, Adapter(kubeconfig=str(cluster.kubeconfig), now=lambda: datetime.now(UTC)), name)  # noqa: TID251


@pytest.mark.parametrize("slug", proven_labs())
def test_the_solution_turns_the_steps_green_in_order(cluster: Cluster, slug: str) -> None:
    stage = a_stage(cluster)
    done = solution(slug)
    assert [way.expect["step"] for way in done] == [step.id for step in lab_of(slug).steps]
    assert {stage.look(way)[1].state for way in done} == {"todo"}
    for place, way in enumerate(done):
        if not way.part.idle:
            later = [stage.look(other)[1].state for other in done[place:]]
            assert later.count("passed") == 0, (way.name, later)
        stage.go(way)
        evidence, found = stage.wait(way, lambda found: found.state == "passed")
        assert found.state == "passed", (way.name, found)
        if RECORD:
            way.kept(evidence, {})
    assert {stage.look(way)[1].state for way in done} == {"passed"}
    cluster.kubectl("delete", "namespace", stage.namespace, "--wait=false")


@dataclass
class Stages:
    """The wrong ways of one lab at a time, each gone in a namespace of its own: a node takes no more than 110 Pods."""

    cluster: Cluster
    chosen: list[Way]
    lab: str = ""
    made: dict[str, Stage] = field(default_factory=dict)

    def of(self, way: Way) -> Stage:
        """Where a way was gone; all of its lab are gone at once, since waiting for all costs as much as for one."""
        if way.lab != self.lab:
            self.clear()
            self.lab = way.lab
            same = [other for other in self.chosen if other.lab == way.lab]
            for other in same:
                self.made[other.name] = a_stage(self.cluster)
            for other in same:
                self.made[other.name].go(other)
        return self.made[way.name]

    def clear(self) -> None:
        if self.made:
            names = [stage.namespace for stage in self.made.values()]
            self.cluster.kubectl("delete", "namespace", *names, "--wait=false")
            self.cluster.kubectl("delete", "deployment", "web", "--ignore-not-found", namespace="default")
        self.made.clear()


@pytest.fixture(scope="module")
def stages(cluster: Cluster, request: pytest.FixtureRequest) -> Iterator[Stages]:
    names = {item.name for item in request.session.items}
    test = test_a_wrong_way_stays_red_for_the_right_reason.__name__
    made = Stages(cluster, [way for way in WAYS if f"{test}[{title(way)}]" in names])
    yield made
    made.clear()


@pytest.mark.parametrize("way", WAYS, ids=title)
def test_a_wrong_way_stays_red_for_the_right_reason(stages: Stages, way: Way) -> None:
    stage = stages.of(way)
    evidence, found = stage.wait(way, way.is_met)
    assert way.is_met(found), found
    if RECORD:
        way.kept(evidence, {})
    for cause in found.causes:
        assert cause.evidence_path
        assert cause.evidence_value
        stage.cluster.kubectl(*shlex.split(cause.next_command)[1:])  # it runs as it stands
    time.sleep(STAYS_S)
    assert stage.look(way)[1].state != "passed"
