"""absent, count, selects, owned, targets, same, sum: what each accepts and finds; what was not read is not absent."""

import pytest

from quizapp.labs.check import BadCheck, Target
from quizapp.labs.evidence import NotReadable
from quizapp.labs.registry import CHECKS
from tests.checks.parts import FORBIDDEN, evidence, judged, said, thing

WEB = thing(
    "Deployment",
    "web",
    spec={
        "replicas": 2,
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {
                "containers": [
                    {"name": "nginx", "image": "nginx:1.27", "ports": [{"name": "http", "containerPort": 8080}]}
                ]
            },
        },
    },
)
SET = thing("ReplicaSet", "web-1", owner=WEB)
PODS = [
    thing(
        "Pod",
        f"web-1-{n}",
        labels={"app": "web", "tier": "front"},
        owner=SET,
        status={"phase": "Running"},
        spec=WEB["spec"]["template"]["spec"],
    )
    for n in "ab"
]
ALL = (WEB, SET, *PODS)


def service(selector: object, **port: object) -> object:
    return thing("Service", "web", spec={"selector": selector, "ports": [{"port": 80, **port}]})


def test_absent_holds_when_nothing_is_there_and_waits_while_it_is_being_deleted() -> None:
    assert said(judged("absent", ["web"], evidence(), web="Deployment/web")) == []
    there = judged("absent", ["web"], evidence(WEB), web="Deployment/web")
    assert (said(there), there.waiting) == (["Deployment/web: not there / there"], False)
    going = judged("absent", ["web"], evidence(thing("Deployment", "web", deleting=True)), web="Deployment/web")
    assert (said(going), going.waiting) == (["Deployment/web: not there / being deleted"], True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("absent", ["pod"]),
        ("count", [{"kind": "Pod", "number": 0}]),
        ("selects", {"service": "web"}),
        ("owned", {"pod": "web"}),
        ("not", {"says": "no", "absent": ["pod"]}),
        ("any", [{"absent": ["pod"]}, {"count": [{"kind": "Pod", "number": 0}]}]),
    ],
)
def test_what_could_not_be_listed_is_never_taken_for_nothing(name: str, data: object) -> None:
    found = evidence(*ALL, service({"app": "web"}), unreadable={"Pod": FORBIDDEN})
    with pytest.raises(NotReadable):
        judged(name, data, found, pod="Pod/x", web="Deployment/web", service="Service/web")


def test_a_kind_that_was_not_asked_for_is_not_taken_for_nothing() -> None:
    found = evidence()
    lists = {kind: items for kind, items in found.lists.items() if kind != "Pod"}
    with pytest.raises(NotReadable):
        type(found)("c", "u", "v", "n", found.at, lists=lists).objects("Pod")


def test_count_leaves_out_what_ended_and_what_is_being_deleted() -> None:
    more = [
        thing("Pod", "evicted", labels={"app": "web"}, status={"phase": "Failed", "reason": "Evicted"}),
        thing("Pod", "going", labels={"app": "web"}, status={"phase": "Running"}, deleting=True),
        thing("Pod", "other", labels={"app": "db"}, status={"phase": "Running"}),
    ]
    wanted = {"kind": "Pod", "labels": {"app": "web"}}
    found = evidence(*ALL, *more)
    assert said(judged("count", [{**wanted, "number": 2}], found)) == []
    assert said(judged("count", [{**wanted, "number": {"gte": 3}}], found)) == [
        "number of pods with app=web: 3 or more / 2"
    ]
    assert said(judged("count", [{**wanted, "number": 3, "says": "Pods of the shop"}], found)) == [
        "number of Pods of the shop: 3 / 2"
    ]
    failed = {**wanted, "match": {"status": {"phase": "Failed"}}, "number": 1}
    assert said(judged("count", [failed], found)) == []


def test_a_selector_is_judged_by_the_pods_it_picks() -> None:
    names = {"service": "Service/web", "web": "Deployment/web"}
    for right in ({"app": "web"}, {"tier": "front"}, {"app": "web", "tier": "front"}):
        assert said(judged("selects", {"service": "web"}, evidence(*ALL, service(right)), **names)) == []
    wrong = judged("selects", {"service": "web"}, evidence(*ALL, service({"app": "wob"})), **names)
    assert said(wrong) == ["Service/web spec.selector: picks Deployment/web (app=web,tier=front) / app=wob"]
    none = judged("selects", {"service": "web"}, evidence(*ALL, service(None)), **names)
    assert said(none) == ["Service/web spec.selector: picks Deployment/web (app=web,tier=front) / none"]


@pytest.mark.parametrize(
    ("selector", "right"),
    [
        ({}, True),
        ({"matchLabels": {"app": "web"}}, True),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["web", "api"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, False),
        ({"matchExpressions": [{"key": "missing", "operator": "NotIn", "values": ["x"]}]}, True),
        ({"matchExpressions": [{"key": "tier", "operator": "Exists"}]}, True),
        ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, False),
        ({"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "missing", "operator": "Exists"}]}, False),
    ],
)
def test_label_selectors_mean_what_the_api_means(selector: object, right: bool) -> None:
    policy = thing("NetworkPolicy", "guard", spec={"podSelector": selector})
    found = judged(
        "selects", {"guard": "web"}, evidence(*ALL, policy), guard="NetworkPolicy/guard", web="Deployment/web"
    )
    assert (said(found) == []) is right


def test_a_pod_belongs_to_its_deployment_through_the_replica_set() -> None:
    names = {"pod": "Pod/web-1-a", "web": "Deployment/web"}
    assert said(judged("owned", {"pod": "web"}, evidence(*ALL), **names)) == []
    alone = [WEB, thing("Pod", "web-1-a")]
    assert said(judged("owned", {"pod": "web"}, evidence(*alone), **names)) == [
        "Pod/web-1-a metadata.ownerReferences: Deployment/web / nobody"
    ]


@pytest.mark.parametrize(
    ("port", "right"),
    [({"targetPort": 8080}, True), ({"targetPort": "http"}, True), ({}, False), ({"targetPort": "metrics"}, False)],
)
def test_a_target_port_may_be_a_number_or_a_name(port: dict[str, object], right: bool) -> None:
    wanted = {"service": {"of": "web", "port": 80, "container-port": 8080}}
    found = evidence(*ALL, service({"app": "web"}, **port))
    outcome = judged("targets", wanted, found, service="Service/web", web="Deployment/web")
    assert (said(outcome) == []) is right
    before_any_pod = evidence(WEB, service({"app": "web"}, **port))
    assert (said(judged("targets", wanted, before_any_pod, service="Service/web", web="Deployment/web")) == []) is right


def test_an_ingress_and_an_autoscaler_point_at_the_right_thing() -> None:
    backend = {"service": {"name": "api", "port": {"number": 80}}}
    ingress = thing("Ingress", "front", spec={"rules": [{"http": {"paths": [{"path": "/", "backend": backend}]}}]})
    scaler = thing("HorizontalPodAutoscaler", "web", spec={"scaleTargetRef": {"kind": "Deployment", "name": "wob"}})
    found = evidence(*ALL, service({"app": "web"}), ingress, scaler)
    names = {
        "front": "Ingress/front",
        "hpa": "HorizontalPodAutoscaler/web",
        "service": "Service/web",
        "web": "Deployment/web",
    }
    assert said(judged("targets", {"front": "service", "hpa": "web"}, found, **names)) == [
        "Ingress/front spec.rules[].http.paths[].backend.service.name: web / api",
        "HorizontalPodAutoscaler/web spec.scaleTargetRef: Deployment/web / Deployment/wob",
    ]


def test_same_compares_amounts_and_never_two_nothings() -> None:
    def config(name: str, **data: str) -> object:
        return thing("ConfigMap", name, data=data)

    left, right = config("a", memory="0.5Gi"), config("b", memory="512Mi")
    names = {"a": "ConfigMap/a", "b": "ConfigMap/b"}
    assert said(judged("same", {"a.data.memory": "b.data.memory"}, evidence(left, right), **names)) == []
    assert said(judged("same", {"a.data.none": "b.data.none"}, evidence(left, right), **names)) == [
        "ConfigMap/a data.none: the same as ConfigMap/b data.none (absent) / absent"
    ]
    other = config("b", memory="1Gi")
    assert said(judged("same", {"a.data.memory": "b.data.memory"}, evidence(left, other), **names)) == [
        "ConfigMap/a data.memory: the same as ConfigMap/b data.memory (1Gi) / 0.5Gi"
    ]


def test_a_sum_adds_amounts_up() -> None:
    api = thing("Deployment", "api", spec={"replicas": 3})
    names = {"web": "Deployment/web", "api": "Deployment/api"}
    wanted = {"of": ["web.spec.replicas", "api.spec.replicas"], "is": "<=5"}
    assert said(judged("sum", wanted, evidence(WEB, api), **names)) == []
    assert said(judged("sum", {**wanted, "is": "<=4"}, evidence(WEB, api), **names)) == [
        "Deployment/web spec.replicas + Deployment/api spec.replicas: an amount <=4 / 5"
    ]
    assert said(judged("sum", wanted, evidence(WEB), **names)) == ["Deployment/api: a Deployment named api / none"]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("absent", [], "list of objects"),
        ("absent", ["wob"], "wob"),
        ("count", [{"kind": "Pod"}], "number"),
        ("count", [{"kind": "Pot", "number": 1}], "unknown kind"),
        ("count", [{"kind": "Pod", "number": True}], "count such as 3"),
        ("count", [{"kind": "Pod", "number": {"gte": "3"}}], "takes a number"),
        ("count", [{"kind": "Pod", "number": 3, "says": 3}], "as the learner reads it"),
        ("selects", {"web": "web"}, "selects no Pods"),
        ("owned", [], "mapping"),
        ("targets", {"web": "web"}, "points at nothing"),
        ("targets", {"service": "web"}, "needs of"),
        ("targets", {"service": {"of": "web", "port": "80"}}, "number"),
        ("same", {"web": "web.spec.replicas"}, "is no field"),
        ("sum", {"of": ["web.spec.replicas"], "is": "many"}, "comparison"),
        ("any", [{"absent": ["web"]}], "two ways"),
        ("any", [{"absent": ["web"]}, {"vanished": ["web"]}], "vanished"),
        ("not", {"absent": ["web"]}, "says"),
    ],
)
def test_what_an_author_cannot_mean_is_said(name: str, data: object, word: str) -> None:
    known = {"web": Target("web", "Deployment", "web"), "service": Target("service", "Service", "web")}
    with pytest.raises(BadCheck, match=word):
        CHECKS[name](data, known)
