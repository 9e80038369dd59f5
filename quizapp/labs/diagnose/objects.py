"""O-rules: the object is not where it should be, or is not what it should be."""

from collections.abc import Iterator

from quizapp.labs.check import Target
from quizapp.labs.diagnose.cause import Cause, Scene
from quizapp.labs.evidence import KINDS, Object, title
from quizapp.labs.spelling import near

MIXED_UP = {
    "Deployment": ("Pod", "ReplicaSet", "StatefulSet"),
    "Pod": ("Deployment",),
    "Service": ("Ingress",),
    "ReplicaSet": ("Deployment", "Pod"),
}


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


def _missing(scene: Scene) -> Iterator[Target]:
    for target in scene.targets:
        if scene.evidence.find(target.kind, target.name) is None:
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
