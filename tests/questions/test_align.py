"""Which claims notes make, and when the alignment abstains."""

import pytest

from quizapp.lexicon.load import lexicon
from quizapp.notes.parse import parse_notes
from quizapp.questions.align import align
from quizapp.questions.repair import Repair
from quizapp.questions.statement import statements


def claims(text: str) -> list[str]:
    notes, known = parse_notes(text), lexicon()
    return [one.claim.id.split("/")[0] for one in align(statements(notes), known, Repair(notes, known.words))]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("etcd: key value store wich holds the state of the cluster", "etcd"),
        ("- **kube-proxy** - maintains network rules on nodes", "kube-proxy"),
        ("The scheduler assigns a node to every new pod.", "kube-scheduler"),
        ("| name | role |\n|---|---|\n| kubelet | makes sure containers run in pods |", "kubelet"),
        ("```\n# list the pods\nkubectl get pods\n```", "kubectl-get"),
        ("## The Pod object\n\n- the smallest unit of k8s", "pod"),
        ("K8s will:\n- restart pods if they fail", "kubernetes"),
        ("Kubernetes is open source.\n\nIt's a collection of tools to deploy containers", "kubernetes"),
        ("PersistentVolumeClaim (PVC): a request for storage", "persistentvolumeclaim"),
    ],
)
def test_notes_in_any_form_make_the_claim(text: str, term: str) -> None:
    assert term in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "etcd does not store the state of the cluster",
        "Does etcd store the cluster state?",
        "Before 1.24 the kubelet used dockershim to run containers of pods",
        "A StatefulSet, unlike a Deployment, keeps a sticky identity",
        "etcd and the kubelet store the state of the cluster",
        "## Lab\n\netcd: stores the state of the cluster",
        "## TODO\n\n- kubelet: runs the containers of the pods",
        "kubelet: the name comes from kube",
        "Delete: removes the volume and its storage",
    ],
)
def test_it_abstains_in_doubt(text: str) -> None:
    assert claims(text) == []


def test_a_sentence_with_a_subject_of_its_own_is_not_about_its_heading() -> None:
    assert claims("# Kustomize\n\nAn overlay changes the YAML of a base.\n") == []
    assert claims("# Kustomize\n\nA tool that customizes YAML with overlays.\n") == ["kustomize"]
