"""P4 to P8: why an image cannot be used. The kubelet's own words, which in back-off may be in an event alone."""

from collections.abc import Iterator

from quizapp.labs.diagnose.cause import Cause, Scene, field_of
from quizapp.labs.diagnose.containers import Status, each, place, reason, said, waiting
from quizapp.labs.diagnose.scope import newest_event
from quizapp.labs.evidence import Object

PULLING = ("ErrImagePull", "ImagePullBackOff")
NO_SUCH_IMAGE = ("not found", "manifest unknown", "repository does not exist", "name unknown")
NOT_ALLOWED = ("unauthorized", "authentication required", "pull access denied", "403 forbidden", "no basic auth")
UNREACHABLE = (
    "no such host",
    "i/o timeout",
    "connection refused",
    "network is unreachable",
    "tls handshake timeout",
    "context deadline exceeded",
    "failed to do request",
    "server misbehaving",
)
REFUSED = ("toomanyrequests", "no matching manifest")
MALFORMED = ("InvalidImageName", "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed")


def never_pulled(scene: Scene) -> Iterator[Cause]:
    """P7: imagePullPolicy is Never and the node does not have the image."""
    for pod, status in each(scene):
        if reason(status) == "ErrImageNeverPull":
            text = (
                f"{said(pod, status)} may not pull its image {field_of(status, 'image')} (imagePullPolicy: Never), and "
                "the node does not have it. Load it there (minikube image load), or let it be pulled."
            )
            shows = (f"{place(pod, status)}.state.waiting.reason", "ErrImageNeverPull")
            yield scene.tell("P7", pod, text, shows)


def malformed(scene: Scene) -> Iterator[Cause]:
    """P8: what is written is no name of an image, or the node cannot use what it has."""
    for pod, status in each(scene):
        found = reason(status)
        if found in MALFORMED:
            name = field_of(status, "image")
            text = {
                "InvalidImageName": f"{name} is no name of an image: it is written as registry/name:tag, in small "
                "letters and without spaces.",
                "SignatureValidationFailed": f"The signature of the image {name} was not accepted.",
            }.get(found, f"The node cannot use the image {name}: {field_of(waiting(status), 'message') or found}.")
            yield scene.tell("P8", pod, text, (f"{place(pod, status)}.state.waiting.reason", found))


def not_allowed(scene: Scene) -> Iterator[Cause]:
    """P5: the registry wants credentials, and what it was given is none or not enough."""
    for pod, status, message in _failures(scene):
        if _sort(pod, message) != "P5":
            continue
        name, secrets = field_of(status, "image"), _secrets(pod)
        missing = _missing_secrets(scene, secrets)
        if missing:
            why = f"the Secret {missing[0]} that imagePullSecrets names is not there"
        elif secrets:
            why = f"the credentials in {', '.join(secrets)} are not accepted for it"
        else:
            why = "the Pod names no imagePullSecrets"
        text = f"The registry does not hand out the image {name}: it is private, and {why}."
        command = scene.kubectl("get", "secrets") if secrets else None
        yield scene.tell("P5", pod, text, _shows(pod, status, message), command=command)


def no_such_image(scene: Scene) -> Iterator[Cause]:
    """P4: the registry answered that this image is not there; also when nothing tells any more what it answered."""
    for pod, status, message in _failures(scene):
        name, found = field_of(status, "image"), _sort(pod, message)
        if found == "P4":
            text = f"The image {name} does not exist: the registry knows no such name or tag. Check its spelling."
            yield scene.tell("P4", pod, text, _shows(pod, status, message))
        elif not found:
            text = f"The image {name} could not be pulled. Check the spelling of its name and tag first."
            yield scene.tell("P4", pod, text, _shows(pod, status, message))


def registry_not_reached(scene: Scene) -> Iterator[Cause]:
    """P6: the image could not be fetched over the network, or not for this kind of machine."""
    for pod, status, message in _failures(scene):
        if _sort(pod, message) == "P6":
            name = field_of(status, "image")
            if "toomanyrequests" in message.lower():
                why = "the registry allows no more downloads for now"
            elif "no matching manifest" in message.lower():
                why = "there is no version of it for this machine's processor"
            else:
                why = "its registry cannot be reached from the cluster. Check the registry's name and the network"
            yield scene.tell("P6", pod, f"The image {name} could not be pulled: {why}.", _shows(pod, status, message))


def _failures(scene: Scene) -> Iterator[tuple[Object, Status, str]]:
    for pod, status in each(scene):
        if reason(status) in PULLING:
            yield pod, status, _message(scene, pod, status)


def _message(scene: Scene, pod: Object, status: Status) -> str:
    message = field_of(waiting(status), "message")
    if not _sort(pod, message):
        image = field_of(status, "image")
        for part in (f'Failed to pull image "{image}"', "Failed to pull image"):
            message = newest_event(scene, pod, "Failed", part) or message
            if _sort(pod, message):
                break
    return message


def _sort(pod: Object, message: str) -> str:
    """The rule for a message. A registry that is asked for a name it does not know may say "pull access denied,
    repository does not exist": a slip of the pen unless the Pod brings credentials."""
    if _has(message, UNREACHABLE):
        return "P6"
    if _has(message, NOT_ALLOWED) and (not _has(message, NO_SUCH_IMAGE) or _secrets(pod)):
        return "P5"
    if _has(message, REFUSED):
        return "P6"
    return "P4" if _has(message, NO_SUCH_IMAGE) else ""


def _has(message: str, parts: tuple[str, ...]) -> bool:
    return any(part in message.lower() for part in parts)


def _secrets(pod: Object) -> list[str]:
    return [field_of(entry, "name") for entry in pod["spec"].get("imagePullSecrets") or ()]


def _missing_secrets(scene: Scene, names: list[str]) -> list[str]:
    known = scene.known("Secret")
    there = {item["metadata"]["name"] for item in known or ()}
    return [name for name in names if known is not None and name not in there]


def _shows(pod: Object, status: Status, message: str) -> tuple[str, str]:
    return f"{place(pod, status)}.state.waiting", message or reason(status)
