"""Style sheets, scripts and pictures, kept in memory under an address that changes with their content.

One digest names the whole folder, so that a script can import its neighbour by a relative address.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

FOLDER = Path(__file__).parent / "static"
PACKED = (".css", ".js", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file and its packed twin, when packing it helps."""

    body: bytes
    packed: bytes | None
    mimetype: str


def serve_assets(app: Flask) -> None:
    """Adds the address of every file in static/ and `asset(name)` for templates."""
    assets = {path.relative_to(FOLDER).as_posix(): _read(path) for path in sorted(FOLDER.rglob("*")) if path.is_file()}
    digest = _digest(assets)

    def static(build: str, name: str) -> Response:
        if build != digest or name not in assets:
            abort(404)
        return _reply(assets[name])

    def asset(name: str) -> str:
        assert name in assets, f"no file {name} in static/"
        return f"/static/{digest}/{name}"

    app.add_url_rule("/static/<build>/<path:name>", "static", static)
    app.add_template_global(asset)


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in PACKED else None
    return Asset(body=body, packed=packed, mimetype=_mimetype(path.suffix))


def _mimetype(suffix: str) -> str:
    """Told here for what browsers insist on: a Windows registry may say that a script is plain text."""
    known = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    return known.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def _digest(assets: dict[str, Asset]) -> str:
    total = hashlib.sha256()
    for name, asset in assets.items():
        total.update(f"{name}\0{len(asset.body)}\0".encode())
        total.update(asset.body)
    return total.hexdigest()[:12]


def _reply(asset: Asset) -> Response:
    packed = asset.packed is not None and "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(asset.packed if packed else asset.body, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response
