"""P9 to P15: why a container does not run, or does not stay up. From status alone; events only enrich, by uid."""

from collections.abc import Iterator
from datetime import timedelta

from quizapp.labs.diagnose.cause import Cause, Scene, ago, field_of, name_of
from quizapp.labs.diagnose.containers import (
    NEVER_RAN,
    Status,
    each,
    ended,
    ended_path,
    exit_code,
    falls,
    first,
    is_sidecar,
    logs,
    ordinary,
    place,
    policy,
    ran_for,
    reason,
    restarts,
    said,
    spec_of,
    waiting,
)
from quizapp.labs.diagnose.scope import events, pods_in_question, when
from quizapp.labs.evidence import Object

EXIT_CODES = {
    1: "the program itself reported an error",
    2: "the program was started with wrong arguments",
    126: "the command cannot be executed",
    127: "the command was not found in the image",
    134: "the program gave up by itself (abort)",
    137: "it was killed",
    139: "it crashed (segmentation fault)",
    143: "it was told to stop",
}
CANNOT_START = ("RunContainerError", "CreateContainerError", "PreCreateHookError", "PreStartHookError")
CREATING = ("ContainerCreating", "PodInitializing")
STUCK = ("FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox")
PASSING = ("not registered", "timed out waiting for the condition", "failed to sync")
FRESH = timedelta(minutes=4)


def missing_configuration(scene: Scene) -> Iterator[Cause]:
    """P13: a ConfigMap, Secret or key that the container names is not there, or it may not run as root."""
    for pod, status in each(scene):
        if reason(status) == "CreateContainerConfigError":
            message = field_of(waiting(status), "message") or "CreateContainerConfigError"
            text = f"{said(pod, status)} cannot be made: {message.rstrip('.')}."
            kind = "secrets" if message.startswith("secret ") or " in Secret " in message else "configmaps"
            command = scene.kubectl("get", kind) if "not found" in message else None
            shows = (f"{place(pod, status)}.state.waiting", message)
            yield scene.tell("P13", pod, text, shows, command=command)


def cannot_start(scene: Scene) -> Iterator[Cause]:
    """P14: the command, the entry point or a mount is such that the container cannot be started at all."""
    for pod, status in each(scene):
        last = ended(status)
        failed = last.get("reason") in NEVER_RAN and falls(scene, status)
        if not failed and reason(status) not in CANNOT_START:
            continue
        message = field_of(waiting(status), "message") if reason(status) in CANNOT_START else ""
        message = message or field_of(last, "message") or field_of(last, "reason") or reason(status)
        if "executable file not found" in message or "no such file or directory" in message:
            why = "its command is not a program in the image"
        elif "permission denied" in message:
            why = "its command is no program that may be executed"
        else:
            why = message.rstrip(".")
        text = f"{said(pod, status)} cannot be started: {why}."
        yield scene.tell("P14", pod, text, (f"{place(pod, status)}.state", message))


def stuck_creating(scene: Scene) -> Iterator[Cause]:
    """P15: the container is being made; it is stuck when a volume or the network of its Pod is told to fail."""
    for pod in pods_in_question(scene):
        creating = [one for one in (*first(pod), *ordinary(pod)) if reason(one) in CREATING]
        if not creating or not pod["spec"].get("nodeName") or any(reason(one) not in CREATING for one in first(pod)):
            continue
        message = _obstacle(scene, pod)
        shows = (f"{place(pod, creating[0])}.state.waiting.reason", reason(creating[0]))
        age = scene.since(field_of(pod.get("status"), "startTime")) or timedelta()
        if message:
            text = f"The containers of Pod {name_of(pod)} cannot be made: {message.rstrip('.')}."
            yield scene.tell("P15", pod, text, shows)
        else:
            text = f"The containers of Pod {name_of(pod)} are being made since {ago(age)}: an image may be on its way."
            yield scene.tell("P15", pod, text, shows, waiting=True)


def _obstacle(scene: Scene, pod: Object) -> str:
    """A volume that is not there, by the lists; else what a fresh event says."""
    for volume in pod["spec"].get("volumes") or ():
        for field, key, kind in (("configMap", "name", "ConfigMap"), ("secret", "secretName", "Secret")):
            source = volume.get(field) or {}
            if (
                scene.missing(kind, source.get(key))
                and not source.get("optional")
                and source[key] != "kube-root-ca.crt"
            ):
                return f"the {kind} {source[key]} of its volume {volume.get('name')} is not there"
    found = [event for word in STUCK for event in events(scene, pod, word)]
    found = [event for event in found if not any(part in str(event.get("message")) for part in PASSING)]
    found = [event for event in found if scene.evidence.at - when(event) < FRESH]
    return str(max(found, key=when).get("message", "")) if found else ""


def out_of_memory(scene: Scene) -> Iterator[Cause]:
    """P11: the container used more memory than its limit."""
    for pod, status in each(scene):
        if ended(status).get("reason") == "OOMKilled" and falls(scene, status, after=1):
            limit = field_of((spec_of(pod, status).get("resources") or {}).get("limits"), "memory")
            limit = limit or field_of((pod["spec"].get("resources") or {}).get("limits"), "memory")
            allows = f" of {limit}" if limit else ""
            text = f"{said(pod, status)} was killed: it used more memory than its limit{allows} allows."
            yield scene.tell("P11", pod, text, (ended_path(pod, status, "reason"), "OOMKilled"))


def killed_by_probe(scene: Scene) -> Iterator[Cause]:
    """P12: the kubelet stops the container, because its liveness or startup probe fails."""
    for pod, status in each(scene):
        kind, told = _killer(scene, pod, status)
        if kind and falls(scene, status, after=1):
            text = f"{said(pod, status)} is stopped and started again, because its {kind} probe fails"
            command = None if told else logs(scene, pod, status)
            shows = (f"{place(pod, status)}.restartCount", str(restarts(status)))
            yield scene.tell("P12", pod, f"{text}{': ' + told if told else ''}.", shows, command=command)


def _killer(scene: Scene, pod: Object, status: Status) -> tuple[str, str]:
    """Which probe ended it, and what an event says of that; empty when it was none."""
    spec, last = spec_of(pod, status), ended(status)
    if not last or last.get("reason") in ("OOMKilled", *NEVER_RAN) or exit_code(status) not in (0, 137, 143):
        return "", ""
    started = status.get("started")
    for kind in ("startup", "liveness"):
        probe = spec.get(f"{kind}Probe")
        if not probe or (kind == "startup" and started and status.get("state", {}).get("running")):
            continue
        found = [
            event
            for event in events(scene, pod, "Unhealthy", f"{kind.capitalize()} probe failed")
            if f"{{{status['name']}}}" in str(event.get("involvedObject", {}).get("fieldPath", f"{{{status['name']}}}"))
        ]
        if found:
            return kind, str(found[-1].get("message", "")).partition("probe failed: ")[2].strip().rstrip(".")
        least, most = _patience(probe)
        lasted = ran_for(status)
        if least <= lasted and (exit_code(status) != 0 or lasted <= most):
            return kind, ""
    return "", ""


def _patience(probe: Object) -> tuple[timedelta, timedelta]:
    """After how long a probe that never succeeds ends a container, at the soonest and usually at the latest."""
    period, failures = int(probe.get("periodSeconds") or 10), int(probe.get("failureThreshold") or 3)
    soonest = int(probe.get("initialDelaySeconds") or 0) + period * (failures - 1)
    return timedelta(seconds=soonest), timedelta(seconds=soonest + 2 * period + 5)


def crashing(scene: Scene) -> Iterator[Cause]:
    """P9: the container ends with an error again and again; the first time it may still recover."""
    for pod, status in _restarted(scene):
        code = exit_code(status)
        if code == 0 or ended(status).get("reason") in ("OOMKilled", *NEVER_RAN) or _killer(scene, pod, status)[0]:
            continue
        meaning = EXIT_CODES.get(code, "the program ended with an error")
        count = restarts(status)
        times = f"; it was restarted {count} times" if count > 1 else ""
        text = f"{said(pod, status)} ended with exit code {code}: {meaning}{times}."
        shows = (ended_path(pod, status, "exitCode"), str(code))
        once = count == 0 and reason(status) != "CrashLoopBackOff"
        yield scene.tell("P9", pod, text, shows, waiting=once, command=logs(scene, pod, status))


def ends_by_itself(scene: Scene) -> Iterator[Cause]:
    """P10: the program comes to its end, as a task does, where one is wanted that goes on."""
    for pod, status in _restarted(scene):
        if exit_code(status) == 0 and policy(pod, status) == "Always" and not _killer(scene, pod, status)[0]:
            text = (
                f"{said(pod, status)} comes to its end by itself (exit code 0) and is started again and again. "
                "A server has to go on running: look at its command."
            )
            shows = (ended_path(pod, status, "exitCode"), "0")
            yield scene.tell("P10", pod, text, shows, command=logs(scene, pod, status))


def _restarted(scene: Scene) -> Iterator[tuple[Object, Status]]:
    """The containers that fall and are started again; init containers have a rule of their own."""
    for pod in pods_in_question(scene):
        if pod.get("status", {}).get("phase") in ("Failed", "Succeeded"):
            continue
        for status in (*first(pod), *ordinary(pod)):
            if (status not in first(pod) or is_sidecar(pod, status)) and falls(scene, status):
                if policy(pod, status) == "Never" or (policy(pod, status) == "OnFailure" and exit_code(status) == 0):
                    continue
                yield pod, status
