"""O-rules: the object is not where it should be, or is not what it should be."""

from collections.abc import Iterator
from datetime import timedelta

from quizapp.labs.check import Target
from quizapp.labs.diagnose.cause import Cause, Scene, ago, field_of, name_of
from quizapp.labs.diagnose.scope import OBSERVED
from quizapp.labs.evidence import KINDS, Object, condition, title
from quizapp.labs.spelling import near
from quizapp.labs.workload import counted, observed

MIXED_UP = {
    "Deployment": ("Pod", "ReplicaSet", "StatefulSet"),
    "Pod": ("Deployment",),
    "Service": ("Ingress",),
    "ReplicaSet": ("Deployment", "Pod"),
    "StatefulSet": ("Deployment",),
    "DaemonSet": ("Deployment",),
    "Job": ("CronJob", "Pod"),
    "CronJob": ("Job",),
    "ConfigMap": ("Secret",),
    "Secret": ("ConfigMap",),
    "Role": ("ClusterRole",),
    "RoleBinding": ("ClusterRoleBinding",),
}
GOING = ("NamespaceDeletionDiscoveryFailure", "NamespaceFinalizersRemaining", "NamespaceContentRemaining")
USUAL = timedelta(seconds=60)


def another_namespace(scene: Scene) -> Iterator[Cause]:
    """O1: the object of that name exists, in another namespace."""
    here = scene.evidence.namespace
    for target in _missing(scene):
        place = _elsewhere(scene, target)
        if place is not None:
            yield Cause(
                "O1",
                "blocked",
                target.title,
                f"There is a {target.title} in namespace {place}; this lab looks in {here}. "
                f"Make it again there, with -n {here}.",
                "metadata.namespace",
                place,
                scene.kubectl("get", f"{KINDS[target.kind].plural}"),
            )


def _elsewhere(scene: Scene, target: Target) -> str | None:
    """Where an object of that name is: default before others; what the cluster or another lab owns is no slip."""
    places = [
        str(item["metadata"].get("namespace") or "")
        for item in scene.evidence.elsewhere.get(target.kind, ())
        if item["metadata"]["name"] == target.name and not item["metadata"].get("deletionTimestamp")
    ]
    likely = [place for place in places if place and not place.startswith(("kube-", "lab-"))]
    return min(likely, key=lambda place: (place != "default", place)) if likely else None


def near_miss(scene: Scene) -> Iterator[Cause]:
    """O2: an object whose name is nearly right, or one of another kind with the right name."""
    for target in _missing(scene):
        wrong = _misspelt(scene, target) or _other_kind(scene, target)
        if wrong is not None:
            says = (
                f"There is a {title(wrong)}, but no {target.title}."
                if wrong.get("kind") == target.kind
                else f"{target.name} is a {wrong.get('kind')} here; the step asks for a {target.kind}."
            )
            yield Cause(
                "O2",
                "blocked",
                target.title,
                says,
                "metadata.name" if wrong.get("kind") == target.kind else "kind",
                title(wrong),
                scene.kubectl("get", str(KINDS[str(wrong["kind"])].plural)),
            )


def being_deleted(scene: Scene) -> Iterator[Cause]:
    """O3: the object is on its way out; a finalizer may hold it there."""
    for target, item in scene.found(*KINDS):
        since = scene.since(item["metadata"].get("deletionTimestamp"))
        if since is None or not (scene.about(target.title) or not scene.findings):
            continue
        held = list(item["metadata"].get("finalizers") or ())
        path = "metadata.deletionTimestamp"
        if held and since > timedelta(seconds=5):
            text = f"{target.title} is being deleted and does not go: it waits for {', '.join(held)} (a finalizer)."
            command = scene.kubectl("get", target.kind.lower(), target.name, "-o", "yaml")
            yield scene.tell("O3", item, text, ("metadata.finalizers", ", ".join(held)), command=command)
            continue
        to_go = any(one.expected == "not there" for one in scene.about(target.title))
        then = "" if to_go else " When it is gone, make it again."
        text = f"{target.title} is being deleted.{then}"
        yield scene.tell("O3", item, text, (path, str(item["metadata"]["deletionTimestamp"])), waiting=True)


def namespace_going(scene: Scene) -> Iterator[Cause]:
    """O4: the namespace is being removed; nothing new can be made in it."""
    for item in scene.known("Namespace") or ():
        if name_of(item) != scene.evidence.namespace or field_of(item.get("status"), "phase") != "Terminating":
            continue
        left = [condition(item, kind) for kind in GOING]
        why = next((field_of(found, "message") for found in left if found.get("status") == "True"), "")
        since = scene.since(item["metadata"].get("deletionTimestamp")) or timedelta()
        held = bool(why) and since > USUAL
        text = f"Namespace {name_of(item)} is being removed since {ago(since)}"
        text += f": {why.rstrip('.')}." if held else "; nothing can be made in it until it is gone."
        yield scene.tell("O4", item, text, ("status.phase", "Terminating"), waiting=not held)


def not_looked_at(scene: Scene) -> Iterator[Cause]:
    """O5: its controller has not seen the newest change; what the status says is about an older one."""
    for target, item in scene.found(*OBSERVED):
        if not observed(item):
            seen = counted(item, "observedGeneration")
            text = f"The controller has not looked at the newest change of {target.title} yet."
            yield scene.tell("O5", item, text, ("status.observedGeneration", str(seen)), waiting=True)


def _missing(scene: Scene) -> Iterator[Target]:
    """The targets that are not there and should be; of one that should be gone nothing is found missing."""
    for target in scene.targets:
        if scene.evidence.find(target.kind, target.name) is None and (scene.about(target.title) or not scene.findings):
            yield target


def _misspelt(scene: Scene, target: Target) -> Object | None:
    wanted = {other.name for other in scene.targets}
    names = {item["metadata"]["name"]: item for item in scene.evidence.objects(target.kind)}
    found = near(target.name, [name for name in names if name not in wanted])
    return names[found] if found else None


def _other_kind(scene: Scene, target: Target) -> Object | None:
    for kind in MIXED_UP.get(target.kind, ()):
        for item in scene.evidence.readable(kind):
            if item["metadata"]["name"] == target.name:
                return item
    return None
