"""Which images a lab may ask for: small, public, of a tag that stays, and served by the test cluster's registry too."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.labs.normal import image

KNOWN: Mapping[str, tuple[str, ...]] = {
    "nginx": ("1.25", "1.26", "1.27", "1.28", "1.29"),
    "nginxinc/nginx-unprivileged": ("1.27", "1.28", "1.29"),
    "busybox": ("1.36", "1.37"),
}
# What labs ask for because nobody has it: a tag that was mistyped.
NOWHERE: Mapping[str, tuple[str, ...]] = {"nginx": ("1.82",)}
IN_COMMANDS = re.compile(r"(?:--image[= ]|\bset image [^\n]*?=)[\"']?([\w./:@-]+)")
IN_MANIFESTS = re.compile(r"\bimage: *[\"']?([\w./:@-]+)")


def asked_for(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and reference of each image that a piece of YAML names under `image`."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "image" and isinstance(value, str):
                yield (*path, key), value
            else:
                yield from asked_for(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from asked_for(value, (*path, place))


def named_in(text: str) -> list[str]:
    """The images that kubectl's words or a manifest in a text name; without a tag only where it can be nothing else."""
    written = [found for found in IN_MANIFESTS.findall(text) if ":" in found]
    return [found.rstrip(".,:") for found in (*IN_COMMANDS.findall(text), *written)]


def unknown(reference: str) -> str | None:
    """Why an image cannot be used, with the way out; None when it can."""
    name, _, tag = image(reference).removeprefix("docker.io/").removeprefix("library/").partition(":")
    if "@" in reference or name not in KNOWN:
        return f"the image {reference!r} is not one that labs use; take {', '.join(KNOWN)}, or add it in labs/images.py"
    if tag not in (*KNOWN[name], *NOWHERE.get(name, ())):
        return f"the image {reference!r} has no tag that labs use; take {name}:{f', {name}:'.join(KNOWN[name])}"
    return None
