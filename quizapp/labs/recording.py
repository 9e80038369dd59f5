"""A round of evidence as plain data and back: kept with a passed step, recorded for tests, judged again later.

A file of it holds the baseline of the run too, for `changed`.

Nothing secret goes in (quizapp.labs.redact), so a check of an environment value or of a Secret's value cannot be judged
again from a recording; everything else can.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from quizapp.labs.evidence import Allowed, Evidence, HttpGet, HttpReply, LogsOf, Review
from quizapp.labs.redact import redacted_object
from quizapp.labs.trouble import Unreadable

LARGEST_LIST = 200
LONGEST_TEXT = 2000
Plain = dict[str, Any]


class BadRecording(ValueError):
    """A text that `write_recording` did not write, in words that go after the name of the file."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One round of reading, and what was there when the lab was started."""

    evidence: Evidence
    baseline: Mapping[str, Any]


def write_recording(evidence: Evidence, baseline: Mapping[str, Any]) -> str:
    """The text of a file: one line of JSON, the same bytes for the same answers."""
    data = {"baseline": baseline, "evidence": record(evidence)}
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_recording(text: str) -> Recording:
    """What such a file holds; BadRecording when it is another one."""
    try:
        data = json.loads(text)
        return Recording(replayed(data["evidence"]), data["baseline"])
    except json.JSONDecodeError as error:
        raise BadRecording(f"is not JSON (line {error.lineno}: {error.msg})") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRecording("is no recording of a cluster's answers") from error


def record(evidence: Evidence, *, events: bool = True) -> Plain:
    """The evidence as JSON can hold it; events may be left out, since they only enrich."""
    lists = {kind: found for kind, found in evidence.lists.items() if events or kind != "Event"}
    return {
        "at": evidence.at.isoformat(),
        "context": evidence.context,
        "cluster_uid": evidence.cluster_uid,
        "version": evidence.version,
        "namespace": evidence.namespace,
        "lists": {kind: _part(found, _items) for kind, found in lists.items()},
        "elsewhere": {kind: [_place(item) for item in items] for kind, items in evidence.elsewhere.items()},
        "http": _pairs(evidence.http, _reply),
        "reviews": _pairs(evidence.reviews, asdict),
        "logs": _pairs(evidence.logs, _ends),
        **({"answers": dict(evidence.answers)} if evidence.answers else {}),
    }


def replayed(data: Mapping[str, Any]) -> Evidence:
    """What `record` wrote, to be judged again."""
    return Evidence(
        context=data["context"],
        cluster_uid=data["cluster_uid"],
        version=data["version"],
        namespace=data["namespace"],
        at=datetime.fromisoformat(data["at"]),
        lists={kind: _found(part, tuple) for kind, part in data["lists"].items()},
        elsewhere={kind: tuple(items) for kind, items in data["elsewhere"].items()},
        http={HttpGet(**pair["of"]): _found(pair["is"], lambda part: HttpReply(**part)) for pair in data["http"]},
        reviews={_review(pair["of"]): _found(pair["is"], lambda part: Allowed(**part)) for pair in data["reviews"]},
        logs={LogsOf(**pair["of"]): _found(pair["is"], dict) for pair in data["logs"]},
        answers=dict(data.get("answers") or {}),
    )


def _part(found: Any, keep: Callable[[Any], Any]) -> Any:
    return {"unreadable": asdict(found)} if isinstance(found, Unreadable) else keep(found)


def _found(part: Any, make: Callable[[Any], Any]) -> Any:
    if isinstance(part, Mapping) and set(part) == {"unreadable"}:
        return Unreadable(**part["unreadable"])
    return make(part)


def _pairs(answers: Mapping[Any, Any], keep: Callable[[Any], Any]) -> list[Plain]:
    return [{"of": asdict(need), "is": _part(found, keep)} for need, found in answers.items()]


def _items(found: Any) -> list[Plain]:
    return [redacted_object(item) for item in found[:LARGEST_LIST]]


def _place(item: Mapping[str, Any]) -> Plain:
    """Of an object elsewhere only what tells that it is there."""
    metadata = {key: item["metadata"].get(key) for key in ("name", "namespace")}
    return {"kind": item.get("kind"), "metadata": metadata}


def _reply(reply: HttpReply) -> Plain:
    return {"status": reply.status, "headers": dict(reply.headers), "body": reply.body[:LONGEST_TEXT]}


def _ends(written: Mapping[str, str]) -> dict[str, str]:
    return {pod: text[-LONGEST_TEXT:] for pod, text in written.items()}


def _review(data: Mapping[str, Any]) -> Review:
    return Review(**{**data, "groups": tuple(data["groups"])})
