"""Sentences as people note them, for the topics of the lexicon: what they claim, and what only sounds like it."""

import pytest

from quizapp.lexicon.load import lexicon
from quizapp.notes.parse import parse_notes
from quizapp.questions.align import align
from quizapp.questions.repair import Repair
from quizapp.questions.statement import statements


def terms(text: str) -> list[str]:
    """The terms that the notes make a claim about."""
    notes, known = parse_notes(f"# Notes\n\n{text}\n"), lexicon()
    return [one.term.id for one in align(statements(notes), known, Repair(notes, known.words))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("- Taints: keep pods away from a node", "taint"),
        ("A toleration allows a Pod to be scheduled on a node with a matching taint.", "toleration"),
        ("- nodeSelector: simplest way to constrain pods to nodes with a label", "node-selector"),
        ("- pod anti-affinity: two replicas never on the same node, keeps pods apart", "pod-anti-affinity"),
        ("- topologySpreadConstraints - spread pods evenly across zones", "topology-spread"),
        ("- NoExecute: pods already running on the node are evicted", "noexecute"),
        ("- PDB: limits how many pods can be down during voluntary disruptions", "poddisruptionbudget"),
        ("- VPA: adjusts the cpu and memory requests of containers to their actual usage", "verticalpodautoscaler"),
        ("- Cluster autoscaler: adds nodes when pods are pending", "cluster-autoscaler"),
        ("- metrics-server: collects cpu and memory usage of nodes and pods", "metrics-server"),
        ("- Authentication: proves who you are", "authentication"),
        ("- Authorization: what are you allowed to do", "authorization"),
        ("- mutating webhooks - can modify the object", "mutating-webhook"),
        ("RBAC rules are purely additive, there are no deny rules.", "rbac-facts"),
        ("- runAsNonRoot: container must not run as root", "runasnonroot"),
        ("- seccomp: restricts the syscalls a process can make", "seccomp"),
        ("- cgroups: limit cpu and memory of processes", "cgroup"),
        ("- CRD: defines a custom kind in the API", "crd"),
        ("- Finalizer: blocks deletion of an object until cleanup is done", "finalizer"),
        ("- Prometheus: scrapes metrics from targets", "prometheus"),
        ("- Canary: only a small percentage of users get the new version", "canary"),
        ("- init containers: run before the app containers start", "init-container"),
        ("- Sidecar: helper container running alongside the main container", "sidecar-container"),
        ("- CrashLoopBackOff: the container crashes again and again", "crashloopbackoff"),
        ("- OOMKilled: the container used more memory than its limit", "oomkilled"),
        ("- maxSurge: how many pods above the desired number", "maxsurge"),
        ("- Cilium: networking based on eBPF", "cilium"),
        ("- kubectl drain: evicts all pods from the node", "kubectl-drain"),
        ("- `kubectl cordon node1`: mark node as unschedulable", "kubectl-cordon"),
        ("- `helm rollback web 1`: go back to a previous revision", "helm-rollback"),
        ("- kubeadm join: add a worker node to the cluster", "kubeadm-join"),
        ("- docker compose up: start all services", "docker-compose-up"),
    ],
)
def test_what_is_noted_of_a_term_is_recognised(text: str, term: str) -> None:
    assert set(terms(text)) == {term}


@pytest.mark.parametrize(
    "text",
    [
        "- Taints: see the lab on Friday",
        "A toleration does not repel a Pod.",
        "- Privileged: a container with all rights of the host",
        "- stable: my favourite release of Debian, for production use",
        "- Allow: overlapping subnets",
        "- Replace: the old battery with a new one",
        "- FROM: the start of the image of a film",
        "- USER: the account that runs the command",
        "- Bound: to the mast by a claim of the sailors",
        "- base: directory for manifests of ships",
        "- exec: a command of the shell that exits with code 0",
        "- Authentication: next week",
        "- Prometheus: a titan who stole fire",
        "- Loki: god of mischief",
        "- finalizers: none in this course",
        "- Canary: a yellow bird",
        "- kubectl drain: careful!",
        "- NoSchedule vs NoExecute?",
        "- Lease: the flat for a year",
        "- Falling pods are not evicted by taints",
        "kubectl exec needs the name of the pod",
        "kubectl rollout undo needs revisionHistoryLimit above 0",
        "kubectl rollout restart deployment web takes a while",
        "kubectl create secret needs a type",
        "kubectl apply keeps the last applied configuration in an annotation",
        "- `kubectl set env`: to update the env var in the config map",
        "- `kubectl get pod web -o yaml`: see the status field",
        "- `kubectl get pods -L app`: a column for the label app",
        "minikube ip is needed for NodePort",
        "docker login stores credentials for the registry",
        "- helm list: list all charts",
        "kubeadm token create --print-join-command has to be run as root",
        "the git repository is the single source of truth for the code",
        "logs are lost when the pod crashes",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize(
    ("text", "look_alike", "term"),
    [
        ("Authentication: who are you", "Authentication: users come from an identity provider", "authentication"),
        (
            "Authorization checks if a user is allowed to do something",
            "Authorization may use several modules for a request",
            "authorization",
        ),
        (
            "Admission control validates or mutates requests",
            "Admission controllers see requests that modify objects",
            "admission-control",
        ),
        ("RBAC rules are purely additive", "RBAC only allows admins to create namespaces here", "rbac-facts"),
        ("RBAC grants permissions through roles", "RBAC stands for role-based access control", "rbac"),
        (
            "Secrets are base64 encoded, not encrypted",
            "Secret values are base64 encoded, ConfigMap values not",
            "secret-facts",
        ),
        (
            "Mutating webhooks first, then validating webhooks",
            "Mutating and validating webhooks run before etcd",
            "request-facts",
        ),
        (
            "A RoleBinding can reference a ClusterRole in its namespace",
            "RoleBinding: in a namespace, ClusterRoleBinding: everywhere",
            "rbac-rules",
        ),
        (
            "No ServiceAccount given: the Pod uses the one named default",
            "By default a Pod does not need its service account",
            "serviceaccount-facts",
        ),
        ("- enforce: rejects pods that violate the policy", "- CNI: enforces policies, blocks pods", "pod-security"),
        (
            "Upgrade the control plane first, then the worker nodes",
            "First upgrade kubeadm on the control plane, then the kubelet",
            "cluster-upkeep",
        ),
        ("kubeadm: bootstraps a cluster", "kubeadm can create a token for a node of the cluster", "kubeadm"),
        ("Docker Hub: a public registry", "Docker Hub limits how often a registry can be used", "docker-hub"),
        (
            "A container's data is lost when the container is removed from Docker",
            "Docker volume: not lost when a container is deleted",
            "image-facts",
        ),
        (
            "Image tag: latest by default",
            "Pull policy of an image: Always if the tag is latest or omitted",
            "image-facts",
        ),
        (
            "With the tag latest the default pull policy is Always",
            "Pull policy Always: you always get the latest image",
            "pull-facts",
        ),
        (
            "- `docker run -v /data:/data nginx`: mount a volume",
            "- docker compose down -v: removes each volume",
            "docker-facts",
        ),
        ("EXPOSE only documents the port, `-p` publishes it", "EXPOSE does not publish the port", "docker-facts"),
    ],
)
def test_a_line_is_cited_only_for_what_it_says_itself(text: str, look_alike: str, term: str) -> None:
    assert term in terms(text)
    assert term not in terms(look_alike)


def test_there_are_terms_enough_of_every_type() -> None:
    known = lexicon()
    assert len(known.terms) >= 300
    counted = {name: sum(term.type == name for term in known.terms.values()) for name in known.types}
    assert {name for name, count in counted.items() if count < 2} == set()
    assert all(term.claims for term in known.terms.values())


def test_no_claim_gives_its_own_term_away_in_all_forms() -> None:
    """A claim whose words hold the term's name can be a card only; most must be more than that."""
    from quizapp.questions.bench import leaks

    claims = [(term, claim) for term in lexicon().terms.values() for claim in term.claims if not claim.anywhere]
    leaking = [claim.id for term, claim in claims if leaks(claim.says, term.name)]
    assert len(leaking) < 0.3 * len(claims), leaking


@pytest.mark.parametrize(
    ("claimed", "too"),
    [
        ("kubectl-create-secret", "kubectl-apply"),
        ("kubectl-scale", "kubectl-autoscale"),
        ("kubectl-rollout-restart", "kubectl-set-image"),
        ("kubectl-cordon", "kubectl-taint"),
        ("docker-pull", "docker-run"),
        ("minikube-service", "minikube-tunnel"),
        ("helm-repo-update", "helm-dependency-update"),
        ("kubeadm-token-create", "kubeadm-init"),
        ("kubeadm-certs-renew", "kubeadm-upgrade"),
        ("helm-values", "helm-release"),
        ("finalizer", "owner-reference"),
        ("canary", "ab-testing"),
    ],
)
def test_what_does_the_same_is_never_offered_as_wrong(claimed: str, too: str) -> None:
    known = lexicon()
    term, other = known.terms[claimed], known.terms[too]
    assert term.type == other.type
    assert known.related(term, other) or all(too in claim.also for claim in term.claims)
