"""match, ready, changed and serves: what one object must be, do, and have become."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest

from quizapp.labs.check import BadCheck, Outcome, Target
from quizapp.labs.evidence import HttpGet, HttpReply, Object
from quizapp.labs.registry import CHECKS
from tests.checks.parts import NOW, evidence, judged, said, thing

WEB = {"web": "Deployment/web"}
GET = HttpGet("web", "80", "/")


def deployment(*, replicas: int | None = 2, seen: int = 5, **status: int) -> Object:
    item = thing("Deployment", "web", spec={} if replicas is None else {"replicas": replicas})
    item["metadata"]["generation"] = 5
    counts = {"replicas": 2, "updatedReplicas": 2, "availableReplicas": 2, **status}
    return {**item, "status": {"observedGeneration": seen, **counts}}


def pods(owner: Object, *seconds_ready: int) -> list[Object]:
    made = [thing("ReplicaSet", "web-1", owner=owner)]
    for n, seconds in enumerate(seconds_ready):
        at = (NOW - timedelta(seconds=seconds)).isoformat()
        status = {
            "phase": "Running",
            "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": at}],
            "containerStatuses": [{"name": "nginx", "ready": True, "state": {"running": {"startedAt": at}}}],
        }
        made.append(thing("Pod", f"web-1-{n}", owner=made[0], status=status))
    return made


def match(tree: Any, spec: Any) -> list[str]:
    return said(judged("match", {"web": tree}, evidence(thing("Deployment", "web", spec=spec)), **WEB))


@pytest.mark.parametrize(
    ("tree", "spec", "right"),
    [
        ({"spec": {"replicas": 3}}, {"replicas": 3, "paused": True}, True),
        ({"spec": {"replicas": 3}}, {"replicas": "3"}, False),
        ({"spec": {"paused": True}}, {"paused": 1}, False),
        ({"spec": {"image": "nginx:1.27"}}, {"image": "docker.io/library/nginx:1.27"}, True),
        ({"spec": {"image": "nginx"}}, {"image": "nginx:latest"}, True),
        ({"spec": {"image": "nginx:1.27"}}, {"image": "nginx:1.27.1"}, False),
        ({"spec": {"limits": {"memory": "512Mi"}}}, {"limits": {"memory": "0.5Gi"}}, True),
        ({"spec": {"limits": {"cpu": "0.5"}}}, {"limits": {"cpu": "500m"}}, True),
        ({"spec": {"limits": {"cpu": {"quantity": ">=500m"}}}}, {"limits": {"cpu": "1"}}, True),
        ({"spec": {"limits": {"cpu": {"quantity": ">500m"}}}}, {"limits": {"cpu": "0.5"}}, False),
        ({"spec": {"podSelector": {}, "ingress": []}}, {"podSelector": {"app": "db"}, "ingress": [{}]}, False),
        ({"spec": {"podSelector": {}, "ingress": []}}, {"podSelector": {}}, True),
        (
            {"spec": {"ports": [{"port": 80}, {"targetPort": 8080}]}},
            {"ports": [{"port": 80, "targetPort": 8080}]},
            False,
        ),
        ({"spec": {"ports": [{"port": 80}]}}, {"ports": [{"port": 443}, {"port": 80}]}, True),
        (
            {"spec": {"env": [{"name": "M", "value": "prod"}]}},
            {"env": [{"name": "M", "value": "prod"}, {"name": "M", "value": "dev"}]},
            False,
        ),
        ({"spec": {"name": {"startsWith": "we"}}}, {"name": "web"}, True),
        ({"spec": {"name": {"regex": "w[a-z]"}}}, {"name": "web"}, False),
        ({"spec": {"name": {"in": ["a", "web"]}}}, {"name": "web"}, True),
        ({"spec": {"name": {"absent": True}}}, {"name": "web"}, False),
        ({"spec": {"name": {"exists": True}}}, {}, False),
        ({"spec": {"name": {"ne": "web"}}}, {}, True),
        ({"spec": {"count": {"gte": 2}}}, {"count": True}, False),
        ({"spec": {"list": {"count": 2}}}, {"list": [1, 2]}, True),
        ({"spec": {"list": {"contains": ["a"]}}}, {"list": ["b", "a"]}, True),
        ({"spec": {"value": {"base64": "hunter2"}}}, {"value": "aHVudGVyMg=="}, True),
        ({"spec": {"value": {"base64": "hunter2"}}}, {"value": "hunter2"}, False),
    ],
)
def test_what_an_object_must_contain(tree: Any, spec: Any, right: bool) -> None:
    assert (match(tree, spec) == []) is right


def test_a_finding_names_path_expected_and_actual() -> None:
    tree = {"spec": {"containers": [{"name": "nginx", "image": "nginx:1.27"}]}}
    assert match(tree, {"containers": [{"name": "nginx", "image": "nginx:9"}]}) == [
        "Deployment/web spec.containers[0].image: nginx:1.27 / nginx:9"
    ]
    assert match(tree, {"containers": []}) == [
        "Deployment/web spec.containers[]: {name: nginx, image: nginx:1.27} / absent"
    ]


def test_a_condition_that_is_missing_is_told_as_that_and_not_as_another_one() -> None:
    wanted = {"status": {"conditions": {"contains": [{"type": "ReplicaFailure", "status": "True"}]}}}
    there = {"conditions": [{"type": "Available", "status": "False"}]}
    item = {**deployment(), "status": there}
    assert said(judged("match", {"web": wanted}, evidence(item), **WEB)) == [
        "Deployment/web status.conditions[]: {type: ReplicaFailure, status: True} / absent"
    ]
    there["conditions"].append({"type": "ReplicaFailure", "status": "False"})
    assert said(judged("match", {"web": wanted}, evidence(item), **WEB)) == [
        "Deployment/web status.conditions[1].status: True / False"
    ]


def ready(item: Object, *more: Object) -> Outcome:
    return judged("ready", ["web"], evidence(item, *more), **WEB)


def test_a_deployment_is_ready_since_its_last_pod_is() -> None:
    item = deployment()
    found = ready(item, *pods(item, 60, 7))
    assert (said(found), found.since) == ([], NOW - timedelta(seconds=7))


@pytest.mark.parametrize(
    ("item", "word"),
    [
        (deployment(seen=4), "observedGeneration"),
        (deployment(replicas=0), "1 or more"),
        (deployment(availableReplicas=1), "availableReplicas"),
        (deployment(updatedReplicas=1), "updatedReplicas"),
        (deployment(replicas=1), "status.replicas"),
    ],
)
def test_a_deployment_is_not_ready_while_anything_of_it_is_old_or_missing(item: Object, word: str) -> None:
    found = ready(item, *pods(item, 60, 60))
    assert any(word in line for line in said(found))
    assert found.since is None


def test_not_written_replicas_mean_one_and_absent_counts_mean_none() -> None:
    item = deployment(replicas=None)
    bare = {**item, "status": {"observedGeneration": 5}}
    assert "Deployment/web status.availableReplicas: 1 / 0" in said(ready(bare))


def test_pods_that_are_ready_but_not_its_own_do_not_count() -> None:
    item = deployment()
    strangers = pods(thing("Deployment", "other"), 60, 60)
    assert said(ready(item, *strangers)) == ["Deployment/web ready Pods: 2 / 0"]


def test_a_revision_counts_from_the_start_of_the_lab_and_from_nothing_for_a_new_object() -> None:
    def at(revision: int, uid: str = "uid-Deployment-web") -> Object:
        item = thing("Deployment", "web")
        item["metadata"] |= {"uid": uid, "annotations": {"deployment.kubernetes.io/revision": str(revision)}}
        return item

    check = CHECKS["changed"]({"web": {"revision": 2}}, {"web": Target("web", "Deployment", "web")})
    before = {"Deployment/web": {"uid": "uid-Deployment-web", "revision": 3, "replicas": 1}}
    assert check.judge(evidence(at(5)), before).findings == ()
    assert [finding.expected for finding in check.judge(evidence(at(4)), before).findings] == ["5 or later"]
    assert check.judge(evidence(at(2)), {}).findings == ()
    assert check.judge(evidence(at(2, "another")), before).findings == ()
    assert [finding.actual for finding in check.judge(evidence(), before).findings] == ["none"]


def serves(reply: HttpReply | None, **wanted: Any) -> Outcome:
    service = thing("Service", "web")
    found = evidence(service, http={GET: reply} if reply else {})
    return judged("serves", {"web": {"port": 80, **wanted}}, found, web="Service/web")


def test_the_right_answer_is_right_and_each_part_that_differs_is_told() -> None:
    reply = HttpReply(200, {"server": "nginx/1.27.5"}, "<h1>Welcome</h1>")
    assert said(serves(reply, body="Welcome", header={"Server": "nginx/1.27"})) == []
    assert said(serves(reply, body="Hello", status=200)) == [
        "Service/web GET / on port 80: body: contains 'Hello' / <h1>Welcome</h1>"
    ]
    assert said(serves(reply, header={"Server": "nginx/1.28"})) == [
        "Service/web GET / on port 80: header Server: starts with 'nginx/1.28' / nginx/1.27.5"
    ]
    assert said(serves(dataclasses.replace(reply, status=404))) == ["Service/web GET / on port 80: HTTP 200 / HTTP 404"]


def test_no_ready_pod_is_waited_for_and_a_refused_connection_is_not() -> None:
    nobody = serves(HttpReply(503, {}, 'no endpoints available for service "web"'))
    assert nobody.waiting
    assert "no ready Pod" in said(nobody)[0]
    refused = serves(
        HttpReply(503, {}, "error trying to reach service: dial tcp 10.0.0.7:8081: connect: connection refused")
    )
    assert not refused.waiting
    assert "refused" in said(refused)[0]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("match", [], "mapping"),
        ("match", {"web": {"gte": 3}}, "part of the object"),
        ("match", {"web": {"spec": {"name": {"regex": "(a+)+"}}}}, "for ever"),
        ("match", {"web": {"spec": {"name": {"regex": "("}}}}, "not valid"),
        ("match", {"web": {"spec": {"cpu": {"quantity": "much"}}}}, "comparison"),
        ("match", {"web": {"spec": {"name": {"exists": "yes"}}}}, "true or false"),
        ("ready", {}, "list"),
        ("ready", ["config"], "ready does not know ConfigMap"),
        ("changed", {"web": {"colour": 1}}, "unknown 'colour'"),
        ("serves", {"web": {"port": 80}}, "takes a Service"),
        ("serves", {"service": {"path": "/"}}, "port"),
        ("serves", {"service": {"port": 80, "words": "x"}}, "unknown 'words'"),
    ],
)
def test_what_an_author_cannot_mean_is_said(name: str, data: Any, word: str) -> None:
    kinds = {"web": "Deployment", "config": "ConfigMap", "service": "Service"}
    with pytest.raises(BadCheck, match=word):
        CHECKS[name](data, {alias: Target(alias, kind, alias) for alias, kind in kinds.items()})
