"""Typing mistakes in the notes' words: repaired where one word only can be meant, doubted otherwise.

The notes themselves are never changed; repaired words go into questions, and the author gets the list.
"""

import gzip
import re
from collections import Counter
from functools import cache
from importlib import resources

from rapidfuzz.distance import OSA

from quizapp.notes.document import Code, ListBlock, Notes, Paragraph, Table

WORD = re.compile(r"(?<![\w./@:$-])[A-Za-z]{4,24}(?![\w/@:]|\.\w|-\w)")
LONG = 8
OFTEN = 3
ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "er",
    "ers",
    "able",
    "ation",
    "ations",
    "ness",
    "ment",
    "ments",
    "ized",
    "ised",
)
BEGINNINGS = (
    "re",
    "un",
    "non",
    "pre",
    "auto",
    "multi",
    "micro",
    "sub",
    "over",
    "under",
    "inter",
    "self",
    "load",
    "name",
    "work",
)
TECH = frozenset(
    [
        "app",
        "apps",
        "backend",
        "frontend",
        "config",
        "configs",
        "autoscaling",
        "autoscaler",
        "autoscale",
        "yaml",
        "json",
        "http",
        "https",
        "nginx",
        "linux",
        "ubuntu",
        "github",
        "localhost",
        "dockerfile",
        "dockershim",
        "kubelet",
        "kubectl",
        "minikube",
        "etcd",
        "namespace",
        "namespaces",
        "ephemeral",
        "daemon",
        "daemons",
        "webapp",
        "runtime",
        "runtimes",
        "metadata",
        "hostname",
        "hostnames",
        "username",
        "failover",
        "rollout",
        "rollouts",
        "rollback",
        "rollbacks",
        "webhook",
        "webhooks",
        "microservice",
        "microservices",
        "monolith",
        "cron",
        "repo",
        "repos",
        "admin",
        "admins",
        "plugin",
        "plugins",
        "sidecar",
        "endpoint",
        "endpoints",
        "subnet",
        "orchestrator",
        "orchestrators",
        "orchestrate",
        "orchestrates",
        "orchestrated",
        "orchestrating",
        "orchestration",
        "containerized",
        "containerised",
        "containerization",
        "immutable",
        "imperatively",
        "declarative",
        "declaratively",
        "idempotent",
        "reusable",
        "datacenter",
        "filesystem",
        "filesystems",
        "timestamp",
        "unencrypted",
        "encrypted",
        "plaintext",
        "async",
        "redeploy",
        "redeploys",
        "redeployment",
        "scalable",
        "scalability",
        "stateful",
        "stateless",
        "lifecycle",
        "middleware",
        "mongodb",
        "mysql",
        "postgres",
        "redis",
        "kafka",
        "python",
        "golang",
        "nodejs",
        "provisioner",
        "provisioners",
        "provisioned",
        "provisioning",
        "unmount",
        "mounted",
        "remount",
        "daemonset",
        "hypervisor",
        "virtualization",
        "virtualisation",
        "virtualized",
        "localhost",
        "nameserver",
        "dns",
        "udp",
        "tcp",
        "vendor",
        "vendors",
        "templating",
        "templated",
        "changelog",
        "authenticate",
        "authenticates",
        "authorization",
        "authentication",
        "credentials",
        "datastore",
        "datastores",
        "config",
    ]
)


@cache
def dictionary() -> dict[int, list[str]]:
    """The word list by length."""
    text = gzip.decompress((resources.files("quizapp.lexicon") / "data" / "words.txt.gz").read_bytes()).decode()
    found: dict[int, list[str]] = {}
    for word in text.split():
        found.setdefault(len(word), []).append(word)
    return found


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for words in dictionary().values() for word in words) | TECH


class Repair:
    """Repairs texts of one file; a word that the author wrote three times is the author's word."""

    def __init__(self, notes: Notes, vocabulary: frozenset[str]) -> None:
        self.known = _known_words() | vocabulary
        self.counts = Counter(word.casefold() for line in notes.source for word in re.findall(r"[A-Za-z]{4,24}", line))
        self.notes = notes
        self.cache: dict[str, str] = {}

    def text(self, text: str) -> str:
        """The text with the words repaired that are sure."""
        return WORD.sub(lambda found: self._word(found.group()), text)

    def doubtful(self, text: str) -> list[str]:
        """Words that are neither known nor the author's own."""
        found = (found.group() for found in WORD.finditer(text))
        return [word for word in found if not self.is_known(word)]

    def found(self) -> list[tuple[int, str, str]]:
        """Line, word as written and as meant, once for each word, for prose only."""
        seen: dict[str, tuple[int, str, str]] = {}
        for number, text in _prose(self.notes):
            for found in WORD.finditer(re.sub(r"`[^`]*`", " ", text)):
                written = found.group()
                meant = self._word(written)
                if meant != written:
                    seen.setdefault(written.casefold(), (number, written, meant))
        return sorted(seen.values())

    def is_known(self, word: str) -> bool:
        """Known as it is, by its stem, as a name, or by being used again and again."""
        low = word.casefold()
        if low in self.known or self.counts[low] >= OFTEN or not word[1:].islower():
            return True
        return _by_stem(low, self.known)

    def _word(self, word: str) -> str:
        low = word.casefold()
        if low not in self.cache:
            self.cache[low] = low if self.is_known(word) else self._meant(low)
        meant = self.cache[low]
        if meant == low:
            return word
        return meant.capitalize() if word[0].isupper() else meant

    def _meant(self, low: str) -> str:
        """The one nearest word that begins alike; the same word when there is none or more than one."""
        reach = 2 if len(low) >= LONG else 1
        best: dict[int, set[str]] = {}
        for size in range(len(low) - reach, len(low) + reach + 1):
            for word in dictionary().get(size, ()):
                self._weigh(low, word, reach, best)
        for word in self.known - _known_words():
            if abs(len(word) - len(low)) <= reach:
                self._weigh(low, word, reach, best)
        for distance in sorted(best):
            return next(iter(best[distance])) if len(best[distance]) == 1 else low
        return low

    def _weigh(self, low: str, word: str, reach: int, best: dict[int, set[str]]) -> None:
        if word[0] != low[0] and word[1:3] != low[1:3]:
            return
        distance = OSA.distance(low, word, score_cutoff=reach)
        if distance <= reach:
            best.setdefault(distance, set()).add(word)


def _by_stem(low: str, known: frozenset[str]) -> bool:
    for ending in ENDINGS:
        stem = low.removesuffix(ending)
        if (
            stem != low
            and len(stem) >= 3
            and (stem in known or f"{stem}e" in known or (stem[:-1] in known and stem[-1] == stem[-2]))
        ):
            return True
    return any(low.startswith(start) and low[len(start) :] in known for start in BEGINNINGS)


def _prose(notes: Notes) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for section in notes.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found += [(line.number, line.text) for line in block.lines]
            elif isinstance(block, ListBlock):
                found += [(item.first, item.text) for item in block.items]
            elif isinstance(block, Table):
                found += [(row.number, " ".join(row.cells)) for row in block.rows]
            else:
                assert isinstance(block, Code)
    return found
