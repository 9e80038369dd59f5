"""I-rules: why an Ingress leads nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.labs.diagnose.cause import Cause, Scene, field_of, name_of
from quizapp.labs.evidence import Object
from quizapp.labs.spelling import near

DEFAULT = "ingressclass.kubernetes.io/is-default-class"
OLD_CLASS = "kubernetes.io/ingress.class"


def no_controller(scene: Scene) -> Iterator[Cause]:
    """I1: no controller takes care of the Ingress: its class is not there, or it has none and none is the default."""
    classes = scene.known("IngressClass")
    for target, item in scene.found("Ingress"):
        name = field_of(item["spec"], "ingressClassName")
        names = [name_of(one) for one in classes or ()]
        notes = item["metadata"].get("annotations") or {}
        if classes is None or notes.get(OLD_CLASS):
            continue
        if name and name not in names:
            text = f"{target.title} has the class {name}; the cluster has {', '.join(names) or 'no IngressClass'}."
            command = scene.kubectl("get", "ingressclasses")
            yield scene.tell("I1", item, text, ("spec.ingressClassName", name), command=command)
        elif not name and not any(_default(one) for one in classes):
            text = (
                f"{target.title} has no ingressClassName, and no IngressClass is the default: no controller takes it."
            )
            command = scene.kubectl("get", "ingressclasses")
            yield scene.tell("I1", item, text, ("spec.ingressClassName", "absent"), command=command)
        elif _asked(scene, target.title) and not (item.get("status", {}).get("loadBalancer") or {}).get("ingress"):
            text = f"{target.title} has no address yet: does the Ingress controller run (minikube addons list)?"
            yield scene.tell("I1", item, text, ("status.loadBalancer.ingress", "absent"), waiting=True)


def _default(kind: Object) -> bool:
    return (kind["metadata"].get("annotations") or {}).get(DEFAULT) == "true"


def _asked(scene: Scene, title: str) -> bool:
    return any("loadBalancer" in one.path for one in scene.about(title))


def no_backend(scene: Scene) -> Iterator[Cause]:
    """I2: the Service, its port or the TLS Secret that the Ingress names is not there."""
    for _, item in scene.found("Ingress"):
        for path, backend in _backends(item):
            service = backend.get("service")
            if service:  # backend.resource is right too
                yield from _wrong(scene, item, path, service)
        for entry in item["spec"].get("tls") or ():
            name = field_of(entry, "secretName")
            if scene.missing("Secret", name):
                text = f"Ingress {name_of(item)} takes its certificate from the Secret {name}, which is not there."
                command = scene.kubectl("get", "secrets")
                yield scene.tell("I2", item, text, ("spec.tls[].secretName", name), command=command)


def _backends(item: Object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if item["spec"].get("defaultBackend"):
        yield "spec.defaultBackend", item["spec"]["defaultBackend"]
    for rule in item["spec"].get("rules") or ():
        for entry in (rule.get("http") or {}).get("paths") or ():
            yield "spec.rules[].http.paths[].backend", entry.get("backend") or {}


def _wrong(scene: Scene, item: Object, path: str, wanted: Mapping[str, Any]) -> Iterator[Cause]:
    known = scene.known("Service")
    if known is None:
        return
    name, port = field_of(wanted, "name"), wanted.get("port") or {}
    service = next((one for one in known if name_of(one) == name), None)
    if service is None:
        close = near(name, [name_of(one) for one in known])
        hint = f" There is {close}." if close else ""
        text = f"Ingress {name_of(item)} sends to the Service {name}, which is not there.{hint}"
        command = scene.kubectl("get", "services")
        yield scene.tell("I2", item, text, (f"{path}.service.name", name), command=command)
        return
    ports = service["spec"].get("ports") or ()
    asked, key = (port["name"], "name") if port.get("name") else (port.get("number"), "port")
    if asked is not None and asked not in [one.get(key) for one in ports]:
        there = ", ".join(str(one.get(key) or one.get("port")) for one in ports) or "none"
        text = f"Ingress {name_of(item)} sends to port {asked} of the Service {name}; its ports are {there}."
        command = scene.kubectl("describe", "service", name)
        yield scene.tell("I2", item, text, (f"{path}.service.port", str(asked)), command=command)
