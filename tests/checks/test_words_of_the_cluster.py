"""can, logs, any and not: what the API server and the containers say, and checks made of checks."""

from quizapp.labs.evidence import Allowed, LogsOf, Review
from tests.checks.parts import evidence, judged, said, thing

WHO = "system:serviceaccount:{namespace}:app"
GROUPS = ("system:serviceaccounts", "system:serviceaccounts:{namespace}", "system:authenticated")
LIST_PODS = Review(WHO, GROUPS, "list", "", "pods")
READ_LOGS = Review(WHO, GROUPS, "get", "", "pods", "log")
WEB = thing("Deployment", "web")
WRITES = LogsOf("Deployment", "web")


def test_the_api_servers_word_counts_whatever_grants_it() -> None:
    found = evidence(reviews={LIST_PODS: Allowed(True, 'RBAC: allowed by RoleBinding "r"'), READ_LOGS: Allowed(False)})
    wanted = {"who": "serviceaccount/app", "verb": "list", "resource": "pods"}
    assert said(judged("can", [wanted], found)) == []
    assert said(judged("can", [{**wanted, "allowed": False}], found)) == [
        'serviceaccount/app: list pods: not allowed / allowed: RBAC: allowed by RoleBinding "r"'
    ]
    logs = {"who": "serviceaccount/app", "verb": "get", "resource": "pods/log"}
    assert said(judged("can", [logs], found)) == ["serviceaccount/app: get pods/log: allowed / not allowed"]


def test_a_text_may_be_in_the_logs_of_any_pod_and_must_be_in_none_when_it_is_lacked() -> None:
    found = evidence(WEB, logs={WRITES: {"web-a": "starting\nready\n", "web-b": "starting\nerror: no disk\n"}})
    assert said(judged("logs", {"web": {"contains": "ready"}}, found, web="Deployment/web")) == []
    assert said(judged("logs", {"web": {"contains": "done"}}, found, web="Deployment/web")) == [
        "Deployment/web logs: a line with 'done' / last line: ready"
    ]
    assert said(judged("logs", {"web": {"lacks": "error"}}, found, web="Deployment/web")) == [
        "Pod/web-b logs: no line with 'error' / error: no disk"
    ]


def test_no_log_at_all_is_never_right() -> None:
    silent = evidence(WEB, logs={WRITES: {}})
    for wanted in ({"contains": "x"}, {"lacks": "x"}):
        assert said(judged("logs", {"web": wanted}, silent, web="Deployment/web")) != []
    assert said(judged("logs", {"web": {"lacks": "x"}}, evidence(), web="Deployment/web")) == [
        "Deployment/web: a Deployment named web / none"
    ]


def test_one_of_several_ways_is_enough_and_the_nearest_is_told() -> None:
    ways = [
        {"match": {"web": {"spec": {"replicas": 3, "paused": True}}}},
        {"match": {"web": {"spec": {"replicas": 2}}}},
    ]
    two = thing("Deployment", "web", spec={"replicas": 2})
    four = thing("Deployment", "web", spec={"replicas": 4})
    assert said(judged("any", ways, evidence(two), web="Deployment/web")) == []
    assert said(judged("any", ways, evidence(four), web="Deployment/web")) == ["Deployment/web spec.replicas: 2 / 4"]


def test_what_must_not_be_is_told_in_the_authors_words() -> None:
    wanted = {"says": "The Deployment is not paused", "match": {"web": {"spec": {"paused": True}}}}
    paused = thing("Deployment", "web", spec={"paused": True})
    assert said(judged("not", wanted, evidence(paused), web="Deployment/web")) == [
        "The Deployment is not paused: not so / it is so"
    ]
    assert said(judged("not", wanted, evidence(WEB), web="Deployment/web")) == []
