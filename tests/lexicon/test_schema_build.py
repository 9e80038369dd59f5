"""How the table of fields is made: the same source gives the same bytes, and what is not foreseen stops it."""

import json
from importlib import resources
from typing import Any

import pytest

from tools.schema import build

REF = "#/$defs/io.k8s.api.core.v1."


def definition(properties: dict[str, Any], *, required: tuple[str, ...] = (), kind: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"type": ["object", "null"], "properties": properties, "required": list(required)}
    if kind:
        made["x-kubernetes-group-version-kind"] = [{"group": "apps", "version": "v1", "kind": kind}]
    return made


def source(**spec: Any) -> dict[str, Any]:
    return {
        "io.k8s.api.apps.v1.Widget": definition({"spec": {"$ref": f"{REF}Spec"}}, required=("spec",), kind="Widget"),
        "io.k8s.api.core.v1.Spec": definition(spec),
        "io.k8s.api.core.v1.Unused": definition({"x": {"type": "string"}}),
        "io.k8s.api.core.v1.JSON": {"description": "anything"},
        "io.k8s.api.core.v1.Quantity": {"oneOf": [{"type": "string"}]},
    }


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ({"type": ["string", "null"]}, "string"),
        ({"type": "integer", "format": "int32"}, "integer"),
        ({"$ref": f"{REF}Quantity"}, "quantity"),
        ({"$ref": f"{REF}Spec"}, "@core.v1.Spec"),
        ({"$ref": f"{REF}JSON"}, "any"),
        ({"type": "array", "items": {"$ref": f"{REF}Spec"}}, "[]@core.v1.Spec"),
        ({"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}, "{}[]string"),
        ({"type": ["object", "null"]}, "any"),
    ],
)
def test_a_type_is_written_shortly(stated: dict[str, Any], written: str) -> None:
    made = build.table([source(one=stated)], {"Widget": True}, origin="here")
    assert made["definitions"]["core.v1.Spec"] == {"one": written}


def test_definitions_are_stored_once_and_those_that_no_kind_needs_are_left_out() -> None:
    many = {"type": "array", "items": {"$ref": f"{REF}Spec"}}
    made = build.table([source(one={"$ref": f"{REF}Spec"}, many=many)], {"Widget": False}, origin="here")
    assert list(made["definitions"]) == ["apps.v1.Widget", "core.v1.Spec"]
    assert made["definitions"]["apps.v1.Widget"] == {"spec": "@core.v1.Spec!"}
    assert made["kinds"] == {"Widget": {"namespaced": False, "versions": {"apps/v1": "apps.v1.Widget"}}}
    assert made["groups"] == ["apps"]


def test_a_field_of_any_version_is_there_with_the_type_of_the_newest() -> None:
    old = source(gone={"type": "string"}, both={"type": "string"})
    new = source(both={"type": "integer"}, fresh={"type": "boolean"})
    made = build.table([old, new], {"Widget": True}, origin="here")
    assert made["definitions"]["core.v1.Spec"] == {"both": "integer", "fresh": "boolean", "gone": "string"}


def test_a_field_must_be_there_when_every_version_says_so() -> None:
    sources = [source(a={"type": "string"}, b={"type": "string"}) for _ in range(2)]
    sources[0]["io.k8s.api.core.v1.Spec"]["required"] = ["a"]
    sources[1]["io.k8s.api.core.v1.Spec"]["required"] = ["a", "b"]
    for order in (sources, sources[::-1]):
        made = build.table(order, {"Widget": True}, origin="here")
        assert made["definitions"]["core.v1.Spec"] == {"a": "string!", "b": "string"}


def test_what_is_not_foreseen_stops_it() -> None:
    with pytest.raises(build.SchemaError, match="serves no kind Gadget"):
        build.table([source()], {"Gadget": True}, origin="here")
    with pytest.raises(build.SchemaError, match="not foreseen"):
        build.table([source(one={"type": ["string", "integer"]})], {"Widget": True}, origin="here")


def test_the_same_source_gives_the_same_bytes_whatever_its_order() -> None:
    one = source(a={"type": "string"}, b={"$ref": f"{REF}Spec"})
    other = dict(reversed(source(b={"$ref": f"{REF}Spec"}, a={"type": "string"}).items()))
    texts = [build.as_text(build.table([each], {"Widget": True}, origin="here")) for each in (one, other)]
    assert texts[0] == texts[1]
    assert json.loads(texts[0])["origin"] == "here"


def test_the_committed_file_is_as_this_program_writes_it() -> None:
    text = (resources.files("quizapp.lexicon") / "data" / "schema.json").read_bytes()
    assert build.as_text(json.loads(text)).encode() == text
