"""P16 to P24: a Pod that was started, and is not ready, not ready any more, or over."""

from collections.abc import Iterator
from datetime import timedelta

from quizapp.labs.diagnose.cause import Cause, Scene, ago, field_of, name_of
from quizapp.labs.diagnose.containers import (
    GRACE,
    Status,
    ended,
    exit_code,
    falls,
    first,
    is_sidecar,
    logs,
    ordinary,
    place,
    policy,
    reason,
    restarts,
    running,
    said,
    spec_of,
)
from quizapp.labs.diagnose.pods import EXIT_CODES
from quizapp.labs.diagnose.scope import newest_event, pods_in_question, template
from quizapp.labs.evidence import Object, condition
from quizapp.labs.spelling import near

STEADY = timedelta(seconds=30)


def first_not_done(scene: Scene) -> Iterator[Cause]:
    """P16: an init container fails, or is not done; the others wait for it."""
    for pod in pods_in_question(scene):
        status = _blocking(pod)
        if status is None or reason(status) in ("PodInitializing", "ContainerCreating"):
            continue
        number = f"The others wait for {status['name']}" if len(first(pod)) > 1 else "The containers wait for it"
        path, command = place(pod, status), logs(scene, pod, status)
        if ended(status) and exit_code(status) != 0 and falls(scene, status):
            code = exit_code(status)
            why = EXIT_CODES.get(code, "it ended with an error")
            text = f"{said(pod, status)} fails with exit code {code}: {why}. {number}."
            yield scene.tell("P16", pod, text, (f"{path}.lastState.terminated.exitCode", str(code)), command=command)
        elif running(status):
            since = scene.since(field_of(running(status), "startedAt")) or timedelta()
            text = f"{said(pod, status)} runs since {ago(since)} and is not done. {number}."
            yield scene.tell("P16", pod, text, (f"{path}.state", "running"), waiting=True, command=command)


def _blocking(pod: Object) -> Status | None:
    """The init container that keeps the others from being started."""
    if condition(pod, "Initialized").get("status") == "True":
        return None
    for status in first(pod):
        done = (status.get("state", {}).get("terminated") or {}).get("exitCode") == 0
        if not done and not (is_sidecar(pod, status) and status.get("started")):
            return status
    return None


def running_not_ready(scene: Scene) -> Iterator[Cause]:
    """P17: it runs, but its readiness probe does not succeed; the time that the probe itself asks for is its own."""
    for pod in pods_in_question(scene):
        task = any(ref.get("kind") == "Job" for ref in pod["metadata"].get("ownerReferences") or ())
        if pod.get("status", {}).get("phase") != "Running" or task:
            continue
        for status in (*filter(lambda one: is_sidecar(pod, one), first(pod)), *ordinary(pod)):
            if not running(status) or status.get("ready") or falls(scene, status):
                continue
            since = scene.since(field_of(running(status), "startedAt"))
            event = newest_event(scene, pod, "Unhealthy", "Readiness")
            why = f": {event.rstrip('. ')}" if event else ""
            text = f"{said(pod, status)} runs but is not ready{why}.{_probe_port(pod, status)}"
            young = since is not None and since < _grace(pod, status)
            yield scene.tell("P17", pod, text, (f"{place(pod, status)}.ready", "false"), waiting=young)


def _grace(pod: Object, status: Status) -> timedelta:
    """How long a healthy container may take: what its probes wait for before their first answer counts."""
    spec, total = spec_of(pod, status), 0
    for kind in ("startupProbe", "readinessProbe"):
        probe = spec.get(kind) or {}
        if probe:
            total += int(probe.get("initialDelaySeconds") or 0)
            total += int(probe.get("periodSeconds") or 10) * int(probe.get("successThreshold") or 1)
    startup = spec.get("startupProbe") or {}
    if startup and not status.get("started"):
        total += int(startup.get("periodSeconds") or 10) * int(startup.get("failureThreshold") or 3)
    return max(GRACE, timedelta(seconds=total))


def _probe_port(pod: Object, status: Status) -> str:
    """The probe's port when the container names other ports, which is the usual slip."""
    container = spec_of(pod, status)
    probe = container.get("readinessProbe") or {}
    port = (probe.get("httpGet") or probe.get("tcpSocket") or {}).get("port")
    named = [entry.get("containerPort") for entry in container.get("ports") or ()]
    if isinstance(port, int) and named and port not in named:
        return f" The probe asks port {port}; the container names {', '.join(map(str, named))}."
    return ""


def gate_closed(scene: Scene) -> Iterator[Cause]:
    """P18: the containers are ready, and a readiness gate of the Pod is not."""
    for pod in pods_in_question(scene):
        if condition(pod, "ContainersReady").get("status") != "True":
            continue
        gates = [field_of(gate, "conditionType") for gate in pod["spec"].get("readinessGates") or ()]
        closed = [gate for gate in gates if condition(pod, gate).get("status") != "True"]
        if closed:
            text = (
                f"Pod {name_of(pod)} has a readiness gate: it is ready when something sets its condition "
                f"{closed[0]} to True, and nothing has."
            )
            yield scene.tell("P18", pod, text, ("spec.readinessGates[].conditionType", closed[0]))


def failed_once(scene: Scene) -> Iterator[Cause]:
    """P19: the Pod failed, and nothing starts it again."""
    for pod in pods_in_question(scene):
        if pod.get("status", {}).get("phase") != "Failed" or field_of(pod["status"], "reason") == "Evicted":
            continue
        for status in (*first(pod), *ordinary(pod)):
            code = exit_code(status)
            if not ended(status) or code == 0:
                continue
            killed = ended(status).get("reason") == "OOMKilled"
            why = "it used more memory than its limit allows" if killed else EXIT_CODES.get(code, "an error")
            again = "" if policy(pod, status) != "Never" else " With restartPolicy Never it is not started again."
            text = f"{said(pod, status)} failed with exit code {code}: {why}.{again}"
            shows = (f"{place(pod, status)}.state.terminated.exitCode", str(code))
            yield scene.tell("P19", pod, text, shows, command=logs(scene, pod, status))


def finished(scene: Scene) -> Iterator[Cause]:
    """P20: the Pod came to its end where one that goes on is asked for."""
    for target, pod in scene.found("Pod"):
        asked = [one for one in scene.about(target.title) if "Ready" in one.path or one.expected == "Running"]
        if pod.get("status", {}).get("phase") == "Succeeded" and (asked or not scene.findings):
            text = (
                f"Pod {name_of(pod)} has done its work and ended (phase Succeeded); a server has to go on running: "
                "look at its command."
            )
            shows = ("status.phase", "Succeeded")
            yield scene.tell("P20", pod, text, shows, command=scene.kubectl("logs", name_of(pod)))


def evicted(scene: Scene) -> Iterator[Cause]:
    """P21: the Pod was sent away: by its node, by a drain, or by a Pod of higher priority."""
    for pod in pods_in_question(scene):
        status, sent = pod.get("status", {}), condition(pod, "DisruptionTarget")
        if status.get("phase") not in ("Failed", "Succeeded"):
            continue
        if field_of(status, "reason") == "Evicted" or sent.get("status") == "True":
            message = (field_of(status, "message") or field_of(sent, "message")).rstrip(". ")
            word = field_of(status, "reason") or field_of(sent, "reason")
            text = f"Pod {name_of(pod)} was evicted ({word}){': ' + message if message else ''}."
            yield scene.tell("P21", pod, text, ("status.reason", word or "Evicted"))


def restarted_lately(scene: Scene) -> Iterator[Cause]:
    """P23: it runs again, and has to show that it stays."""
    for pod in pods_in_question(scene):
        for status in ordinary(pod):
            up = scene.since(field_of(running(status), "startedAt"))
            told = falls(scene, status) or ended(status).get("reason") == "OOMKilled"
            if up is not None and up < STEADY and restarts(status) > 0 and not told:
                text = f"{said(pod, status)} was started again {ago(up)} ago: wait and see whether it stays up."
                shows = (f"{place(pod, status)}.restartCount", str(restarts(status)))
                yield scene.tell("P23", pod, text, shows, waiting=True)


def wrong_container(scene: Scene) -> Iterator[Cause]:
    """P24: the object is right, and the container that is asked for has another name in it."""
    for target, item in scene.found("Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"):
        spec = template(item).get("spec", {})
        names = [
            field_of(one, "name") for one in (*(spec.get("initContainers") or ()), *(spec.get("containers") or ()))
        ]
        asked = [need.container for need in scene.evidence.logs if (need.kind, need.name) == (target.kind, target.name)]
        asked += [_named(one.expected) for one in scene.about(target.title) if one.path.endswith("containers[]")]
        for wanted in asked:
            if wanted and names and wanted not in names:
                close = near(wanted, names)
                text = (
                    f"{target.title} has no container named {wanted}; it has {', '.join(names)}."
                    f"{f' Is {close} meant to be it?' if close and len(names) > 1 else ''}"
                )
                yield scene.tell("P24", item, text, ("spec.containers[].name", ", ".join(names)))


def _named(expected: str) -> str:
    """The name in an expected container as a finding shows it."""
    text = expected.partition("name: ")[2]
    return text.partition(",")[0].partition("}")[0].strip()
