"""V-rules: why a PersistentVolumeClaim gets no volume."""

from collections.abc import Iterator
from datetime import timedelta

from quizapp.labs.diagnose.cause import Cause, Scene, field_of, name_of
from quizapp.labs.diagnose.scope import events, newest_event, pods_in_question
from quizapp.labs.evidence import Object
from quizapp.labs.normal import quantity

FAILURES = ("ProvisioningFailed", "FailedBinding", "VolumeMismatch", "ClaimMisbound")
SLOW = timedelta(minutes=1)
DEFAULT = "storageclass.kubernetes.io/is-default-class"


def waits_for_consumer(scene: Scene) -> Iterator[Cause]:
    """V1: the class binds a claim when the first Pod uses it, which is normal."""
    for claim in _pending(scene):
        kind = _class(scene, claim)
        late = kind is not None and kind.get("volumeBindingMode") == "WaitForFirstConsumer"
        if not late and not events(scene, claim, "WaitForFirstConsumer"):
            continue
        used = _users(scene, claim)
        then = f"Pod {used[0]} uses it" if used else "make a Pod that uses it"
        text = (
            f"PersistentVolumeClaim {name_of(claim)} gets its volume when the first Pod that uses it is scheduled. "
            f"That is normal: {then}."
        )
        yield scene.tell("V1", claim, text, ("status.phase", "Pending"), waiting=bool(used))


def no_volume(scene: Scene) -> Iterator[Cause]:
    """V2: no class makes a volume for the claim, and none that is there fits."""
    for claim in _pending(scene):
        kind, name = _class(scene, claim), field_of(claim["spec"], "storageClassName")
        classes = scene.known("StorageClass")
        told = _told(scene, claim)
        if name and classes is not None and kind is None and not _matching(scene, claim):
            there = ", ".join(map(name_of, classes)) or "none"
            text = f"PersistentVolumeClaim {name_of(claim)} asks for the StorageClass {name}; there is {there}."
            command = scene.kubectl("get", "storageclasses")
            yield scene.tell("V2", claim, text, ("spec.storageClassName", name), command=command)
        elif _without_class(scene, claim) and not _matching(scene, claim):
            text = (
                f"PersistentVolumeClaim {name_of(claim)} has no StorageClass that could make a volume, and "
                f"{_nearest(scene, claim)}."
            )
            command = scene.kubectl("get", "persistentvolumes")
            yield scene.tell("V2", claim, text, ("status.phase", "Pending"), command=command)
        elif told:
            text = f"PersistentVolumeClaim {name_of(claim)} gets no volume: {told.rstrip('.')}."
            yield scene.tell("V2", claim, text, ("status.phase", "Pending"))


def on_its_way(scene: Scene) -> Iterator[Cause]:
    """V2, as long as nothing speaks against it: a volume takes a moment."""
    for claim in _pending(scene):
        age = scene.since(claim["metadata"].get("creationTimestamp"))
        kind = _class(scene, claim)
        if kind is None or kind.get("volumeBindingMode") == "WaitForFirstConsumer" or _told(scene, claim):
            continue
        slow = age is not None and age > SLOW
        maker = field_of(kind, "provisioner")
        text = f"The volume of PersistentVolumeClaim {name_of(claim)} is being made by {maker}"
        text += ", which has not answered for a minute: is it running?" if slow else "."
        yield scene.tell("V2", claim, text, ("status.phase", "Pending"), waiting=not slow)


def bound_to_old_claim(scene: Scene) -> Iterator[Cause]:
    """V3: the volume still belongs to a claim that was deleted, maybe one of the same name."""
    for claim in _pending(scene):
        for volume in scene.known("PersistentVolume") or ():
            ref = volume["spec"].get("claimRef") or {}
            same = (ref.get("namespace"), ref.get("name")) == (scene.evidence.namespace, name_of(claim))
            asked = field_of(claim["spec"], "volumeName") == name_of(volume)
            if (same or asked) and ref.get("uid") and ref["uid"] != claim["metadata"]["uid"]:
                text = (
                    f"PersistentVolume {name_of(volume)} still belongs to the claim {ref.get('name')} that was "
                    "deleted (Released): it is given to no other until its spec.claimRef is taken away."
                )
                shows = ("status.phase", field_of(volume.get("status"), "phase") or "Released")
                yield scene.tell("V3", volume, text, shows)


def _pending(scene: Scene) -> Iterator[Object]:
    """The claims of the step, and those that its Pods use, that have no volume."""
    names = {target.name for target, _ in scene.found("PersistentVolumeClaim")}
    if scene.known("Pod") is not None:
        names |= {name for pod in pods_in_question(scene) for name in _claims(pod)}
    for claim in scene.known("PersistentVolumeClaim") or ():
        if name_of(claim) in names and field_of(claim.get("status"), "phase") in ("", "Pending"):
            yield claim


def _claims(pod: Object) -> list[str]:
    sources = [volume.get("persistentVolumeClaim") or {} for volume in pod["spec"].get("volumes") or ()]
    return [field_of(source, "claimName") for source in sources if source]


def _users(scene: Scene, claim: Object) -> list[str]:
    return [name_of(pod) for pod in scene.known("Pod") or () if name_of(claim) in _claims(pod)]


def _class(scene: Scene, claim: Object) -> Object | None:
    """The claim's class; without a name the default one. None when there is none, or classes were not read."""
    name = claim["spec"].get("storageClassName")
    for kind in scene.known("StorageClass") or ():
        default = (kind["metadata"].get("annotations") or {}).get(DEFAULT) == "true"
        if name_of(kind) == name or (name is None and default):
            return kind
    return None


def _without_class(scene: Scene, claim: Object) -> bool:
    """Whether it says that it wants none, or there is no default; only where classes and volumes were read."""
    known = scene.known("StorageClass") is not None and scene.known("PersistentVolume") is not None
    return known and not field_of(claim["spec"], "storageClassName") and _class(scene, claim) is None


def _matching(scene: Scene, claim: Object) -> bool:
    """Whether a free volume would do."""
    return any(not _misfit(volume, claim) for volume in scene.known("PersistentVolume") or ())


def _nearest(scene: Scene, claim: Object) -> str:
    """What the volumes that are there lack."""
    lacks = [f"{name_of(one)} {_misfit(one, claim)}" for one in scene.known("PersistentVolume") or ()]
    return "; ".join(lacks[:3]) or "there is no PersistentVolume"


def _misfit(volume: Object, claim: Object) -> str:
    """Why a volume cannot be bound to a claim; empty when it can."""
    spec, asked = volume["spec"], claim["spec"]
    if field_of(volume.get("status"), "phase") not in ("", "Available"):
        return f"is {field_of(volume.get('status'), 'phase')}"
    if field_of(spec, "storageClassName") != field_of(asked, "storageClassName"):
        return f"has the class {field_of(spec, 'storageClassName') or 'none'}"
    missing = [mode for mode in asked.get("accessModes") or () if mode not in (spec.get("accessModes") or ())]
    if missing:
        return f"does not offer {', '.join(missing)}"
    have = quantity((spec.get("capacity") or {}).get("storage"))
    want = quantity(((asked.get("resources") or {}).get("requests") or {}).get("storage"))
    return "is smaller" if have is not None and want is not None and have < want else ""


def _told(scene: Scene, claim: Object) -> str:
    return next((found for word in FAILURES if (found := newest_event(scene, claim, word))), "")
