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
    for target in _missing(scene):
        for item in scene.evidence.elsewhere.get(target.kind, ()):
            place = item["metadata"].get("namespace", "")
            if item["metadata"]["name"] == target.name and place not in ("", scene.evidence.namespace):
                yield Cause(
                    "O1",
                    "blocked",
                    target.title,
                    f"There is a {target.title} in namespace {place}; this lab looks in {scene.evidence.namespace}. "
                    f"Make it again there, with -n {scene.evidence.namespace}.",
                    "metadata.namespace",
                    place,
                    scene.kubectl("get", f"{KINDS[target.kind].plural}"),
                )


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
