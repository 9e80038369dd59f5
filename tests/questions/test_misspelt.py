"""A manifest with one misspelt field: the key is wrong by the table, all else is right by it, and nothing tells it."""

import re
from collections import Counter

import pytest
from parts import MODULE, made_from

from quizapp.lexicon import schema
from quizapp.questions.export import as_csv, as_gift, as_moodle_xml
from quizapp.questions.generate import Generated
from quizapp.questions.item import Item
from quizapp.questions.lint import Rejected
from quizapp.questions.marks import mark
from quizapp.questions.misspelt import _slips

POD = """apiVersion: v1
kind: Pod
metadata:
  name: NAME
spec:
  restartPolicy: Never
  containers:
  - name: web
    image: nginx  # from a registry
    ports:
    - containerPort: 80
"""
OTHERS = [
    """apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
    nodePort: 30080""",
    """kind: CronJob
apiVersion: batch/v1
metadata:
  name: report
spec:
  schedule: "0 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: OnFailure
          containers:
          - name: report
            image: busybox:1.36
            command: ["sh", "-c", "date"]""",
    """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.org
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: shop
            port:
              number: 80""",
    """apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes:
    - ReadWriteOnce
  storageClassName: fast
  resources:
    requests:
      storage: 1Gi""",
    """apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: read-pods
subjects:
- kind: User
  name: jane
  apiGroup: rbac.authorization.k8s.io
roleRef:
  kind: Role
  name: pod-reader
  apiGroup: rbac.authorization.k8s.io""",
    """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: <name>
spec:
  podSelector: {}
  policyTypes:
  - Ingress
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          team: a""",
]
MANY = [POD.replace("NAME", name) for name in ("a", "blue", "cache", "front-end", "mail.example", "queue")]
BARE = POD.replace("  name: NAME\n", "  labels:\n    app: web\n")


def made(*texts: str, language: str = "yaml") -> Generated:
    return made_from("# M\n\n" + "\n".join(f"```{language}\n{text}\n```\n" for text in texts))


def asked(*texts: str) -> list[Item]:
    return [item for item in made(*texts).items if item.fact.startswith("misspelt/")]


def altered_line(item: Item) -> tuple[str, str]:
    """The line as the notes have it and as it is shown."""
    pairs = zip(item.source.splitlines()[1:-1], item.shown.splitlines(), strict=True)
    (changed,) = [(one, other) for one, other in pairs if one != other]
    return changed


@pytest.mark.parametrize(
    "text", [*OTHERS, *MANY, BARE, MODULE.read_text("utf-8").split("```yaml\n")[1].split("```")[0]]
)
def test_one_field_is_wrong_and_all_others_are_right(text: str) -> None:
    (item,) = asked(text)
    kind = re.search(r"^kind: (\w+)", text, re.MULTILINE)[1]
    before, after = altered_line(item)
    (key,) = [option for option in item.options if option.correct]
    names = re.compile(r"[\w-]+(?=:)")
    right = names.search(before)[0]
    assert names.search(after)[0] == key.text
    assert before.replace(right, key.text, 1) == after
    place = re.search(rf"^The field is {right}, at (\S+); the kind {kind} has no {key.text} there\.$", key.feedback)[1]
    assert place.rpartition(".")[2] == right
    assert schema.is_field(kind, place)
    assert not schema.is_field(kind, place.removesuffix(right) + key.text)
    assert right not in item.prompt
    assert not re.search(rf"\b{right}\b", item.shown)
    wrong = [option for option in item.options if not option.correct]
    assert 2 <= len(wrong) <= 3
    for option in wrong:
        where = re.fullmatch(rf"{option.text} is a field of the kind {kind}, at (\S+)\.", option.feedback)[1]
        assert schema.is_field(kind, where)
        assert re.search(rf"\b{option.text}:", item.shown)


def test_it_is_marked_and_cites_the_whole_manifest() -> None:
    (item,) = asked(MANY[0])
    assert item.prompt == "In this manifest of the Pod a, which field name is misspelt?"
    assert (item.kind, item.lines) == ("choice", (4, 14))
    for option in item.options:
        assert mark(item, option.id).correct is option.correct


@pytest.mark.parametrize(
    ("text", "called"),
    [(BARE, "a Pod"), (MANY[1], "the Pod blue"), (OTHERS[2], "the Ingress shop"), (OTHERS[5], "a NetworkPolicy")],
)
def test_the_manifest_is_called_by_its_name_where_it_has_one(text: str, called: str) -> None:
    assert asked(text)[0].prompt.startswith(f"In this manifest of {called}, ")


def test_fields_and_slips_differ_from_manifest_to_manifest() -> None:
    keys = Counter(altered_line(asked(text)[0])[1].strip() for text in MANY)
    assert len(keys) >= 3


@pytest.mark.parametrize(
    ("name", "slips"),
    [
        ("replicas", ["replica"]),
        ("image", ["images"]),
        ("containerPort", ["containerport", "containerPorts"]),
        ("imagePullPolicy", ["imagepullpolicy", "imagePullPolicies"]),
        ("policies", ["policy"]),
        ("gateway", ["gateways"]),
        ("addresses", ["address"]),
        ("privileged", []),
        ("ingress", []),
        ("hostIPC", ["hostipc"]),
        ("binaryData", ["binarydata"]),
    ],
)
def test_slips_are_those_that_people_make(name: str, slips: list[str]) -> None:
    assert _slips(name) == slips


def test_the_same_manifest_gives_the_same_item_wherever_it_stands() -> None:
    first, second = asked(OTHERS[0])[0], asked(OTHERS[1], OTHERS[0])[1]
    assert (first.id, first.payload) == (second.id, second.payload)


def test_there_are_two_of_a_kind_at_most_and_one_of_a_name() -> None:
    assert len(asked(*MANY)) == 2
    assert len(asked(MANY[0], MANY[0])) == 1
    assert len(asked(MANY[0], MANY[1], OTHERS[0])) == 3


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  nodeName: a",  # too few fields
        POD + "  - ...\n  replica: 3",  # a mistake of its own
        POD + "  nodeSelector: [a]",  # not all is understood
        POD + "  hostname: {{ name }}",
        POD + f"  hostname: {'a' * 120}",
        POD + "".join(f"  - name: c{n}\n    image: nginx\n" for n in range(20)),
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostname: a, nodeName: b, dnsPolicy: c}",
        "apiVersion: example.org/v1" + POD.removeprefix("apiVersion: v1"),
        "\n".join(f"# {name}" for name in ("restartpolicy", "containers", "image", "ports", "containerport"))
        + "\n"
        + POD,
    ],
)
def test_in_doubt_none_is_made(text: str) -> None:
    found = asked(text)
    if text.startswith("#"):  # the comments above are no part of the manifest
        assert len(found) == 1
        text = text.replace("kind: Pod\n", "kind: Pod\n" + text.partition("api")[0])
        found = asked(text)
    assert found == []


def test_no_lint_stops_one() -> None:
    stopped: list[Rejected] = [
        one for one in made(*OTHERS, *MANY, BARE).rejected if one.item.fact.startswith("misspelt/")
    ]
    assert [one for one in stopped if one.lint != "duplicate"] == []


def test_exports_hold_the_manifest_with_its_lines() -> None:
    (item,) = asked(OTHERS[0])
    assert f"::[plain]{item.prompt}\\n\\napiVersion\\: v1\\nkind\\: Service\\n" in as_gift([item])
    assert "\\n  type\\: NodePort\\n" in as_gift([item]).replace("types", "type")
    assert item.shown in as_moodle_xml([item])
    assert item.shown in as_csv([item]).replace('""', '"')
