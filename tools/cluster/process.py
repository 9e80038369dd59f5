"""Processes by number and start time, so that a number used again is never taken for the old process."""

import time
from pathlib import Path


def identity(pid: int) -> str:
    """What `alive` recognises the process by, in this boot."""
    return f"{pid} {_fields(pid)[19]} {_boot()}"


def alive(identity_: str) -> int | None:
    """The process's number while it runs; None for an empty identity, a zombie and a stranger with its number."""
    words = identity_.split()
    if len(words) != 3 or words[2] != _boot():
        return None
    fields = _fields(int(words[0]))
    running = bool(fields) and fields[0] not in {"Z", "X"} and fields[19] == words[1]
    return int(words[0]) if running else None


def children(pid: int) -> list[int]:
    everyone = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [child for child in everyone if (fields := _fields(child)) and fields[1] == str(pid)]


def await_end(pid: int, seconds: float = 10) -> bool:
    """Whether the process ended in time; a zombie has ended."""
    deadline = time.monotonic() + seconds
    while (fields := _fields(pid)) and fields[0] not in {"Z", "X"}:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _fields(pid: int) -> list[str]:
    """/proc/PID/stat from the state on (parent second, start time twentieth); empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
