"""K1, N1, R1: configuration that is not as asked for, traffic and rights that are not let through."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.labs.diagnose.cause import Cause, Scene, field_of, name_of
from quizapp.labs.evidence import Object, Review
from quizapp.labs.selector import picks, said_selector
from quizapp.labs.spelling import near

ACCOUNT = "system:serviceaccount:"


def wrong_data(scene: Scene) -> Iterator[Cause]:
    """K1: a ConfigMap or Secret lacks the key, was encoded twice, or cannot be changed any more."""
    for target, item in scene.found("ConfigMap", "Secret"):
        data = item.get("data") or {}
        for one in scene.about(target.title):
            key = one.path.removeprefix(f"{target.title} ").removeprefix("data.")
            if f"{target.title} data.{key}" != one.path:
                continue
            if key not in data and data:
                close = near(key, list(data))
                text = f"{target.title} has no key {key}; it has {', '.join(data)}."
                text += f" Is {close} meant to be it?" if close else ""
                yield _data(scene, item, text, "data", ", ".join(data))
            elif target.kind == "Secret" and _twice(str(data.get(key, ""))):
                text = f"The value of {key} in {target.title} is base64 of base64: kubectl and stringData encode it."
                yield _data(scene, item, text, f"data.{key}", "base64 of base64")
            elif item.get("immutable"):
                text = f"{target.title} is immutable: it can only be deleted and made again."
                yield _data(scene, item, text, "immutable", "true")


def _data(scene: Scene, item: Object, text: str, path: str, value: str) -> Cause:
    return scene.tell("K1", item, text, (path, value))


def _twice(value: str) -> bool:
    """Whether what is decoded can be decoded once more, into readable text; short words may look so by chance."""
    try:
        once = base64.b64decode(value, validate=True).decode().strip()
        again = base64.b64decode(once, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return False
    return len(once) >= 8 and again.rstrip("\n").isprintable()


def policy_off(scene: Scene) -> Iterator[Cause]:
    """N1: a NetworkPolicy picks no Pod, or lets its Pods out without letting them ask DNS."""
    for target, item in scene.found("NetworkPolicy"):
        pods, selector = scene.known("Pod"), item["spec"].get("podSelector") or {}
        if pods and not any(picks(selector, pod["metadata"].get("labels") or {}) for pod in pods):
            text = f"{target.title} applies to Pods with {said_selector(selector)}; there is none."
            command = scene.kubectl("get", "pods", "--show-labels")
            yield scene.tell("N1", item, text, ("spec.podSelector", said_selector(selector)), command=command)
        out = item["spec"].get("egress") or ()
        named = [rule for rule in out if rule.get("to") is not None or rule.get("ports")]
        if (
            named
            and len(named) == len(out)
            and not any(_lets_ask(rule) for rule in out)
            and _fails(scene, target.title)
        ):
            text = (
                f"{target.title} lets its Pods out to what it names, and DNS (port 53, UDP and TCP) is not among it: "
                "they find no Service by its name."
            )
            yield scene.tell("N1", item, text, ("spec.egress", "no port 53"))


def _lets_ask(rule: Mapping[str, Any]) -> bool:
    """Whether an egress rule may let DNS through: it names port 53, or no port and whole namespaces."""
    ports = rule.get("ports") or ()
    if any(_holds(entry, 53) and entry.get("protocol") in (None, "UDP") for entry in ports):
        return True
    wide = [to for to in rule.get("to") or () if "namespaceSelector" in to or "ipBlock" in to]
    return not ports and bool(wide)


def _holds(entry: Mapping[str, Any], port: int) -> bool:
    start = entry.get("port")
    if start in ("dns", "domain", None):
        return True
    return isinstance(start, int) and start <= port <= int(entry.get("endPort") or start)


def _fails(scene: Scene, title: str) -> bool:
    """Whether something other than the policy itself is what the step misses."""
    return not scene.findings or any(not one.path.startswith(title) for one in scene.findings)


def not_permitted(scene: Scene) -> Iterator[Cause]:
    """R1: the API says no; then what the bindings and roles lack."""
    bindings = scene.known("RoleBinding")
    for review, answer in scene.evidence.reviews.items():
        allowed = getattr(answer, "allowed", None)
        if allowed is not False or not _denied(scene, review) or not bindings:
            continue
        asked = review.within(scene.evidence.namespace)
        mine = [one for one in bindings if _subject(one, asked, scene.evidence.namespace)]
        cause = _why_bound(scene, asked, mine) if mine else _why_unbound(scene, asked, bindings)
        if cause is not None:
            yield cause


def _denied(scene: Scene, review: Review) -> bool:
    """Whether the step wants it allowed: then a finding says that it is not."""
    who = review.user.rpartition(":")[2]
    about = [one for one in scene.findings if f"/{who}: {review.verb} {review.resource}" in one.path]
    return not scene.findings or any(one.expected == "allowed" for one in about)


def _subject(binding: Object, asked: Review, namespace: str) -> bool:
    """Whether a binding names who is asked about."""
    for one in binding.get("subjects") or ():
        name = field_of(one, "name")
        if one.get("kind") == "ServiceAccount":
            name = f"{ACCOUNT}{one.get('namespace') or namespace}:{name}"
        if name == asked.user or (one.get("kind") == "Group" and name in asked.groups):
            return True
    return False


def _why_unbound(scene: Scene, asked: Review, bindings: tuple[Object, ...]) -> Cause | None:
    """A binding that means somebody of nearly that name, or the same one elsewhere."""
    who = asked.user.rpartition(":")[2]
    for binding in bindings:
        for one in binding.get("subjects") or ():
            name, place = field_of(one, "name"), field_of(one, "namespace")
            if asked.user.startswith(ACCOUNT) and name == who and place not in ("", scene.evidence.namespace):
                text = (
                    f"RoleBinding {name_of(binding)} is for the ServiceAccount {name} of the namespace {place}; this "
                    f"lab's is in {scene.evidence.namespace}."
                )
                return scene.tell("R1", binding, text, ("subjects[].namespace", place))
            if asked.user.startswith(ACCOUNT) and name == who and one.get("kind") != "ServiceAccount":
                text = (
                    f"RoleBinding {name_of(binding)} is for a {one.get('kind')} named {name}, not for a ServiceAccount."
                )
                return scene.tell("R1", binding, text, ("subjects[].kind", field_of(one, "kind")))
            if name != who and near(who, [name]):
                text = f"RoleBinding {name_of(binding)} is for {name}; the step asks for {who}."
                return scene.tell("R1", binding, text, ("subjects[].name", name))
    return None


def _why_bound(scene: Scene, asked: Review, bindings: list[Object]) -> Cause | None:
    """What the roles lack that are bound to who is asked about."""
    for binding in bindings:
        ref = binding.get("roleRef") or {}
        kind, name = field_of(ref, "kind"), field_of(ref, "name")
        known = scene.known(kind)
        if known is None:
            continue
        role = next((one for one in known if name_of(one) == name), None)
        if role is None:
            text = f"RoleBinding {name_of(binding)} gives the {kind} {name}, which is not there."
            command = scene.kubectl("get", f"{kind.lower()}s")
            return scene.tell("R1", binding, text, ("roleRef.name", name), command=command)
        lacks = _lacks(role, asked)
        if lacks:
            what = f"{asked.resource}/{asked.subresource}" if asked.subresource else asked.resource
            text = f"{kind} {name} does not allow to {asked.verb} {what}: {lacks}."
            return scene.tell("R1", role, text, ("rules[]", lacks))
    return None


def _lacks(role: Object, asked: Review) -> str:
    """What the nearest rule of a role has otherwise; empty when it allows it."""
    resource = f"{asked.resource}/{asked.subresource}" if asked.subresource else asked.resource
    gaps = [_gap(rule, asked, resource) for rule in role.get("rules") or ()]
    if not gaps:
        return "it has no rules"
    return min(gaps, key=len)[0] if all(gaps) else ""


def _gap(rule: Mapping[str, Any], asked: Review, resource: str) -> list[str]:
    """What keeps a rule from allowing it, the first being what to look at."""
    gaps = []
    for field, wanted, word in (
        ("resources", resource, "resources"),
        ("apiGroups", asked.group, "API groups"),
        ("verbs", asked.verb, "verbs"),
    ):
        have = list(map(str, rule.get(field) or ()))
        if wanted not in have and "*" not in have:
            there = ", ".join(one or "the core group" for one in have)
            gaps.append(f"its {word} are {there or 'none'}, not {wanted or 'the core group'}")
    names = rule.get("resourceNames") or ()
    if names and asked.name not in names:
        gaps.append(f"it is for {', '.join(names)} alone")
    return gaps
