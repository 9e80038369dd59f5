"""The table of Kubernetes' fields: its size and shape, facts that everyone can look up, and how it is asked."""

import re
import subprocess
import sys
from importlib import resources

import pytest

from quizapp.lexicon import schema
from quizapp.lexicon.kinds import REMOVED, api_versions

DATA = resources.files("quizapp.lexicon") / "data"
POD_SPEC = "spec.template.spec"
TYPE = re.compile(
    r"^(?:\[\]|\{\})*(?:string|integer|number|boolean|time|quantity|int-or-string|any|@(?P<name>[\w.-]+))!?$"
)


def test_the_file_is_small_and_every_type_in_it_is_known() -> None:
    text = (DATA / "schema.json").read_bytes()
    assert 20_000 < len(text) <= 250_000
    table = schema._table()
    written = [one for definition in table["definitions"].values() for one in definition.values()]
    found = [TYPE.match(one) for one in written]
    assert [one for one, match in zip(written, found, strict=True) if not match] == []
    named = {match["name"] for match in found if match and match["name"]}
    roots = {name for kind in table["kinds"].values() for name in kind["versions"].values()}
    assert named | roots == set(table["definitions"]), "a definition is missing, or stands there for nothing"


def test_the_licence_stands_beside_it() -> None:
    notice = (DATA / "schema.LICENSE.txt").read_text("utf-8")
    for words in ("kubernetes-validate 1.37.0", "Will Thames", "The Kubernetes Authors", "What was changed"):
        assert words in notice
    assert "Apache License" in notice
    assert "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in notice


def test_every_kind_has_the_version_that_the_app_asks_for() -> None:
    known = schema.kinds()
    assert {kind: known[kind].versions[0] for kind in api_versions()} == dict(api_versions())
    assert {version for kind in known.values() for version in kind.versions} & REMOVED == set()
    assert len(known) >= 40


def test_every_kind_is_an_object_with_its_own_words() -> None:
    for kind, entry in schema.kinds().items():
        for version in entry.versions:
            found = schema.fields(kind, version=version)
            assert {"apiVersion", "kind", "metadata"} <= set(found), (kind, version)
            assert schema.is_field(kind, "metadata.labels{}", version=version), (kind, version)


@pytest.mark.parametrize(
    ("kind", "versions", "namespaced"),
    [
        ("Pod", ("v1",), True),
        ("Deployment", ("apps/v1",), True),
        ("CronJob", ("batch/v1",), True),
        ("HorizontalPodAutoscaler", ("autoscaling/v2", "autoscaling/v1"), True),
        ("Event", ("v1", "events.k8s.io/v1"), True),
        ("Role", ("rbac.authorization.k8s.io/v1",), True),
        ("ClusterRole", ("rbac.authorization.k8s.io/v1",), False),
        ("PersistentVolume", ("v1",), False),
        ("PersistentVolumeClaim", ("v1",), True),
        ("Node", ("v1",), False),
        ("Namespace", ("v1",), False),
        ("StorageClass", ("storage.k8s.io/v1",), False),
        ("IngressClass", ("networking.k8s.io/v1",), False),
        ("Lease", ("coordination.k8s.io/v1",), True),
        ("CustomResourceDefinition", ("apiextensions.k8s.io/v1",), False),
    ],
)
def test_kinds(kind: str, versions: tuple[str, ...], namespaced: bool) -> None:
    assert schema.kinds()[kind] == schema.Kind(kind, versions, namespaced)


@pytest.mark.parametrize(
    ("kind", "path", "type_", "required"),
    [
        ("Deployment", "spec.replicas", "integer", False),
        ("Deployment", "spec.selector", "@meta.v1.LabelSelector", True),
        ("Deployment", f"{POD_SPEC}.containers[].ports[].containerPort", "integer", True),
        ("Deployment", f"{POD_SPEC}.containers[].resources.limits", "{}quantity", False),
        ("Deployment", "spec.strategy.rollingUpdate.maxSurge", "int-or-string", False),
        ("Pod", "spec.containers", "[]@core.v1.Container", True),
        ("Pod", "spec.containers[].command", "[]string", False),
        ("Pod", "metadata.creationTimestamp", "time", False),
        ("Service", "spec.ports[].port", "integer", True),
        ("Service", "spec.ports[].targetPort", "int-or-string", False),
        ("Service", "spec.selector", "{}string", False),
        ("Ingress", "spec.rules[].http.paths[].pathType", "string", True),
        ("Ingress", "spec.rules[].http.paths[].backend.service.port.number", "integer", False),
        ("CronJob", "spec.schedule", "string", True),
        ("CronJob", f"spec.jobTemplate.{POD_SPEC}.restartPolicy", "string", False),
        ("StatefulSet", "spec.volumeClaimTemplates[].spec.resources.requests", "{}quantity", False),
        ("PersistentVolume", "spec.accessModes", "[]string", False),
        ("StorageClass", "provisioner", "string", True),
        ("ConfigMap", "data", "{}string", False),
        ("Secret", "stringData", "{}string", False),
        ("RoleBinding", "roleRef", "@rbac.v1.RoleRef", True),
        ("Role", "rules[].verbs", "[]string", True),
        ("NetworkPolicy", "spec.ingress[].from[].podSelector.matchLabels", "{}string", False),
        ("HorizontalPodAutoscaler", "spec.metrics[].resource.target.averageUtilization", "integer", False),
        ("CustomResourceDefinition", "spec.versions[].schema.openAPIV3Schema.properties{}.type", "string", False),
        ("PriorityClass", "value", "integer", False),
    ],
)
def test_fields(kind: str, path: str, type_: str, required: bool) -> None:
    place, _, name = path.rpartition(".")
    assert schema.fields(kind, place)[name] == schema.Field(name, type_, required)
    assert schema.is_field(kind, path)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("Deployment", "spec.replica"),
        ("Deployment", "spec.containers"),
        ("Deployment", "replicas"),
        ("Deployment", f"{POD_SPEC}.containers.name"),
        ("Pod", "spec.replicas"),
        ("Pod", "spec.containers[].port"),
        ("Pod", "spec.containers{}"),
        ("Service", "spec.ports[].containerPort"),
        ("Service", "spec.type.name"),
        ("ConfigMap", "spec"),
        ("ConfigMap", "data.key"),
        ("Pod", ""),
        ("Pod", "spec."),
        ("Pod", "spec..containers"),
        ("Pod", "[]"),
    ],
)
def test_no_fields(kind: str, path: str) -> None:
    assert not schema.is_field(kind, path)


def test_versions_of_a_kind_differ() -> None:
    place = "spec.targetCPUUtilizationPercentage"
    assert not schema.is_field("HorizontalPodAutoscaler", place)
    assert schema.is_field("HorizontalPodAutoscaler", place, version="autoscaling/v1")
    for kind, version in (("Widget", ""), ("Pod", "apps/v1")):
        with pytest.raises(KeyError):
            schema.fields(kind, version=version)


def test_a_field_of_an_older_supported_version_is_a_field() -> None:
    assert schema.is_field("Pod", "spec.workloadRef.podGroup"), "1.35 has it, 1.36 and 1.37 have not"


@pytest.mark.parametrize(
    ("kind", "path", "near"),
    [
        ("Deployment", "spec.replica", ("replicas",)),
        ("Deployment", "spec.Replicas", ("replicas",)),
        ("Pod", "spec.topologySpreadConstraints[].NodeAffinityPolicy", ("nodeAffinityPolicy",)),
        ("Pod", "spec.topologySpreadConstraints[].affinityPolicy", ("nodeAffinityPolicy",)),
        ("Deployment", f"{POD_SPEC}.containers[].ports[].conatinerPort", ("containerPort",)),
        ("Pod", "spec.container", ("containers",)),
        ("Pod", "spec.containers[].resource", ("resources",)),
        ("Service", "spec.ports[].targetport", ("targetPort",)),
        ("Service", "spec.widgets", ()),
        ("Service", "spec.type.x", ()),
    ],
)
def test_near_misses(kind: str, path: str, near: tuple[str, ...]) -> None:
    assert schema.near_misses(kind, path) == near


def test_nothing_is_read_before_it_is_asked() -> None:
    code = (
        "import quizapp.factory, quizapp.questions.generate, quizapp.lexicon.schema as s; "
        "print(s._table.cache_info().currsize)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"


def test_reading_it_takes_a_moment() -> None:
    code = (
        "import quizapp.lexicon.schema as s, time; a = time.process_time(); s.kinds(); print(time.process_time() - a)"
    )
    told = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(3)]
    assert min(float(one.stdout) for one in told) < 0.05
