"""Lists and procedures that can be asked as a whole: multi, ordering and the card recall. Open lists give none."""

import pytest
from parts import made_from

TYPES = "# Services\n\nThere are three types of Services:\n\n- ClusterIP\n- NodePort\n- LoadBalancer\n"
FLOW = (
    "# Flow\n\n## What happens when you create a Deployment\n\n"
    "1. kubectl sends the manifest to the API server\n"
    "2. The API server stores the object in etcd\n"
    "3. Then the scheduler picks a node for each Pod\n"
    "4. Finally the kubelet starts the containers\n"
)


def asked(text: str, kind: str) -> list[str]:
    return [item.prompt for item in made_from(text).items if item.kind == kind]


def test_a_list_of_one_type_is_a_question_with_several_keys() -> None:
    (item,) = [item for item in made_from(TYPES).items if item.kind == "multi"]
    assert item.prompt == "Which of these are types of Service?"
    assert {option.text for option in item.options if option.correct} == {"ClusterIP", "NodePort", "LoadBalancer"}
    assert sum(not option.correct for option in item.options) == 3
    assert all(option.feedback for option in item.options)


def test_a_closed_list_is_a_card() -> None:
    (card,) = [item for item in made_from(TYPES).items if item.kind == "recall"]
    assert card.prompt == "Name all three that the notes list: “There are three types of Services”"
    assert card.back == "ClusterIP; NodePort; LoadBalancer"
    assert card.lines == (3, 7)


@pytest.mark.parametrize(
    "lead",
    [
        "Service types include:",
        "Some types of Services:",
        "Types of Services, for example:",
        "There are four types of Services:",
        "The most common types of Services:",
        "Other types:",
        "We use these types:",
        "A Service is found by its name",
    ],
)
def test_a_list_that_is_open_or_not_announced_is_not_asked(lead: str) -> None:
    text = TYPES.replace("There are three types of Services:", lead).replace("# Services", "# Notes")
    assert asked(text, "recall") == asked(text, "multi") == []


def test_names_in_one_line_are_a_list_too_and_no_definition() -> None:
    made = made_from("# A\n\nPod Security Standards: Privileged, Baseline, Restricted. See the docs.\n")
    assert {item.kind for item in made.items} == {"recall", "multi"}
    assert next(item.back for item in made.items if item.use == "card") == "Privileged; Baseline; Restricted"


def test_steps_that_build_on_each_other_are_put_in_order() -> None:
    (item,) = [item for item in made_from(FLOW).items if item.kind == "ordering"]
    assert [place for _, place in item.pairs] == ["1", "2", "3", "4"]
    assert item.pairs[0][0].startswith("kubectl sends")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1. kubectl sends the manifest to the API server", "1. Create ConfigMap"),
        ("3. Then the scheduler picks a node for each Pod", "3. Coffee gets cold"),
        ("What happens when you create a Deployment", "Facts"),
        ("4. Finally the kubelet starts the containers", "4. Finally you start the containers"),
    ],
)
def test_steps_without_one_order_are_not(old: str, new: str) -> None:
    assert asked(FLOW.replace(old, new), "ordering") == []


def test_a_command_that_the_lexicon_vouches_for_is_completed() -> None:
    made = made_from("# C\n\n```\n# set the number of replicas\nkubectl scale deployment web --replicas=3\n```\n")
    (item,) = [item for item in made.items if item.kind == "command"]
    assert item.prompt == (
        "Complete the command for “set the number of replicas”: kubectl _____ deployment web --replicas=3"
    )
    assert item.answers[0] == "scale"


@pytest.mark.parametrize(
    "fence",
    [
        "kubectl describe pod web --> details and events of the Pod",
        "kubectl describe pod web   - details and events of the Pod",
        "kubectl describe pod web\n--> details and events of the Pod",
        "kubectl describe pod web # details and events of the Pod",
        "# details and events of the Pod\nkubectl describe pod web",
    ],
)
def test_what_a_command_does_may_stand_above_beside_or_below(fence: str) -> None:
    made = made_from(f"# C\n\n```\n{fence}\n```\n")
    (item,) = [item for item in made.items if item.kind == "command"]
    assert item.answers == ("describe",)
    assert "details and events" in item.source


def test_a_name_is_typed_only_where_no_other_could_be_meant() -> None:
    made = made_from(
        "# P\n\n- A Pod is the smallest unit that Kubernetes deploys.\n- RoleBinding: grants a Role to users\n"
    )
    short = {item.fact.partition("/")[0] for item in made.items if item.kind == "short"}
    assert short <= {"pod"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mi = counts in powers of two, Mb = counts in powers of ten, dB = is a ratio of powers", ["Mb", "Mi", "dB"]),
        ("401 -> who are you, 403 -> you may not", []),
    ],
)
def test_several_equations_in_a_line_are_told_apart(text: str, names: list[str]) -> None:
    made = made_from(f"# E\n\n- {text}\n")
    assert all("=" not in item.back and "->" not in item.back for item in made.items)
    assert sorted(item.prompt for item in made.items if item.kind == "term") == names


TABLE = (
    "# T\n\n| Object | Scope | Short |\n|---|---|---|\n| Namespace | cluster | ns |\n| Node | cluster | no |\n"
    "| Secret | namespace | sec |\n| ConfigMap | namespace | cm |\n| Role | namespace | ro |\n"
)


def test_rows_that_share_a_cell_are_a_question_with_several_keys() -> None:
    (item,) = [item for item in made_from(TABLE.replace("Namespace |", "StorageClass |")).items if item.kind == "multi"]
    assert item.prompt == "By the table in the notes, which of these have “cluster” as “Scope”?"
    assert {option.text for option in item.options if option.correct} == {"StorageClass", "Node"}
    assert item.lines == (3, 9)


@pytest.mark.parametrize(
    ("old", "new"), [("| cluster | no |", "| same as above | no |"), ("Scope", "Notes"), ("cluster", "-")]
)
def test_a_column_that_is_not_whole_or_says_nothing_is_not_asked(old: str, new: str) -> None:
    assert asked(TABLE.replace(old, new), "multi") == []


def test_cells_of_one_shape_are_matched_with_their_rows() -> None:
    items = [
        item for item in made_from(TABLE.replace("sec", "st").replace("ro |", "rl |")).items if item.kind == "matching"
    ]
    assert [pair for item in items for pair in item.pairs if pair[0] == "ConfigMap"] == [("ConfigMap", "cm")]
    mixed = TABLE.replace("| ns |", "| 3 MiB |").replace("| no |", "| a plain text |")
    assert asked(mixed, "matching") == []


def test_a_sentence_defines_what_the_notes_name_again() -> None:
    text = (
        "# Kustomize\n\nA base is a directory with a kustomization file and manifests.\n\nAn overlay changes a base.\n"
    )
    assert [item.prompt for item in made_from(text).items if item.kind == "term"] == ["base"]
    assert [
        item.kind for item in made_from(text.replace("changes a base", "changes it")).items if item.kind == "term"
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "To show details and events of a Pod:\n`kubectl describe pod web`\n",
        "To show details and events of a Pod, use:\n\n```\nkubectl describe pod web\n```\n",
        "- Show details and events of a Pod with:\n\n    ```\n    kubectl describe pod web\n    ```\n",
        "## To show details and events of a Pod\nkubectl describe pod web\n",
        "```\n/*\n * 1. kubectl describe pod web\n *    - This command shows details and events of a Pod.\n */\n```\n",
    ],
)
def test_what_a_command_does_may_stand_in_the_line_that_introduces_it(text: str) -> None:
    items = [item for item in made_from(f"# Work\n\n{text}").items if item.fact.startswith("kubectl-describe/")]
    assert {item.use for item in items} == {"quiz", "card"}
    assert any(item.kind == "command" for item in items)
    assert all("kubectl describe pod web" in item.source for item in items)


@pytest.mark.parametrize(
    "text",
    [
        "Show details and events of a Pod.\n`kubectl describe pod web`\n",
        "Do this:\n\n```\nkubectl describe pod web\nkubectl get pods\n```\n",
        "## Details and events\nkubectl describe pod web\n",
    ],
)
def test_a_command_that_nothing_introduces_is_not_explained(text: str) -> None:
    assert [item for item in made_from(f"# Work\n\n{text}").items if item.fact.startswith("kubectl-describe/")] == []
