"""`serves`: an HTTP answer fetched through the API server's Service proxy.

It shows that a ready Pod behind the Service answers; it bypasses kube-proxy, DNS and network policy, and picks
any endpoint.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, HttpGet, HttpReply, ListOf, Need
from quizapp.labs.finding import Finding, shown
from quizapp.labs.schema import Schema

KEYS = ("port", "path", "status", "body", "header")


@dataclass(frozen=True, slots=True)
class Serves:
    """What one GET through one Service must bring."""

    target: Target
    need: HttpGet
    status: int
    body: str | None
    header: tuple[tuple[str, str], ...]

    def needs(self) -> Sequence[Need]:
        """The Service, what stands behind it, and its answer."""
        return [ListOf("Service"), ListOf("EndpointSlice"), ListOf("Pod"), self.need]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """Findings where the answer is not the expected one."""
        if evidence.find("Service", self.target.name) is None:
            return Outcome((not_there(self.target, None),))
        reply = evidence.reply(self.need)
        where = f"{self.target.title} GET {self.need.path} on port {self.need.port}"
        if reply is None:
            return Outcome((Finding(where, f"HTTP {self.status}", "no answer"),))
        if reply.status != self.status:
            waiting = reply.status == 503 and not reply.refused
            return Outcome((Finding(where, f"HTTP {self.status}", _status(reply)),), waiting=waiting)
        return Outcome(tuple(self._content(reply, where)))

    def _content(self, reply: HttpReply, where: str) -> list[Finding]:
        findings = []
        if self.body is not None and self.body not in reply.body:
            findings.append(Finding(f"{where}: body", f"contains {self.body!r}", shown(reply.body.strip())))
        for name, start in self.header:
            value = reply.headers.get(name.lower())
            if value is None or not value.startswith(start):
                findings.append(Finding(f"{where}: header {name}", f"starts with {start!r}", shown(value)))
        return findings


def _status(reply: HttpReply) -> str:
    if reply.refused:
        return "no answer: the connection to the Pod is refused"
    return "no answer: no ready Pod behind it" if reply.status == 503 else f"HTTP {reply.status}"


SCHEMA: Schema = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {
        "type": "object",
        "properties": {
            "port": {"type": ["integer", "string"]},
            "path": {"type": "string"},
            "status": {"type": "integer"},
            "body": {"type": "string"},
            "header": {"type": "object"},
        },
        "required": ["port"],
        "additionalProperties": False,
    },
}


def parse(data: Any, targets: Mapping[str, Target]) -> Serves:
    """`{alias: {port: 80, path: /, status: 200, body: text, header: {Server: nginx/}}}`."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise BadCheck((), "serves takes one Service and what it must answer")
    alias, wanted = next(iter(data.items()))
    target = target_of(targets, alias, (alias,))
    if target.kind != "Service":
        raise BadCheck((alias,), "serves takes a Service")
    if not isinstance(wanted, Mapping) or "port" not in wanted:
        raise BadCheck((alias,), "must name the port of the Service")
    for key in wanted:
        if key not in KEYS:
            raise BadCheck((alias, key), f"unknown {key!r}; known are {', '.join(KEYS)}")
    header = wanted.get("header") or {}
    return Serves(
        target=target,
        need=HttpGet(target.name, str(wanted["port"]), str(wanted.get("path", "/"))),
        status=int(wanted.get("status", 200)),
        body=wanted.get("body"),
        header=tuple((str(name), str(value)) for name, value in header.items()),
    )
