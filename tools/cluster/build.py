"""Builds the cluster's programs and images once, each part in a cache folder named after what it was made from.

A part is built under another name and renamed when whole, so a killed build leaves nothing half-done behind.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.cluster import gotool, images, needs, pins, places
from tools.cluster.trouble import Trouble

KEEP_UNUSED_DAYS = 30


@dataclass(frozen=True)
class Part:
    """One folder of the cache: what it is, what it is made from, how it is made into a given folder."""

    name: str
    title: str
    inputs: tuple[Path, ...]
    make: Callable[[Path], None]
    of: str = ""

    @property
    def folder(self) -> Path:
        digest = hashlib.sha256(f"{platform.machine()} {self.of}".encode())
        for path in self.inputs:
            digest.update(path.name.encode() + path.read_bytes())
        return places.cache() / "parts" / f"{self.name}-{digest.hexdigest()[:12]}"


@dataclass(frozen=True)
class Built:
    """Where the programs and the images are."""

    kube: Path
    containerd: Path
    coredns: Path
    node: Path
    images: Path


def parts() -> tuple[Part, ...]:
    """In the order in which they can be built."""
    kube = _go_part("kube", f"Kubernetes {pins.KUBERNETES} (about 6 minutes, once)", _version_flags())
    shown = f"-X github.com/containerd/containerd/v2/version.Version=v{pins.CONTAINERD}"
    containerd = _go_part("containerd", f"containerd {pins.CONTAINERD} (about a minute, once)", shown)
    coredns = _go_part("coredns", f"CoreDNS {pins.COREDNS} (about a minute, once)")
    node = _go_part("node", "the node's small programs (seconds, once)")
    busybox = Path(needs.program("busybox"))

    def make_images(folder: Path) -> None:
        images.make(folder, busybox=busybox, coredns=coredns.folder / "coredns", node=node.folder / "node")

    made_from = f"{coredns.folder.name} {node.folder.name}"
    sources = (Path(images.__file__), places.SOURCES / "pins.py", busybox)
    return (
        kube,
        containerd,
        coredns,
        node,
        Part("images", "the images (seconds, once)", sources, make_images, made_from),
    )


def missing() -> list[str]:
    """The titles of the parts that are not in the cache."""
    return [part.title for part in parts() if not part.folder.is_dir()]


def build() -> Built:
    """Builds what is missing, one process at a time, and tells where everything is."""
    if any(not part.folder.is_dir() for part in parts()):
        with places.lock(places.cache() / "build.lock", "another build is at work, waiting for it"):
            for part in parts():
                if not part.folder.is_dir():
                    _build(part)
            _forget_old(parts())
    kube, containerd, coredns, node, images_ = (part.folder for part in parts())
    return Built(kube / "kube", containerd, coredns / "coredns", node / "node", images_)


def _build(part: Part) -> None:
    print(f"building {part.title}", flush=True)
    started = time.monotonic()
    part.folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=".building-", dir=part.folder.parent, ignore_cleanup_errors=True
    ) as scratch:
        half = Path(scratch) / part.name
        half.mkdir()
        part.make(half)
        half.rename(part.folder)
    print(f"  done in {time.monotonic() - started:.0f} s", flush=True)


def _forget_old(current: tuple[Part, ...]) -> None:
    """Parts of older pins go when nobody built them for a month; the cache would only grow otherwise."""
    kept = {part.folder for part in current}
    for folder in (places.cache() / "parts").iterdir():
        if folder not in kept and time.time() - folder.stat().st_mtime > KEEP_UNUSED_DAYS * 86400:
            shutil.rmtree(folder, ignore_errors=True)


def _go_part(name: str, title: str, flags: str = "") -> Part:
    source = places.SOURCES / "go" / name
    inputs = tuple(sorted(path for path in source.iterdir() if path.suffix in {".go", ".mod", ".sum"}))
    target = "." if any(path.suffix == ".go" for path in inputs) else "tool"

    def make(folder: Path) -> None:
        output = folder / name if target == "." else f"{folder}{os.sep}"
        command = [gotool.find(), "build", "-mod=readonly", "-trimpath", "-ldflags", f"-s -w {flags}".strip()]
        done = subprocess.run([*command, "-o", output, target], cwd=source, env=gotool.environment(), check=False)
        if done.returncode:
            raise Trouble(
                f"building {title} failed; the reason stands above", "it needs the Go module proxy and 4 GB of memory"
            )

    return Part(name, title, inputs, make, flags)


def _version_flags() -> str:
    """What the components say about themselves; without these a client sees v0.0.0."""
    major, minor, _ = pins.KUBERNETES.split(".")
    says = {"gitVersion": f"v{pins.KUBERNETES}", "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    packages = ("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")
    return " ".join(f"-X {package}.{key}={value}" for package in packages for key, value in says.items())
