"""S-rules: why nothing answers behind a Service. From EndpointSlices and Pods; the old Endpoints are not read."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from quizapp.labs.check import Target
from quizapp.labs.diagnose.cause import Cause, Scene
from quizapp.labs.diagnose.scope import selected
from quizapp.labs.evidence import HttpReply, Object
from quizapp.labs.finding import ABSENT, shown
from quizapp.labs.workload import is_ready

PATIENCE = timedelta(seconds=20)
WORDS = {"type": "type", "nodePort": "node port", "protocol": "protocol"}


def selects_nothing(scene: Scene) -> Iterator[Cause]:
    """S1: the selector picks no Pod; the nearest Pod shows which label differs."""
    for target, service in scene.found("Service"):
        selector = service["spec"].get("selector") or {}
        if not selector or service["spec"].get("type") == "ExternalName" or selected(scene, service):
            continue
        path = "spec.selector"
        text = f"{target.title} looks for Pods with {_labels(selector)}; there is none. {_nearest(scene, selector)}"
        command = scene.kubectl("get", "pods", "--show-labels")
        yield Cause("S1", "blocked", target.title, text.strip(), path, shown(selector), command)


def none_ready(scene: Scene) -> Iterator[Cause]:
    """S2: the selector picks Pods, and none of them is ready; the Pods' own rules say why."""
    for target, service in scene.found("Service"):
        pods = selected(scene, service)
        if pods and not any(map(is_ready, pods)):
            names = ", ".join(str(pod["metadata"]["name"]) for pod in pods[:3])
            text = f"{target.title} has Pods behind it ({names}), but none is ready."
            command = scene.kubectl("get", "endpointslices", "-l", f"kubernetes.io/service-name={target.name}")
            yield Cause("S2", "waiting", target.title, text, "endpoints[].conditions.ready", "false", command)


def wrong_kind(scene: Scene) -> Iterator[Cause]:
    """S4: its type, node port or protocol is another one than the step asks for."""
    for target, service in scene.found("Service"):
        for one in scene.about(target.title):
            path = one.path.removeprefix(f"{target.title} ")
            word = WORDS.get(path.rpartition(".")[2]) if path.startswith("spec.") else None
            if word and one.actual != ABSENT:
                text = f"{target.title} has the {word} {one.actual}; this step asks for {one.expected}."
                command = scene.kubectl("get", "service", target.name, "-o", "yaml")
                yield scene.tell("S4", service, text, (path, one.actual), command=command)


def no_address(scene: Scene) -> Iterator[Cause]:
    """S5: a LoadBalancer has no address; on minikube a tunnel gives it one."""
    for target, service in scene.found("Service"):
        if service["spec"].get("type") != "LoadBalancer" or service.get("status", {}).get("loadBalancer", {}).get(
            "ingress"
        ):
            continue
        if scene.findings and not any("loadBalancer" in one.path for one in scene.about(target.title)):
            continue
        age = scene.since(service["metadata"].get("creationTimestamp"))
        text = f"{target.title} has no address from outside yet. On minikube, minikube tunnel (kept running) gives one."
        young = age is not None and age < PATIENCE
        command = scene.kubectl("get", "service", target.name)
        yield scene.tell("S5", service, text, ("status.loadBalancer.ingress", ABSENT), waiting=young, command=command)


def without_selector(scene: Scene) -> Iterator[Cause]:
    """S7: it has no selector, or is a name alone: nothing wrong by itself, but no Pods come behind it."""
    for target, service in scene.found("Service"):
        spec = service["spec"]
        if spec.get("type") == "ExternalName":
            name = str(spec.get("externalName"))
            text = f"{target.title} is of type ExternalName: a DNS name for {name}, without Pods and ports behind it."
            yield scene.tell("S7", service, text, ("spec.type", "ExternalName"))
        elif not spec.get("selector") and not _endpoints(scene, target.name):
            text = f"{target.title} has no selector: it has Pods behind it only if you write its EndpointSlices."
            yield scene.tell("S7", service, text, ("spec.selector", ABSENT))


def _endpoints(scene: Scene, service: str) -> bool:
    """Whether somebody wrote endpoints for it; so taken when they were not read."""
    known = scene.known("EndpointSlice")
    label = "kubernetes.io/service-name"
    mine = [one for one in known or () if (one["metadata"].get("labels") or {}).get(label) == service]
    return known is None or any(one.get("endpoints") for one in mine)


def wrong_target_port(scene: Scene) -> Iterator[Cause]:
    """S3: the port it sends to is named by no container, or no container says that it listens there."""
    for target, service in scene.found("Service"):
        ready = [pod for pod in selected(scene, service) if is_ready(pod)]
        for port in service["spec"].get("ports") or ():
            wanted = port.get("targetPort", port.get("port"))
            known = [entry for pod in ready for entry in _ports(pod)]
            if not ready or _listens(wanted, known):
                continue
            if isinstance(wanted, int) and not known:
                yield from _nobody_listens(scene, target, port.get("port"), wanted)
                continue
            there = ", ".join(dict.fromkeys(_port(entry) for entry in known)) or "none"
            text = f"{target.title} sends port {port.get('port')} to {wanted}, but the containers' ports are: {there}."
            command = scene.kubectl("describe", "service", target.name)
            yield Cause("S3", "blocked", target.title, text, "spec.ports[].targetPort", str(wanted), command)


def _nobody_listens(scene: Scene, target: Target, port: object, wanted: int) -> Iterator[Cause]:
    """Containers need not declare their ports; then the answer behind the Service tells."""
    for need, reply in scene.evidence.http.items():
        if isinstance(reply, HttpReply) and reply.refused and (need.service, need.port) == (target.name, str(port)):
            text = f"{target.title} sends port {port} to {wanted}, and nothing in its Pods listens on {wanted}."
            command = scene.kubectl("describe", "service", target.name)
            yield Cause("S3", "blocked", target.title, text, "spec.ports[].targetPort", str(wanted), command)


def _listens(wanted: object, known: list[Mapping[str, object]]) -> bool:
    field = "containerPort" if isinstance(wanted, int) else "name"
    return any(entry.get(field) == wanted for entry in known)


def _ports(pod: Object) -> Iterator[Mapping[str, object]]:
    for container in pod["spec"].get("containers") or ():
        yield from container.get("ports") or ()


def _port(entry: Mapping[str, object]) -> str:
    return f"{entry['name']} ({entry['containerPort']})" if entry.get("name") else str(entry.get("containerPort"))


def _labels(labels: Mapping[str, str]) -> str:
    return ", ".join(f"{key}={value}" for key, value in labels.items())


def _nearest(scene: Scene, selector: Mapping[str, str]) -> str:
    """The Pod whose labels come nearest, and what it has instead."""

    def agree(pod: Object) -> int:
        labels = pod["metadata"].get("labels") or {}
        same = [key for key, value in selector.items() if labels.get(key) == value]
        named = [key for key in selector if key in labels]
        return 2 * len(same) + len(named)

    pods = scene.evidence.readable("Pod")
    if not pods:
        return "There is no Pod in this namespace yet."
    pod = max(pods, key=agree)
    labels = {k: v for k, v in (pod["metadata"].get("labels") or {}).items() if k != "pod-template-hash"}
    return f"Pod {pod['metadata']['name']} has {_labels(labels) or 'no labels'}."
