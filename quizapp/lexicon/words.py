"""Which words are spelt right, and the one word that a slip of the pen meant. Abstains in doubt."""

import gzip
import re
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quizapp.lexicon.terms import terms

TECHNICAL = (
    "api apis apps autoscaling autoscaler backend backends bool boolean cgroup cgroups config configs cpu cpus daemon "
    "daemons dns docker endpoint endpoints ephemeral filesystem filesystems frontend gateway gateways grpc hostname "
    "html http https io ip ips ipv4 ipv6 json kubectl kubelet lifecycle localhost metadata microservice microservices "
    "minikube namespace namespaces namespaced nginx params plugin plugins preemption rollback rollbacks rollout "
    "rollouts "
    "runtime runtimes schedulable schema selfhealing stateful stateless storage subnet subset tls tcp udp timestamp "
    "unschedulable url urls username usernames workload workloads yaml orchestration orchestrator orchestrate "
    "containerized containerised containerization virtualization reusable scalable scalability declarative imperative "
    "declaratively imperatively idempotent immutable mutable repo repos admin cli gui ui os vm vms ssh git "
    "linux unix aws "
    "ec2 ecs eks gcp gke azure aks etcd unencrypted encryption proxied proxies reachable deployable deployments "
    "pods pod dev env vs etc eg ie ok sidecar sidecars init hostpath emptydir pv pvc crd crds rbac cri cni csi "
    "scheduler schedulers quorum failover rescheduled reschedule reschedules tolerations taint taints mountable "
    "checksum autoscale autoscales autoscaled backoff livenessprobe readiness liveness startup kubeconfig"
)
WORD = re.compile(r"[A-Za-z][A-Za-z']*[A-Za-z]|[A-Za-z]")
SUFFIXES = ("'s", "s", "es", "ed", "d", "ing", "er", "ers", "ly", "able", "ness", "ize", "ized")


@cache
def _known() -> frozenset[str]:
    raw = files("quizapp.lexicon").joinpath("data/words.txt.gz").read_bytes()
    words = set(gzip.decompress(raw).decode().split())
    words.update(TECHNICAL.split())
    for term in terms():
        for name in (term.name, *term.aliases):
            words.update(part.lower() for part in WORD.findall(name))
    return frozenset(words)


def is_word(word: str) -> bool:
    """Whether a word is spelt right, or is one we would not touch: a name with capitals inside, a short form."""
    lower = word.lower()
    if lower in _known() or len(word) < 4 or any(letter.isupper() for letter in word[1:]):
        return True
    return any(lower.endswith(end) and _stem(lower.removesuffix(end)) for end in SUFFIXES)


def _stem(stem: str) -> bool:
    known = _known()
    return len(stem) > 2 and (stem in known or stem + "e" in known or (stem[-1] == stem[-2] and stem[:-1] in known))


@cache
def corrected(word: str) -> str | None:
    """The one known word within a slip (two from eight letters on); None when there is none or a tie."""
    lower = word.lower()
    limit = 1 if len(lower) < 8 else 2
    near = extract(lower, _by_length(len(lower)), scorer=OSA.distance, score_cutoff=limit, limit=3)
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return None
    best = str(near[0][0])
    if best[0] != lower[0]:
        return None
    return best.capitalize() if word[0].isupper() else best


@cache
def _by_length(length: int) -> list[str]:
    return [word for word in _known() if abs(len(word) - length) <= 2]
