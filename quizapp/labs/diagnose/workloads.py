"""W1 to W7, Q1: why a controller does not reach the number of Pods it should."""

from collections.abc import Iterator
from decimal import Decimal

from quizapp.labs.diagnose.cause import Cause, Scene, field_of, name_of
from quizapp.labs.diagnose.scope import behind, newest_event, owners_of_pods, template
from quizapp.labs.evidence import Object, condition, title
from quizapp.labs.normal import quantity
from quizapp.labs.workload import counted, observed, replica_sets, replicas

SCALED = ("Deployment", "ReplicaSet", "StatefulSet")


def too_few(scene: Scene) -> Iterator[Cause]:
    """W1: fewer Pods are asked for than the step wants, or fewer are available than are asked for.

    It waits while Pods are on their way.
    """
    for target, item in scene.found(*SCALED):
        asked = _asked(scene, item)
        if asked is not None and replicas(item) > 0:
            text = f"{target.title} asks for {_pods(replicas(item))}; this step wants {asked}."
            yield scene.tell("W1", item, text, ("spec.replicas", str(replicas(item))))
            continue
        wanted, have = replicas(item), counted(item, "availableReplicas")
        if have >= wanted or not scene.misses():
            continue
        text = f"{target.title} has {have} of {_pods(wanted)} available."
        yield scene.tell("W1", item, text, ("status.availableReplicas", str(have)), waiting=not _stuck(item))


def _asked(scene: Scene, item: Object) -> str | None:
    """How many Pods the step wants, where the object asks for another number."""
    path = f"{title(item)} spec.replicas"
    return next((one.expected for one in scene.findings if one.path == path), None)


def refused(scene: Scene) -> Iterator[Cause]:
    """W2: the API server refuses to make the Pods: a quota, a limit range, a policy, a missing service account.

    A Deployment and a ReplicaSet say so in a condition; of the others an event alone tells.
    """
    told = set()
    for item in owners_of_pods(scene):
        found = condition(item, "ReplicaFailure")
        message, path = field_of(found, "message"), "status.conditions[ReplicaFailure].message"
        if found.get("status") != "True":
            message, path = _told(scene, item), "events[FailedCreate].message"
        if not message or message in told:
            continue
        told.add(message)
        text = f"{title(item)} cannot make its Pods: {_short(message)}."
        command = scene.kubectl("get", "resourcequota,limitrange") if "quota" in message else None
        yield scene.tell("W2", item, text, (path, message), command=command)


def _told(scene: Scene, item: Object) -> str:
    """What an event says of a StatefulSet, DaemonSet or Job that has not made its Pods."""
    if item["kind"] in ("Deployment", "ReplicaSet"):
        return ""
    made = {"StatefulSet": "replicas", "DaemonSet": "currentNumberScheduled", "Job": "active"}[item["kind"]]
    wanted = counted(item, "desiredNumberScheduled") if item["kind"] == "DaemonSet" else replicas(item)
    over = item["kind"] == "Job" and (counted(item, "succeeded") or counted(item, "failed"))
    return "" if over or counted(item, made) >= wanted else newest_event(scene, item, "FailedCreate")


def quota_full(scene: Scene) -> Iterator[Cause]:
    """Q1: a ResourceQuota has no room left for the Pods that are still to be made."""
    quotas = scene.known("ResourceQuota") or ()
    for _, item in scene.found(*SCALED):
        if counted(item, "replicas") >= replicas(item) or not observed(item):
            continue
        for quota in quotas:
            for name, hard, used in _full(quota, item):
                text = f"ResourceQuota {name_of(quota)} has no room for another Pod: {used} of {hard} {name} are used."
                yield scene.tell("Q1", quota, text, (f"status.used.{name}", used))


def _full(quota: Object, item: Object) -> Iterator[tuple[str, str, str]]:
    """Name, limit and use of everything counted that one more Pod would put over the limit."""
    status = quota.get("status", {})
    for name, hard in (status.get("hard") or {}).items():
        used = field_of(status.get("used"), name) or "0"
        limit, have, more = quantity(hard), quantity(used), _one_more(name, item)
        if limit is not None and have is not None and more is not None and have + more > limit:
            yield name, str(hard), used


def _one_more(name: str, item: Object) -> Decimal | None:
    """How much of what a quota counts one Pod of this workload takes; None for what a Pod does not count for."""
    if name in ("pods", "count/pods"):
        return Decimal(1)
    kind, dot, resource = name.partition(".") if "." in name else ("requests", ".", name)
    if not dot or resource not in ("cpu", "memory"):
        return None
    amounts = [
        quantity((one.get("resources") or {}).get(kind, {}).get(resource, 0))
        for one in template(item).get("spec", {}).get("containers") or ()
    ]
    return sum((amount for amount in amounts if amount is not None), start=Decimal(0))


def scaled_to_zero(scene: Scene) -> Iterator[Cause]:
    """W6: the workload, or the only one behind a Service, asks for no Pods at all."""
    for target, item in scene.found(*SCALED):
        if replicas(item) == 0 and _wants_some(scene, item):
            text = f"{target.title} is scaled to 0: it asks for no Pods."
            yield scene.tell("W6", item, text, ("spec.replicas", "0"))
    for _, service in scene.found("Service"):
        found = [item for item in behind(scene, service) if item["kind"] in ("Deployment", "StatefulSet")]
        if found and all(replicas(item) == 0 for item in found):
            text = f"{title(found[0])}, whose Pods {title(service)} looks for, is scaled to 0: there are no Pods."
            yield scene.tell("W6", found[0], text, ("spec.replicas", "0"))


def _wants_some(scene: Scene, item: Object) -> bool:
    asked = [one for one in scene.about(title(item)) if one.path.endswith(("replicas", "Replicas", "ready Pods"))]
    return not scene.findings or any(one.expected != "0" for one in asked)


def autoscaled(scene: Scene) -> Iterator[Cause]:
    """W7: a HorizontalPodAutoscaler owns the number of Pods, and puts it back."""
    for target, item in scene.found(*SCALED):
        asked = _asked(scene, item)
        for scaler in scene.known("HorizontalPodAutoscaler") or ():
            of = scaler["spec"].get("scaleTargetRef") or {}
            if asked is None or (of.get("kind"), of.get("name")) != (target.kind, target.name):
                continue
            least, most = scaler["spec"].get("minReplicas", 1), scaler["spec"].get("maxReplicas")
            text = (
                f"HorizontalPodAutoscaler {name_of(scaler)} sets the number of Pods of {target.title} to between "
                f"{least} and {most}, whatever you scale it to."
            )
            yield scene.tell("W7", scaler, text, ("spec.minReplicas", str(least)))


def paused(scene: Scene) -> Iterator[Cause]:
    """W5: the rollout is paused, and a change waits for it to go on."""
    for target, item in scene.found("Deployment"):
        about = scene.about(target.title)
        asked = any(one.path.endswith(("spec.paused", "revision")) for one in about)
        if item["spec"].get("paused") and observed(item) and (asked or _changed(scene, item)):
            text = f"{target.title} is paused: changes of its template are not rolled out until it is resumed."
            command = scene.kubectl("rollout", "status", f"deployment/{target.name}", "--watch=false")
            yield scene.tell("W5", item, text, ("spec.paused", "true"), command=command)


def _changed(scene: Scene, item: Object) -> bool:
    """Whether its template is another one than the newest ReplicaSet's."""
    newest = replica_sets(scene.evidence, item)[:1]
    return not newest or template(newest[0]).get("spec") != template(item).get("spec")


def rollout_stuck(scene: Scene) -> Iterator[Cause]:
    """W3: the rollout made no progress for longer than its deadline, even when the old Pods still serve."""
    for target, item in scene.found("Deployment"):
        found = condition(item, "Progressing")
        if found.get("reason") == "ProgressDeadlineExceeded" and found.get("status") == "False" and observed(item):
            text = f"The rollout of {target.title} is stuck: its new Pods do not become available."
            path = "status.conditions[Progressing].reason"
            yield scene.tell("W3", item, text, (path, "ProgressDeadlineExceeded"))


def rolling(scene: Scene) -> Iterator[Cause]:
    """W4: a rollout is under way; Pods of the old template are still there."""
    for target, item in scene.found("Deployment"):
        if not observed(item) or item["spec"].get("paused") or _stuck(item):
            continue
        wanted, new = replicas(item), counted(item, "updatedReplicas")
        old = counted(item, "replicas") - new
        if wanted > 0 and old > 0:
            text = f"The rollout of {target.title} is under way: {new} of {_pods(wanted)} are new, {old} old."
            command = scene.kubectl("rollout", "status", f"deployment/{target.name}", "--watch=false")
            yield scene.tell("W4", item, text, ("status.updatedReplicas", str(new)), waiting=True, command=command)


def _pods(count: int) -> str:
    return "1 Pod" if count == 1 else f"{count} Pods"


def _stuck(item: Object) -> bool:
    """Whether more Pods will not come by themselves: refused, or past the deadline, as far as its controller saw."""
    if not observed(item):
        return False
    failed = condition(item, "ReplicaFailure").get("status") == "True"
    return failed or condition(item, "Progressing").get("status") == "False"


def _short(message: str) -> str:
    """The reason at the end of the API server's sentence, without the Pod's made-up name in front."""
    head, found, tail = message.partition(" is forbidden: ")
    return (tail if found else head).rstrip(".")
