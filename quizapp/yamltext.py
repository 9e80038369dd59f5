"""The one safe YAML loader: text to plain data and back, with limits and line numbers. Knows no file and no lab.

Only texts, whole numbers, decimals, true/false and null; dates and yes/no stay texts.
No aliases, no tags, no key twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

MAX_BYTES = 256 * 1024
MAX_DEPTH = 40
SyntaxTrouble = yaml.YAMLError
Path = tuple[str | int, ...]


class YamlError(ValueError):
    """What is wrong, and on which line (1-based)."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(f"line {line}: {says}")
        self.line, self.says = line, says


@dataclass(frozen=True, slots=True)
class Yaml:
    """Plain data, and the line of every part of it."""

    data: Any
    lines: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of the part at that path, or of the nearest part above it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Loader(yaml.CSafeLoader):
    """The C parser with fewer implicit types."""


KEPT = ("null", "bool", "int", "float")
_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)


def load_yaml(text: str, *, max_bytes: int = MAX_BYTES) -> Yaml:
    """One document; YamlError names the line of whatever is not allowed."""
    if len(text.encode()) > max_bytes:
        raise YamlError(1, f"is larger than {max_bytes // 1024} KB")
    loader = _Loader(text)
    try:
        for event in _events(loader):
            del event
    finally:
        loader.dispose()
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Path, int] = {}
        data = _plain(loader, node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        raise _located(error) from error
    except yaml.YAMLError as error:
        raise YamlError(1, str(error)) from error
    finally:
        loader.dispose()
    return Yaml(data, lines)


class _Dumper(yaml.CSafeDumper):
    """Texts that a loader could take for something else are quoted; nothing is written as a reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  (PyYAML's signature)
        return True


def dump_yaml(data: Any) -> str:
    """Plain data as text that `load_yaml` reads back as the same data; the same data, the same bytes."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _events(loader: _Loader) -> Iterator[Any]:
    """Walks the text once without building anything: depth and aliases are refused before they cost."""
    depth = 0
    try:
        while loader.check_event():
            event: Any = loader.get_event()
            if isinstance(event, yaml.AliasEvent):
                raise YamlError(_line(event), "aliases (*name) are not allowed; write the part out")
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    raise YamlError(_line(event), f"is nested deeper than {MAX_DEPTH} levels")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            yield event
    except yaml.MarkedYAMLError as error:
        raise _located(error) from error
    except yaml.YAMLError as error:
        raise YamlError(1, str(error)) from error


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _plain(loader: _Loader, node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*path, place), lines) for place, item in enumerate(node.value)]
    return loader.construct_object(node)


def _mapping(loader: _Loader, node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError(line, "a key must be a plain text")
        key = key_node.value
        if key in found:
            raise YamlError(line, f"the key {key!r} is there twice")
        found[key] = _plain(loader, value_node, (*path, key), lines)
        lines[(*path, key)] = line
    return found


def _located(error: yaml.MarkedYAMLError) -> YamlError:
    mark = error.problem_mark or error.context_mark
    return YamlError(mark.line + 1 if mark else 1, error.problem or "is not YAML")
