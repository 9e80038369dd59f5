"""W8 to W11, H1, D1: controllers other than a Deployment's, and what they wait for."""

from collections.abc import Iterator

from quizapp.labs.diagnose.cause import Cause, Scene, field_of, name_of
from quizapp.labs.diagnose.scope import current_pods, template
from quizapp.labs.evidence import Object, condition
from quizapp.labs.selector import picks
from quizapp.labs.workload import counted, is_ready, observed, replicas

METRICS_COME = 90


def ordinal_waits(scene: Scene) -> Iterator[Cause]:
    """W8: a StatefulSet makes one Pod after the other, replaces none with OnDelete, and needs its Service for names."""
    for target, item in scene.found("StatefulSet"):
        if not observed(item):
            continue
        spec, status = item["spec"], item.get("status", {})
        first = _first_not_ready(scene, item)
        behind_plan = counted(item, "replicas") < replicas(item)
        if behind_plan and first and field_of(spec, "podManagementPolicy") != "Parallel":
            text = f"{target.title} makes its Pods one after the other: the next one waits until {first} is ready."
            yield scene.tell("W8", item, text, ("status.replicas", str(counted(item, "replicas"))), waiting=True)
        new, old = field_of(status, "updateRevision"), field_of(status, "currentRevision")
        if (spec.get("updateStrategy") or {}).get("type") == "OnDelete" and new and old and new != old:
            text = (
                f"{target.title} has the update strategy OnDelete: a Pod gets the new template only when somebody "
                "deletes it."
            )
            yield scene.tell("W8", item, text, ("spec.updateStrategy.type", "OnDelete"))
        name = field_of(spec, "serviceName")
        if scene.missing("Service", name):
            text = (
                f"{target.title} names the Service {name}, which is not there: its Pods have no DNS names of their own."
            )
            yield scene.tell("W8", item, text, ("spec.serviceName", name), command=scene.kubectl("get", "services"))


def _first_not_ready(scene: Scene, item: Object) -> str:
    pods = sorted(current_pods(scene, item), key=lambda pod: int(name_of(pod).rpartition("-")[2] or 0))
    return next((name_of(pod) for pod in pods if not is_ready(pod)), "")


def lands_nowhere(scene: Scene) -> Iterator[Cause]:
    """W9: a DaemonSet finds no node, or its Pods are on their way."""
    for target, item in scene.found("DaemonSet"):
        if not observed(item):
            continue
        wanted, have = counted(item, "desiredNumberScheduled"), counted(item, "numberAvailable")
        if wanted == 0:
            asked = template(item).get("spec", {}).get("nodeSelector") or {}
            labels = ", ".join(f"{key}={value}" for key, value in asked.items())
            why = f"none has the labels {labels}" if labels else "none fits its affinity, or all have taints"
            text = f"{target.title} runs on no node: {why}."
            command = scene.kubectl("get", "nodes", "--show-labels")
            yield scene.tell("W9", item, text, ("status.desiredNumberScheduled", "0"), command=command)
        elif have < wanted:
            text = f"{target.title} has {have} of {wanted} Pods available, one for each node."
            yield scene.tell("W9", item, text, ("status.numberAvailable", str(have)), waiting=True)


def job_not_done(scene: Scene) -> Iterator[Cause]:
    """W10: a Job has failed, is suspended, or works; one that was done in the end has not failed."""
    for target, item in scene.found("Job"):
        if condition(item, "Complete").get("status") == "True":
            continue
        failed, doomed = condition(item, "Failed"), condition(item, "FailureTarget")
        for found in (failed, doomed):
            if found.get("status") == "True":
                reason = field_of(found, "reason")
                why = FAILURES.get(reason, field_of(found, "message").rstrip(".") or reason)
                text = f"{target.title} has failed: {why}. A Job that failed is not tried again; make a new one."
                path = f"status.conditions[{found['type']}].reason"
                yield scene.tell("W10", item, text, (path, reason or "Failed"))
                break
        else:
            yield from _goes_on(scene, item)


FAILURES = {
    "BackoffLimitExceeded": "its Pods failed more often than its backoffLimit allows",
    "DeadlineExceeded": "it took longer than its activeDeadlineSeconds",
    "PodFailurePolicy": "its podFailurePolicy says that this exit code is final",
    "MaxFailedIndexesExceeded": "more of its indexes failed than maxFailedIndexes allows",
}


def _goes_on(scene: Scene, item: Object) -> Iterator[Cause]:
    name = name_of(item)
    if item["spec"].get("suspend"):
        text = f"Job/{name} is suspended: it makes no Pods until spec.suspend is false."
        yield scene.tell("W10", item, text, ("spec.suspend", "true"))
        return
    done, active = counted(item, "succeeded"), counted(item, "active")
    wanted = item["spec"].get("completions") or 1
    retried = f", {counted(item, 'failed')} failed and tried again" if counted(item, "failed") else ""
    text = f"Job/{name} works: {done} of {wanted} Pods done, {active} active{retried}."
    yield scene.tell("W10", item, text, ("status.succeeded", str(done)), waiting=True)


def not_due(scene: Scene) -> Iterator[Cause]:
    """W11: a CronJob is suspended, or its time has not come."""
    for target, item in scene.found("CronJob"):
        spec, status = item["spec"], item.get("status", {})
        if spec.get("suspend"):
            text = f"{target.title} is suspended: it makes no Jobs until spec.suspend is false."
            yield scene.tell("W11", item, text, ("spec.suspend", "true"))
        elif not status.get("lastScheduleTime"):
            zone = field_of(spec, "timeZone") or "the time zone of the control plane, usually UTC"
            text = f"{target.title} has made no Job yet: its schedule is {spec.get('schedule')}, in {zone}."
            yield scene.tell("W11", item, text, ("spec.schedule", field_of(spec, "schedule")), waiting=True)


def no_metrics(scene: Scene) -> Iterator[Cause]:
    """H1: a HorizontalPodAutoscaler cannot read what it scales by; the first metrics take a minute or so.

    At its lowest or highest number of Pods it is limited, which is normal.
    """
    for target, item in scene.found("HorizontalPodAutoscaler"):
        able, active = condition(item, "AbleToScale"), condition(item, "ScalingActive")
        if able.get("status") == "False" and field_of(able, "reason") == "FailedGetScale":
            of = item["spec"].get("scaleTargetRef") or {}
            text = f"{target.title} scales {of.get('kind')}/{of.get('name')}, which is not there."
            yield scene.tell("H1", item, text, ("status.conditions[AbleToScale].reason", "FailedGetScale"))
        elif active.get("status") == "False" and field_of(active, "reason").startswith("FailedGet"):
            message = field_of(active, "message")
            age = scene.since(item["metadata"].get("creationTimestamp"))
            young = age is not None and age.total_seconds() < METRICS_COME
            asked = "missing request" in message
            if asked:
                why = "its containers have no resources.requests to measure against"
            else:
                why = "the metrics server gives no numbers (minikube addons enable metrics-server)"
            text = f"{target.title} cannot read what its Pods use: {why}."
            shows = ("status.conditions[ScalingActive].message", message or field_of(active, "reason"))
            yield scene.tell("H1", item, text, shows, waiting=young and not asked)


def budget_blocks(scene: Scene) -> Iterator[Cause]:
    """D1: a PodDisruptionBudget lets no Pod go, so a node cannot be drained; nor do two budgets over one Pod."""
    budgets = scene.known("PodDisruptionBudget") or ()
    nodes = [name_of(node) for _, node in scene.found("Node") if node.get("spec", {}).get("unschedulable")]
    named = {target.name for target, _ in scene.found("PodDisruptionBudget")}
    for pod in scene.known("Pod") or ():
        over = [one for one in budgets if picks(one["spec"].get("selector"), pod["metadata"].get("labels") or {})]
        asked = pod["spec"].get("nodeName") in nodes or any(name_of(one) in named for one in over)
        if not over or not asked:
            continue
        if len(over) > 1:
            names = " and ".join(name_of(one) for one in over)
            text = f"Pod {name_of(pod)} is in two PodDisruptionBudgets, {names}: then it cannot be evicted at all."
            yield scene.tell("D1", over[0], text, ("spec.selector", names))
        elif counted(over[0], "disruptionsAllowed") == 0 and _seen(over[0]) and is_ready(pod):
            yield _blocks(scene, over[0], pod)


def _seen(budget: Object) -> bool:
    """Whether its controller has counted for the newest spec."""
    return observed(budget) and counted(budget, "expectedPods") > 0


def _blocks(scene: Scene, budget: Object, pod: Object) -> Cause:
    have, least = counted(budget, "currentHealthy"), counted(budget, "desiredHealthy")
    text = (
        f"PodDisruptionBudget {name_of(budget)} lets no Pod go: {have} are healthy and {least} have to be, so "
        f"{name_of(pod)} cannot be evicted."
    )
    return scene.tell("D1", budget, text, ("status.disruptionsAllowed", "0"))
