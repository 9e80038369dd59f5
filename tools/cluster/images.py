"""Makes the container images of the cluster from static programs, as blobs that the node's registry serves.

They bear public names and behave as the public ones do where labs look: a shell, a Server header, a quick stop.
"""

import hashlib
import io
import json
import os
import platform
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

from tools.cluster import pins

ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NGINX = {
    "1.14.2": ("1.14.2", "1.14"),
    "1.16.1": ("1.16.1", "1.16"),
    "1.25.5": ("1.25.5", "1.25"),
    "1.26.3": ("1.26.3", "1.26"),
    "1.27.5": ("1.27.5", "1.27", "1.27-alpine"),
    "1.28.0": ("1.28.0", "1.28", "1.28-alpine", "stable"),
    "1.29.1": ("1.29.1", "1.29", "1.29-alpine", "alpine", "mainline", "latest"),
}
BUSYBOX_TAGS = ("1.28", "1.35", "1.36", "1.36.1", "1.37", "1.37.0", "latest")
WELCOME = b"""<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body>
<h1>Welcome to nginx!</h1>
<p>The web server answers: this page is served from /usr/share/nginx/html.</p>
</body>
</html>
"""
USERS = b"""root:x:0:0:root:/root:/bin/sh
nginx:x:101:101:nginx:/nonexistent:/bin/false
nobody:x:65534:65534::/:/bin/false
"""


@dataclass
class Layer:
    """A tar file in the making; every byte depends on what is put in alone."""

    entries: dict[str, tuple[tarfile.TarInfo, bytes]] = field(default_factory=dict)

    def add(self, path: str, data: bytes, mode: int = 0o644) -> "Layer":
        entry = tarfile.TarInfo(path)
        entry.size, entry.mode = len(data), mode
        return self._put(entry, data)

    def link(self, path: str, target: str) -> "Layer":
        entry = tarfile.TarInfo(path)
        entry.type, entry.linkname = tarfile.SYMTYPE, target
        return self._put(entry)

    def folder(self, path: str, mode: int = 0o755) -> "Layer":
        entry = tarfile.TarInfo(path)
        entry.type, entry.mode = tarfile.DIRTYPE, mode
        self._parents(path)
        self.entries[path] = (entry, b"")
        return self

    def packed(self) -> bytes:
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w") as archive:
            for entry, data in self.entries.values():
                archive.addfile(entry, io.BytesIO(data))
        return target.getvalue()

    def _put(self, entry: tarfile.TarInfo, data: bytes = b"") -> "Layer":
        self._parents(entry.name)
        self.entries[entry.name] = (entry, data)
        return self

    def _parents(self, path: str) -> None:
        parent = os.path.dirname(path)
        if parent and parent not in self.entries:
            self.folder(parent)


@dataclass
class Shelf:
    """The folder that the registry serves: blobs by digest, and which digest a name and tag has."""

    root: Path
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def image(
        self, repository: str, tags: tuple[str, ...], layers: tuple[bytes, ...], config: dict[str, object]
    ) -> None:
        """Files one image under its tags."""
        digests = [self._blob(layer) for layer in layers]
        about = {"architecture": ARCHITECTURE, "os": "linux", "config": config}
        text = json.dumps({**about, "rootfs": {"type": "layers", "diff_ids": digests}}).encode()
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": _described("application/vnd.oci.image.config.v1+json", self._blob(text), text),
            "layers": [
                _described("application/vnd.oci.image.layer.v1.tar", digest, layer)
                for digest, layer in zip(digests, layers, strict=True)
            ],
        }
        digest = self._blob(json.dumps(manifest).encode())
        self.names.setdefault(repository, {}).update(dict.fromkeys(tags, digest))

    def close(self) -> None:
        (self.root / "images.json").write_text(json.dumps(self.names, indent=1, sort_keys=True))

    def _blob(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        folder = self.root / "blobs"
        folder.mkdir(exist_ok=True)
        (folder / digest).write_bytes(data)
        return f"sha256:{digest}"


def make(root: Path, *, busybox: Path, coredns: Path, node: Path) -> None:
    """Fills an empty folder with every image that the cluster can pull."""
    shelf = Shelf(root)
    shell, small = _shell(busybox), Layer().add("usr/sbin/node", node.read_bytes(), 0o755)
    server = small.link("usr/sbin/nginx", "node").folder("etc/nginx/conf.d").packed()
    repository, tag = _split(pins.PAUSE_IMAGE)
    pause = Layer().add("pause", node.read_bytes(), 0o755).packed()
    shelf.image(repository, (tag, "3.10", "3.9"), (pause,), {"Entrypoint": ["/pause"], "User": "65535:65535"})
    repository, tag = _split(pins.COREDNS_IMAGE)
    shelf.image(
        repository,
        (tag,),
        (Layer().add("coredns", coredns.read_bytes(), 0o755).packed(),),
        {"Entrypoint": ["/coredns"]},
    )
    shelf.image("library/busybox", BUSYBOX_TAGS, (shell,), {"Cmd": ["sh"], "Env": [PATH]})
    for version, tags in NGINX.items():
        shelf.image("library/nginx", tags, (shell, server, _pages(version, 80)), _nginx(version, 80))
        shelf.image(
            "nginxinc/nginx-unprivileged",
            tags,
            (shell, server, _pages(version, 8080)),
            _nginx(version, 8080) | {"User": "101"},
        )
    shelf.close()


def _shell(busybox: Path) -> bytes:
    listed = subprocess.run([busybox, "--list"], capture_output=True, text=True, check=True).stdout.split()
    layer = Layer().folder("tmp", 0o1777).folder("root", 0o700).folder("var/run").folder("run")
    layer.add("bin/busybox", busybox.read_bytes(), 0o755).add("etc/passwd", USERS)
    layer.add("etc/group", b"root:x:0:\nnginx:x:101:\nnogroup:x:65534:\n")
    for applet in listed:
        if applet != "busybox":
            layer.link(f"bin/{applet}", "busybox")
    return layer.packed()


def _pages(version: str, port: int) -> bytes:
    layer = Layer().add("usr/share/nginx/html/index.html", WELCOME).add("etc/nginx/version", f"{version}\n".encode())
    return layer.add("etc/nginx/conf.d/default.conf", f"server {{\n    listen {port};\n}}\n".encode()).packed()


def _nginx(version: str, port: int) -> dict[str, object]:
    return {
        "Cmd": ["nginx", "-g", "daemon off;"],
        "Env": [PATH, f"NGINX_VERSION={version}"],
        "ExposedPorts": {f"{port}/tcp": {}},
        "StopSignal": "SIGQUIT",
    }


def _split(image: str) -> tuple[str, str]:
    """Repository without its host, and tag."""
    repository, tag = image.split("/", 1)[1].rsplit(":", 1)
    return repository, tag


def _described(kind: str, digest: str, data: bytes) -> dict[str, object]:
    return {"mediaType": kind, "digest": digest, "size": len(data)}
