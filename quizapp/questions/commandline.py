"""Commands as kubectl reads them, so that two that do the same compare equal. Runs nothing.

Short names of resources, `type/name`, flags in any order, `=` or a space, and short flags are one thing each.
Names: `kubectl api-resources` of Kubernetes 1.37.
"""

import shlex
from dataclasses import dataclass

RESOURCES = {
    "pods": ("po", "pod"),
    "services": ("svc", "service"),
    "deployments": ("deploy", "deployment", "deployments.apps", "deployment.apps"),
    "replicasets": ("rs", "replicaset"),
    "daemonsets": ("ds", "daemonset"),
    "statefulsets": ("sts", "statefulset"),
    "cronjobs": ("cj", "cronjob"),
    "jobs": ("job",),
    "nodes": ("no", "node"),
    "namespaces": ("ns", "namespace"),
    "configmaps": ("cm", "configmap"),
    "secrets": ("secret",),
    "serviceaccounts": ("sa", "serviceaccount"),
    "ingresses": ("ing", "ingress"),
    "ingressclasses": ("ingressclass",),
    "networkpolicies": ("netpol", "networkpolicy"),
    "persistentvolumes": ("pv", "persistentvolume"),
    "persistentvolumeclaims": ("pvc", "persistentvolumeclaim"),
    "storageclasses": ("sc", "storageclass"),
    "horizontalpodautoscalers": ("hpa", "horizontalpodautoscaler"),
    "poddisruptionbudgets": ("pdb", "poddisruptionbudget"),
    "endpoints": ("ep",),
    "endpointslices": ("endpointslice",),
    "events": ("ev", "event"),
    "resourcequotas": ("quota", "resourcequota"),
    "limitranges": ("limits", "limitrange"),
    "roles": ("role",),
    "rolebindings": ("rolebinding",),
    "clusterroles": ("clusterrole",),
    "clusterrolebindings": ("clusterrolebinding",),
    "customresourcedefinitions": ("crd", "crds", "customresourcedefinition"),
    "priorityclasses": ("pc", "priorityclass"),
}
FULL = {short: name for name, shorts in RESOURCES.items() for short in shorts}
FLAGS = {
    "-n": "--namespace",
    "-o": "--output",
    "-A": "--all-namespaces",
    "-l": "--selector",
    "-c": "--container",
    "-w": "--watch",
    "-p": "--previous",
    "-k": "--kustomize",
    "-i": "--stdin",
    "-t": "--tty",
}
SWITCHES = frozenset(
    [
        "--all-namespaces",
        "--all",
        "--watch",
        "--previous",
        "--follow",
        "--stdin",
        "--tty",
        "--rm",
        "--force",
        "--current",
        "--show-labels",
        "--recursive",
        "--overwrite",
        "--ignore-daemonsets",
        "--delete-emptydir-data",
        "--no-headers",
        "--help",
    ]
)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Words in their order, flags in none; `inner` is what stands behind `--`, word for word."""

    words: tuple[str, ...]
    flags: frozenset[tuple[str, str]]
    inner: tuple[str, ...]


def parse_command(text: str) -> CommandLine | None:
    """The command, or None for what is none: no program, open quotes, pipes and redirections."""
    try:
        parts = shlex.split(text.strip().removeprefix("$ "))
    except ValueError:
        return None
    if len(parts) < 2 or any(part in ("|", ">", ">>", "&&", "||", ";") for part in parts):
        return None
    at = parts.index("--") if "--" in parts else len(parts)
    head, inner = parts[:at], tuple(parts[at + 1 :])
    head[0] = "kubectl" if head[0] == "k" else head[0]
    words, flags = _sorted_out(head)
    return CommandLine(tuple(words), frozenset(flags), inner)


def _sorted_out(parts: list[str]) -> tuple[list[str], set[tuple[str, str]]]:
    words: list[str] = []
    flags: set[tuple[str, str]] = set()
    place = 0
    while place < len(parts):
        part = parts[place]
        place += 1
        if not part.startswith("-") or part == "-":
            words += _resource(part) if len(words) > 1 else [part]
            continue
        name, equals, value = part.partition("=")
        for flag in _long(name, words):
            if flag in SWITCHES or equals or place >= len(parts) or parts[place].startswith("-"):
                flags.add((flag, value or "true"))
            else:
                flags.add((flag, parts[place]))
                place += 1
    return words, flags


def _long(name: str, words: list[str]) -> list[str]:
    """The long form of a flag; several short ones can stand together (`-it`)."""
    if name == "-f":
        return ["--follow"] if "logs" in words else ["--filename"]
    if name.startswith("--"):
        return [name]
    if name in FLAGS:
        return [FLAGS[name]]
    letters = [FLAGS.get(f"-{letter}", "") for letter in name[1:]]
    return letters if all(letters) else [name]


def _resource(word: str) -> list[str]:
    """`deploy/web` as its type and name; a type by its full name."""
    kind, slash, name = word.partition("/")
    parts = kind.casefold().split(",")
    if any(part in FULL for part in parts):
        kind = ",".join(FULL.get(part, part) for part in parts)
    if slash and kind in RESOURCES and name:
        return [kind, name]
    return [f"{kind}{slash}{name}"]
