"""Unpacks zstd in pieces: with the standard library from Python 3.14 on, with the package zstandard before."""

import sys
from collections.abc import Iterator
from typing import IO

from quizapp.exchange.errors import BadFile

MAGIC = b"\x28\xb5\x2f\xfd"
WINDOW_LOG = 27  # how much a stream may make the reader remember: 128 MB


def unzstd(source: IO[bytes], piece: int) -> Iterator[bytes]:
    """What one stream holds, in pieces of at most `piece` bytes; raises BadFile for what is none, or is cut off."""
    if source.read(len(MAGIC)) != MAGIC:
        raise _damaged("it does not begin as zstd does")
    source.seek(0)
    if sys.version_info >= (3, 14):
        yield from _by_library(source, piece)
    else:
        yield from _by_package(source, piece)


def _by_package(source: IO[bytes], piece: int) -> Iterator[bytes]:
    import zstandard

    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << WINDOW_LOG).stream_reader(
            source, read_size=piece, read_across_frames=True, closefd=False
        ) as reader:
            while made := reader.read(piece):
                yield made
    except zstandard.ZstdError as error:
        raise _damaged(error) from error


def _by_library(source: IO[bytes], piece: int) -> Iterator[bytes]:
    from compression import zstd  # type: ignore[import-not-found]

    options = {zstd.DecompressionParameter.window_log_max: WINDOW_LOG}
    try:
        with zstd.ZstdFile(source, options=options) as reader:
            while made := reader.read(piece):
                yield made
    except (zstd.ZstdError, EOFError) as error:
        raise _damaged(error) from error


def _damaged(why: object) -> BadFile:
    return BadFile(f"holds a collection that cannot be unpacked ({why}); it is damaged or cut off")
