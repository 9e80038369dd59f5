"""What no list holds: an answer behind a Service, what somebody may do, what a container wrote. Reads only."""

from urllib.parse import quote, urlencode

from quizapp.cluster.refusal import message_of, not_kubernetes, refuse
from quizapp.cluster.transport import Transport
from quizapp.labs.evidence import Allowed, HttpGet, HttpReply, Review

BODY_KEPT = 8 * 1024
LINES, LOG_BYTES = 200, 64 * 1024
SAFE = "/?=&%"


def proxy_path(need: HttpGet, namespace: str) -> str:
    """Where the API server hands a GET on to a Service."""
    path = need.path if need.path.startswith("/") else f"/{need.path}"
    service = f"/api/v1/namespaces/{namespace}/services/{quote(need.service)}:{quote(need.port)}"
    return f"{service}/proxy{quote(path, safe=SAFE)}"


def http(transport: Transport, namespace: str, need: HttpGet, end: float) -> HttpReply:
    """An answer through the Service proxy; 403 of the API server itself is not the application's."""
    answer = transport.request("GET", proxy_path(need, namespace), deadline=end, accept="*/*")
    body = answer.body[:BODY_KEPT].decode(errors="replace")
    if answer.status in (401, 403) and '"kind":"Status"' in body.replace(" ", ""):
        refuse(answer, f"reach Service {need.service} through the API server")
    return HttpReply(answer.status, answer.headers, body)


def review(transport: Transport, namespace: str, need: Review, end: float) -> Allowed:
    """The API server's word on what a subject may do in this namespace; asking stores nothing."""
    need = need.within(namespace)
    attributes = {
        "namespace": namespace,
        "verb": need.verb,
        "group": need.group,
        "resource": need.resource,
        "subresource": need.subresource,
        "name": need.name,
    }
    body = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {
            "user": need.user,
            "groups": list(need.groups),
            "resourceAttributes": {key: value for key, value in attributes.items() if value},
        },
    }
    path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
    answer = transport.request("POST", path, body=body, deadline=end)
    refuse(answer, "ask what others may do")
    data = answer.json()
    status = data.get("status") if isinstance(data, dict) else None
    if not isinstance(status, dict) or not isinstance(status.get("allowed"), bool):
        raise not_kubernetes()
    return Allowed(status["allowed"], str(status.get("reason") or ""))


def last_lines(transport: Transport, namespace: str, pod: str, container: str, end: float) -> str | None:
    """The end of what a container wrote; None while it has not started, or is gone."""
    query = {"tailLines": LINES, "limitBytes": LOG_BYTES, **({"container": container} if container else {})}
    path = f"/api/v1/namespaces/{namespace}/pods/{quote(pod)}/log?{urlencode(query)}"
    answer = transport.request("GET", path, deadline=end, accept="*/*")
    if answer.status == 404 or (answer.status == 400 and "waiting to start" in message_of(answer)):
        return None
    refuse(answer, f"read the logs of Pod {pod}")
    return answer.body.decode(errors="replace")
