"""Each lint stops its class of bad items and lets a good one pass."""

from dataclasses import replace

import pytest
from parts import choice, item

from quizapp.questions.item import Item
from quizapp.questions.lint import sift
from quizapp.questions.registry import LINTS

GOOD = choice("Which component stores the state of the cluster?", "etcd", "kubelet", "kube-proxy")
BAD = {
    "options": choice("Which component stores the state?", "etcd", "kubelet"),
    "pairs": item("matching", stem="Match each object with its use.", pairs=[["etcd", "state"], ["kubelet", "Pods"]]),
    "leak": choice("Which component schedules new Pods?", "It schedules new Pods", "It keeps state", "It proxies"),
    "length": choice(
        "What is etcd?", "A store for all the data of the whole cluster, by key and value", "A node", "A tool"
    ),
    "pronoun": choice("It stores what?", "state", "images", "logs"),
    "unbalanced": choice("Which one is it (really?", "etcd", "kubelet", "proxy"),
    "fragment": choice("Which one stores state, logs etc.", "etcd", "kubelet", "proxy"),
    "article": choice("What does a etcd store?", "state", "images", "logs"),
    "trivial": item("term", front="etcd", back=""),
    "outdated": replace(
        item("term", front="dockershim", back="Connects the kubelet with Docker."), fact="notes/dockershim"
    ),
}


def test_a_good_item_passes_every_lint() -> None:
    assert {name: says for name, lint in LINTS.items() if (says := lint(GOOD))} == {}


def test_there_is_a_bad_item_for_every_lint() -> None:
    assert set(BAD) == set(LINTS)


@pytest.mark.parametrize("name", BAD)
def test_a_lint_stops_what_it_is_there_for(name: str) -> None:
    assert LINTS[name](BAD[name])


@pytest.mark.parametrize("name", BAD)
def test_without_a_lint_what_it_is_there_for_would_be_asked(name: str) -> None:
    others = {other: lint for other, lint in LINTS.items() if other != name}
    kept, _ = sift([BAD[name]], others)
    assert kept == [BAD[name]]


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("options", choice("Which?", "etcd", "Etcd", "kubelet")),
        ("pairs", item("matching", stem="Match.", pairs=[["a", "x"], ["a", "y"], ["b", "z"]])),
        ("leak", item("cloze", stem="Fill in the gap: the key-value store keeps _____ pairs.", answers=["key-value"])),
        ("leak", choice("Which option helps with Pods of a DaemonSet?", "--ignore-daemonsets", "--dry-run", "--force")),
        ("leak", item("meaning", front="Which object is a StatefulSet like?", back="StatefulSet")),
        ("pronoun", choice("Which part do we run first?", "etcd", "kubelet", "proxy")),
        ("unbalanced", choice("What does **etcd** keep?", "state", "images", "logs")),
        ("fragment", choice("Which stores state?", "etcd, kubelet and", "kubelet", "proxy")),
        (
            "outdated",
            replace(
                item("question", front="Which apiVersion?", back="extensions/v1beta1"), fact="notes/question-which"
            ),
        ),
        ("article", choice("What is is etcd?", "state", "images", "logs")),
    ],
)
def test_a_lint_stops_other_forms_of_it(name: str, bad: Item) -> None:
    assert LINTS[name](bad)


def test_the_same_question_is_asked_once() -> None:
    kept, rejected = sift([GOOD, GOOD], LINTS)
    assert kept == [GOOD]
    assert [one.lint for one in rejected] == ["duplicate"]
