"""Which cluster: what minikube made or the learner named, never what happens to be current; broken files are named."""

import json
from pathlib import Path

import pytest

from quizapp.cluster.kubeconfig import read_contexts
from quizapp.cluster.transport import Transport
from quizapp.labs.contexts import choose_context
from quizapp.labs.port import ContextInfo
from quizapp.labs.trouble import ClusterTrouble, ContextRefused
from tests.adapter.api import kubeconfig

MINIKUBE = ContextInfo("minikube", "minikube", "https://192.168.49.2:8443", True)
SECOND = ContextInfo("second", "second", "https://192.168.58.2:8443", True)
PROD = ContextInfo("prod", "prod", "https://prod.example.org", False)


def test_the_one_minikube_is_taken_whatever_else_is_there() -> None:
    assert choose_context([PROD, MINIKUBE]) is MINIKUBE


@pytest.mark.parametrize(
    ("contexts", "word"),
    [
        ([MINIKUBE, SECOND, PROD], "several minikube"),
        ([PROD], "No context of your kubeconfig is minikube's"),
        ([], "no context"),
    ],
)
def test_anything_else_needs_the_learners_word(contexts: list[ContextInfo], word: str) -> None:
    with pytest.raises(ContextRefused, match=word) as refused:
        choose_context(contexts)
    assert refused.value.rule == "C6"


def test_a_named_minikube_is_taken_and_another_cluster_only_when_allowed_by_name() -> None:
    assert choose_context([MINIKUBE, SECOND], context="second") is SECOND
    assert choose_context([PROD, MINIKUBE], context="prod", allow="prod") is PROD
    assert choose_context([PROD, MINIKUBE], allow="prod") is PROD
    for allow in (None, "minikube", "prod2"):
        with pytest.raises(ContextRefused, match="prod"):
            choose_context([PROD, MINIKUBE], context="prod", allow=allow)
    with pytest.raises(ContextRefused, match="no context staging"):
        choose_context([PROD], context="staging")


def test_several_files_are_one_kubeconfig(tmp_path: Path) -> None:
    one, two = kubeconfig(tmp_path / "one", 1), kubeconfig(tmp_path / "two", 2, name="second")
    assert [info.name for info in read_contexts(f"{one}:{two}:{tmp_path / 'missing'}")] == ["minikube", "second"]


def test_current_context_decides_nothing(tmp_path: Path) -> None:
    file = Path(kubeconfig(tmp_path / "config", 1))
    data = json.loads(file.read_text())
    data["contexts"].append({"name": "prod", "context": {"cluster": "prod", "user": "minikube"}})
    data["clusters"].append({"name": "prod", "cluster": {"server": "https://prod.example.org"}})
    data["current-context"] = "prod"
    file.write_text(json.dumps(data))
    assert choose_context(read_contexts(str(file))).name == "minikube"


@pytest.mark.parametrize(
    "text", ["", "just words", "[1, 2]", "{", "contexts: {a: 1}", "\x00\x01\x02", "contexts: [1, null]"]
)
def test_a_file_that_is_no_kubeconfig_gives_no_context_and_no_crash(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config"
    file.write_text(text)
    assert outcome(str(file)) in ("no context", f"names {file}")


def outcome(file: str) -> str:
    try:
        return "no context" if read_contexts(file) == [] else "contexts"
    except ClusterTrouble as trouble:
        return f"names {file}" if file in trouble.says else trouble.says


def test_no_file_at_all_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(ClusterTrouble, match="nowhere") as trouble:
        read_contexts(str(tmp_path / "nowhere"))
    assert "minikube start" in trouble.value.hint


def test_certificates_that_are_not_there_are_told_before_anything_is_sent(tmp_path: Path) -> None:
    file = kubeconfig(
        tmp_path / "config", 1, **{"client-certificate": "/gone/client.crt", "client-key": "/gone/client.key"}
    )
    Path(file).write_text(Path(file).read_text().replace("http://", "https://"))
    with pytest.raises(ClusterTrouble, match=r"/gone/client\.") as trouble:
        Transport(file, "minikube")
    assert trouble.value.rule == "C3"
