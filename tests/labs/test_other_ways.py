"""What a cluster answered to a solution, changed in one place: other right ways stay green, wrong ones go red."""

import dataclasses
import json
from typing import Any

import pytest

from quizapp.labs.recording import replayed
from tests.lab_proofs import Way, solution, verdict
from tests.labs import changed_resources, changed_rollouts
from tests.labs.changes import BUSYBOX, NGINX, Change, Row, answers, container, put, served, status, the, written

PODS, CONFIG = "pods-and-their-lives", "configmaps-and-secrets"
ALL = [PODS, CONFIG, changed_rollouts.ROLL, changed_resources.FOOD]


def way_of(slug: str, step: str) -> Way:
    return next(way for way in solution(slug) if way.step.id == step)


def state(slug: str, step: str, change: Change) -> str:
    way = way_of(slug, step)
    data = json.loads(way.recording.read_text(encoding="utf-8"))["evidence"]
    before = json.dumps(data)
    change(data)
    assert json.dumps(data) != before, "the change changes nothing"
    return verdict(way.step, replayed(data), {}).state


def by_env_from(data: dict[str, Any]) -> None:
    put(container(data, "sign"), env=[], envFrom=[{"configMapRef": {"name": "shop"}}])


def projected(data: dict[str, Any]) -> None:
    volume = {"name": "till", "projected": {"sources": [{"secret": {"name": "till"}}]}}
    put(the(data, "Pod", "till")["spec"], volumes=[volume])


def with_water(data: dict[str, Any]) -> None:
    put(container(data, "kettle"), env=[{"name": "WATER", "value": "(not kept)"}])
    put(status(data, "kettle"), restartCount=0)
    written(data, "boiling\nboiling\n")


def a_probe_by_name(data: dict[str, Any]) -> None:
    container(data, "web")["ports"] = [{"name": "http", "containerPort": 80}]
    put(container(data, "web")["readinessProbe"]["httpGet"], port="http")


RIGHT: list[Row] = [
    *changed_rollouts.RIGHT,
    *changed_resources.RIGHT,
    (PODS, "greet", lambda data: put(container(data, "greeter"), image=BUSYBOX)),
    (PODS, "greet", lambda data: put(container(data, "greeter"), name="talker", args=["something", "else"])),
    (PODS, "address", lambda data: answers(data, f" `{next(iter(data['answers'].values()))}` ")),
    (PODS, "ended", lambda data: put(container(data, "tea"), command=["serve-tea"])),
    (PODS, "crash", lambda data: put(status(data, "kettle"), restartCount=7)),
    (PODS, "crash", with_water),
    (PODS, "mend", lambda data: container(data, "kettle")["env"].append({"name": "MORE", "value": "(not kept)"})),
    (PODS, "probe", a_probe_by_name),
    (PODS, "probe", lambda data: put(container(data, "web"), livenessProbe={"tcpSocket": {"port": 80}})),
    (PODS, "alive", lambda data: put(container(data, "watched")["livenessProbe"], periodSeconds=10)),
    (CONFIG, "settings", lambda data: the(data, "ConfigMap", "shop")["data"].update(more="x")),
    (CONFIG, "settings", lambda data: put(the(data, "ConfigMap", "shop"), immutable=True)),
    (CONFIG, "sign", by_env_from),
    (CONFIG, "sign", lambda data: container(data, "sign")["env"].append({"name": "X", "value": "(not kept)"})),
    (CONFIG, "page", lambda data: put(container(data, "board", "Deployment"), image=NGINX)),
    (CONFIG, "page", lambda data: served(data, "<p>Closed today</p>")),
    (CONFIG, "change", lambda data: served(data, "<html><p>Closed today, sorry</p></html>")),
    (CONFIG, "secret", lambda data: the(data, "Secret", "till")["data"].update(user="sha256:0")),
    (CONFIG, "mount", projected),
    (CONFIG, "frozen", lambda data: the(data, "ConfigMap", "shop")["data"].clear()),
]
WRONG: list[Row] = [
    *changed_rollouts.WRONG,
    *changed_resources.WRONG,
    (PODS, "greet", lambda data: put(container(data, "greeter"), image="busybox:1.37")),
    (PODS, "greet", lambda data: written(data, "bye\n")),
    (PODS, "greet", lambda data: put(the(data, "Pod", "greeter")["metadata"], name="greeting")),
    (PODS, "address", lambda data: answers(data, "10.99.99.99")),
    (PODS, "address", lambda data: data["answers"].clear()),
    (PODS, "ended", lambda data: put(the(data, "Pod", "tea")["spec"], restartPolicy="OnFailure")),
    (PODS, "ended", lambda data: put(the(data, "Pod", "tea")["status"], phase="Succeeded")),
    (PODS, "ended", lambda data: answers(data, "128")),
    (PODS, "crash", lambda data: put(status(data, "kettle"), restartCount=0)),
    (PODS, "crash", lambda data: put(the(data, "Pod", "kettle")["spec"], restartPolicy="Never")),
    (PODS, "mend", lambda data: put(container(data, "kettle"), env=[{"name": "TEA", "value": "(not kept)"}])),
    (PODS, "mend", lambda data: written(data, "")),
    (PODS, "probe", lambda data: container(data, "web").pop("readinessProbe")),
    (PODS, "probe", lambda data: put(container(data, "web")["readinessProbe"]["httpGet"], path="/well")),
    (PODS, "alive", lambda data: put(status(data, "watched"), restartCount=0)),
    (PODS, "alive", lambda data: put(container(data, "watched")["livenessProbe"]["httpGet"], path="/")),
    (CONFIG, "settings", lambda data: the(data, "ConfigMap", "shop")["data"].update(hours="9-18")),
    (CONFIG, "settings", lambda data: the(data, "ConfigMap", "shop")["data"].pop("greeting")),
    (CONFIG, "sign", lambda data: put(container(data, "sign")["env"][0]["valueFrom"]["configMapKeyRef"], key="hours")),
    (CONFIG, "sign", lambda data: put(container(data, "sign")["env"][0]["valueFrom"]["configMapKeyRef"], name="shops")),
    (CONFIG, "sign", lambda data: put(container(data, "sign"), env=[{"name": "GREETING", "value": "(not kept)"}])),
    (CONFIG, "sign", lambda data: written(data, "Good evening\n")),
    (CONFIG, "page", lambda data: served(data, "Welcome to nginx!")),
    (CONFIG, "page", lambda data: put(the(data, "ConfigMap", "page"), data={"index.htm": "Tea is served"})),
    (CONFIG, "page", lambda data: container(data, "board", "Deployment").pop("volumeMounts")),
    (CONFIG, "change", lambda data: served(data, "Tea is served")),
    (CONFIG, "secret", lambda data: the(data, "Secret", "till")["data"].clear()),
    (CONFIG, "mount", lambda data: put(the(data, "Pod", "till")["spec"]["volumes"][0]["secret"], secretName="tills")),
    (CONFIG, "mount", lambda data: put(container(data, "till")["volumeMounts"][0], mountPath="/etc/other")),
    (CONFIG, "mount", lambda data: written(data, "ls: /etc/till: No such file or directory\n")),
    (CONFIG, "frozen", lambda data: put(the(data, "ConfigMap", "shop"), immutable=False)),
]


def ids(rows: list[Row]) -> list[str]:
    return [f"{step}-{number}" for number, (_, step, _) in enumerate(rows)]


@pytest.mark.parametrize(("slug", "step", "change"), RIGHT, ids=ids(RIGHT))
def test_another_right_way_stays_green(slug: str, step: str, change: Change) -> None:
    assert state(slug, step, change) == "passed"


@pytest.mark.parametrize(("slug", "step", "change"), WRONG, ids=ids(WRONG))
def test_what_the_text_asks_for_and_is_not_there_is_red(slug: str, step: str, change: Change) -> None:
    assert state(slug, step, change) in ("todo", "waiting", "blocked")


@pytest.mark.parametrize("slug", ALL)
def test_every_step_is_changed_both_ways(slug: str) -> None:
    for rows in (RIGHT, WRONG):
        missing = {way.step.id for way in solution(slug)} - {step for of, step, _ in rows if of == slug}
        assert missing == set()


def test_an_answer_holds_only_for_the_pod_that_is_there_now() -> None:
    way = way_of(PODS, "address")
    evidence = replayed(json.loads(way.recording.read_text(encoding="utf-8"))["evidence"])
    pods = tuple({**pod, "status": {**pod["status"], "podIP": "10.1.2.3"}} for pod in evidence.objects("Pod"))
    moved = dataclasses.replace(evidence, lists={**evidence.lists, "Pod": pods})
    found = verdict(way.step, moved, {})
    assert found.state == "todo"
    assert "10.1.2.3" not in str(found)
