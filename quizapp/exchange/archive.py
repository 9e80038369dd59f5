"""Takes the collection out of an Anki package, or refuses the file. Trusts nothing that the file says of itself.

Everything is streamed to a temporary file in pieces, and stops at a limit: what is declared and what really comes out.
Nothing is ever written under a name from the archive. Newer packages hold a decoy beside the collection
(`collection.anki2` with one note that says to update Anki), so that the newest form that is there is the one to read.
"""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from quizapp.exchange.errors import BadFile
from quizapp.exchange.zstd import unzstd

MB = 1024 * 1024
LARGEST_FILE = 256 * MB  # the package with its media
LARGEST_COLLECTION = 128 * MB
LARGEST_DIRECTORY = 8 * MB  # the list of names, which zipfile reads at once
PIECE = MB // 4

NEWEST, LEGACY, FIRST = FORMS = ("collection.anki21b", "collection.anki21", "collection.anki2")
SQLITE = b"SQLite format 3\x00"
END, END_64 = b"PK\x05\x06", b"PK\x06\x07"
END_SIZE, LONGEST_COMMENT = 22, 65535
# All that zipfile raises for an archive that is not what it says.
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError)


@contextmanager
def collection_of(package: IO[bytes]) -> Iterator[Path]:
    """The path of a SQLite file that lives while the block runs; raises BadFile for what holds none."""
    _check_size(package)
    with TemporaryDirectory(prefix="quizapp-") as folder:
        path = Path(folder) / "collection"
        _extract(package, path)
        yield path


def _extract(package: IO[bytes], path: Path) -> None:
    try:
        with zipfile.ZipFile(package) as archive:
            name = _choose(archive)
            with archive.open(name) as source, path.open("wb") as target:
                _copy(source, target, packed=name == NEWEST)
    except BadFile:
        raise
    except NotImplementedError as error:
        raise BadFile(f"is packed in a way that Anki does not use ({error})") from error
    except RuntimeError as error:
        raise BadFile("is locked with a password; export it from Anki without one") from error
    except DAMAGED as error:
        raise BadFile(f"is damaged or cut off ({error}); export it from Anki again") from error
    with path.open("rb") as made:
        if made.read(len(SQLITE)) != SQLITE:
            raise BadFile("holds a collection that is no SQLite database; it is damaged")


def _check_size(package: IO[bytes]) -> None:
    """Looks at the end of the archive before zipfile reads its whole list of names into memory."""
    size = package.seek(0, os.SEEK_END)
    if size > LARGEST_FILE:
        raise BadFile(f"is {size // MB} MB; the limit is {LARGEST_FILE // MB} MB. Export it from Anki without media")
    package.seek(max(0, size - END_SIZE - LONGEST_COMMENT - 20))
    tail = package.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) - place < END_SIZE:
        raise BadFile("is no Anki package (.apkg), which is a zip archive, or it is cut off")
    if END_64 in tail[max(0, place - 20) : place]:
        raise BadFile("is a zip archive for huge files, which Anki does not make")
    if int.from_bytes(tail[place + 12 : place + 16], "little") > LARGEST_DIRECTORY:
        raise BadFile("holds far too many files for an Anki package")
    package.seek(0)


def _choose(archive: zipfile.ZipFile) -> str:
    """The name of the collection to read."""
    names = archive.namelist()
    for name in names:
        if name.startswith(("/", "\\")) or ":" in name[:3] or ".." in name.replace("\\", "/").split("/"):
            raise BadFile(f"holds a file whose name leads out of the archive ({name[:60]!r})")
    found = next((name for name in FORMS if name in names), None)
    if found is None:
        raise BadFile("is a zip archive without an Anki collection in it")
    if names.count(found) > 1:
        raise BadFile(f"holds {found} more than once")
    if archive.getinfo(found).file_size > LARGEST_COLLECTION:
        raise BadFile(too_large(archive.getinfo(found).file_size))
    return found


def too_large(size: int) -> str:
    """The words for a collection that goes past the limit."""
    return f"holds a collection of {size // MB} MB or more; the limit is {LARGEST_COLLECTION // MB} MB"


def _copy(source: IO[bytes], target: IO[bytes], *, packed: bool) -> None:
    """Copies piece by piece, and stops when more comes out than may."""
    size = 0
    for piece in unzstd(source, PIECE) if packed else iter(lambda: source.read(PIECE), b""):
        size += len(piece)
        if size > LARGEST_COLLECTION:
            raise BadFile(too_large(size))
        target.write(piece)
