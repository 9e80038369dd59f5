"""Manifests in the notes: a right one is asked, one with a mistake is told to its author and not asked."""

import pytest
from parts import made_from

from quizapp.lexicon import schema
from quizapp.questions.marks import mark

TEXT = "# M\n\n```yaml\napiVersion: {version}\nkind: {kind}\nmetadata: ...\n```\n"


def test_the_api_version_of_a_kind_is_asked() -> None:
    made = made_from(TEXT.format(version="apps/v1", kind="Deployment"))
    choice, command, card = made.items
    assert (choice.prompt, choice.kind) == ("Which apiVersion does the manifest of a Deployment have?", "choice")
    assert [option.text for option in choice.options if option.correct] == ["apps/v1"]
    assert {option.text.rpartition("/")[0] for option in choice.options} >= {"apps", "batch"}
    assert all(option.feedback for option in choice.options)
    assert (card.prompt, card.back, card.lines) == ("apiVersion of the kind Deployment", "apps/v1", (4, 5))
    for given, correct in (("apps/v1", True), ("apiVersion: apps/v1", True), ("app/v1", False), ("v1", False)):
        assert mark(command, given).correct is correct


def test_no_wrong_option_is_a_version_of_the_same_group() -> None:
    choice = made_from(TEXT.format(version="policy/v1", kind="PodDisruptionBudget")).items[0]
    assert [option.text for option in choice.options if option.text.startswith("policy")] == ["policy/v1"]


@pytest.mark.parametrize(
    ("version", "kind", "says"),
    [
        (
            "extensions/v1beta1",
            "Ingress",
            "extensions/v1beta1 is not served any more; the kind Ingress is networking.k8s.io/v1 now",
        ),
        ("policy/v1beta1", "PodDisruptionBudget", "policy/v1beta1 is not served any more"),
        ("apps/v2", "Deployment", "the kind Deployment is apps/v1, not apps/v2"),
        ("app/v1", "Deployment", "the kind Deployment is apps/v1, not app/v1"),
        ("v1", "Deployment", "the kind Deployment is apps/v1, not v1"),
        ("batch/v1", "Pod", "the kind Pod is v1, not batch/v1"),
        ("autoscaling/v1", "HorizontalPodAutoscaler", ""),
        ("serving.knative.dev/v1", "Service", ""),
        ("example.org/v1", "Deployment", ""),
        ("example.org/v1", "Widget", ""),
        ("<version>", "Pod", ""),
    ],
)
def test_another_api_version_is_no_question_and_told_when_it_is_outdated(version: str, kind: str, says: str) -> None:
    made = made_from(TEXT.format(version=version, kind=kind))
    assert made.items == ()
    assert len(made.warnings) == bool(says)
    assert all(warning.line == 4 and says in warning.says for warning in made.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nspec:\n  a: b\n  c: d\n  e: f\n  g: h\nkind: Pod",
        "  apiVersion: v1\n  kind: Pod",
        "apiVersion: v1\n---\nkind: Pod",
    ],
)
def test_lines_that_do_not_belong_together_are_no_manifest(text: str) -> None:
    assert made_from(f"# M\n\n```yaml\n{text}\n```\n").items == ()


POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n"


def warned(text: str, language: str = "yaml") -> list[tuple[int, str]]:
    made = made_from(f"# M\n\n```{language}\n{text}\n```\n")
    assert bool(made.items) != bool(made.warnings), "a manifest is either asked or told to the author"
    return [(warning.line, warning.says) for warning in made.warnings]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (POD + "  container:\n  - name: web", 9, "Pod has no field spec.container; containers?"),
        (POD + "  containers:\n  - nmae: web", 10, "Pod has no field spec.containers[].nmae; name?"),
        (POD + "  replicas: 3", 9, "Pod has no field spec.replicas"),
        (POD + "  a: 1\n  b: 2\n  containers: []", 9, "Pod has no field spec.a (and 1 more)"),
        (POD + "  nodeselector:\n    replica: x", 9, "Pod has no field spec.nodeselector; nodeSelector?"),
        (POD.replace("metadata", "metdata"), 6, "Pod has no field metdata; metadata?"),
        (
            "apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - port: 80\n    targetport: 80",
            9,
            "Service has no field spec.ports[].targetport; targetPort?",
        ),
        (
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  targetCPUUtilizationPercentage: 80",
            7,
            "HorizontalPodAutoscaler has no field spec.targetCPUUtilizationPercentage",
        ),
    ],
)
def test_a_field_that_the_kind_has_not_is_told_and_nothing_is_asked(text: str, line: int, says: str) -> None:
    assert warned(text) == [(line, says)]


@pytest.mark.parametrize("language", ["", "yaml", "bash"])
def test_a_manifest_ends_where_what_follows_is_no_yaml(language: str) -> None:
    text = f"cat <<EOF | kubectl apply -f -\n{POD}  containers: []\nEOF\nkubectl get pods --replica: x"
    assert warned(text, language) == []


def test_each_manifest_of_a_block_is_looked_at_by_itself() -> None:
    wrong = POD + "  replicas: 3\n"
    assert [line for line, _ in warned(f"{wrong}---\n{wrong}")] == [9, 16]
    assert [line for line, _ in warned(f"{wrong}{wrong}")] == [9, 15]


def test_a_right_manifest_is_asked_when_another_of_its_kind_is_wrong() -> None:
    made = made_from(f"# M\n\n```yaml\n{POD}  replicas: 3\n---\n{POD}  containers: []\n```\n")
    assert [warning.line for warning in made.warnings] == [9]
    assert {item.lines for item in made.items} == {(11, 12)}


@pytest.mark.parametrize(
    "text",
    [
        "  ...",
        "  containers:\n  - ...\n  - name: web",
        "  containers: [...]",
        "  containers: ...\n  replica: 3\n  ...",
        "  <name>: x",
        "  {{ name }}: x",
        "  replicas: {{ .Values.replicas }}",
        "  nodeSelector:\n    anything: goes\n    example.org/disk: ssd",
        "  containers:\n    name: web",
        "  containers:\n  - image: {image}",
        "  $patch: replace",
        "\tcontainers: []",
        "  # replicas: 3",
        "  containers: &all []\n  initContainers: *all",
        "  restartPolicy: |\n    replicas: 3",
        f"  replicas: 3\n  activeDeadlineSeconds: {'1' * 5_000}",
        "  replicas: 3\n  nodeName: a\u2028b",
        "  replicas: 3\n  nodeName: a\x85b",
    ],
)
def test_what_the_notes_leave_open_is_not_judged(text: str) -> None:
    assert warned(POD + text) == []


def test_a_custom_resource_may_have_any_field() -> None:
    text = "# M\n\n```yaml\napiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  widgets: 3\n```\n"
    assert made_from(text).warnings == ()


def test_a_schema_in_a_custom_resource_definition_is_read_to_its_ground() -> None:
    head = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  versions:\n  - name: v1\n"
    schema = "    schema:\n      openAPIV3Schema:\n        properties:\n          spec:\n            {}: object\n"
    assert warned(head + schema.format("type")) == []
    assert [says.partition("[].")[2] for _, says in warned(head + schema.format("typ"))] == [
        "schema.openAPIV3Schema.properties{}.typ; type?"
    ]


def test_the_table_of_fields_is_read_for_manifests_alone() -> None:
    schema._table.cache_clear()
    made_from("# M\n\nA Pod runs containers.\n\n```yaml\nname: web\n```\n")
    assert schema._table.cache_info().currsize == 0
    made_from(f"# M\n\n```yaml\n{POD}```\n")
    assert schema._table.cache_info().currsize == 1
