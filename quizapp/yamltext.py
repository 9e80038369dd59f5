"""The one YAML loader: plain data with line numbers, and limits. Knows no meaning of what it reads.

Aliases, duplicate keys, tags, deep nesting and huge texts are refused. Words such as y, no and dates stay texts,
since an author who writes `no` in a list of answers means the word.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_NODES = 200_000
BOOL = re.compile(r"^(?:true|false)$")
NULL = re.compile(r"^(?:~|null|)$")
INT = re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$")
FLOAT = re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}$")

Path = tuple[str | int, ...]


class YamlError(ValueError):
    """A text that is no YAML of the kind read here; `line` counts from 1."""

    def __init__(self, line: int, says: str) -> None:
        super().__init__(line, says)
        self.line = line
        self.says = says

    def __str__(self) -> str:
        return f"line {self.line}: {self.says}"


@dataclass(frozen=True, slots=True)
class Yaml:
    """Plain data (dict, list, str, int, float, bool, None) and where each part of it was written."""

    data: Any
    lines: dict[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of a path, or of its nearest parent that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load_yaml(text: str, *, max_bytes: int = MAX_BYTES) -> Yaml:
    """One YAML document as plain data; raises YamlError for anything else."""
    if len(text.encode("utf-8", "surrogatepass")) > max_bytes:
        raise YamlError(1, f"is longer than the limit of {max_bytes:,} bytes")
    try:
        root = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(mark.line + 1 if mark else 1, error.problem or "is not valid YAML") from error
    except yaml.YAMLError as error:
        raise YamlError(1, "has characters that YAML does not allow") from error
    except (UnicodeError, RecursionError) as error:
        raise YamlError(1, "cannot be read: it is nested too deeply or has broken characters") from error
    if root is None:
        return Yaml(None, {(): 1})
    builder = _Builder()
    return Yaml(builder.value(root, (), 0), builder.lines)


def _composed(text: str) -> yaml.Node | None:
    _refuse_aliases_and_depth(text)
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return node


def _refuse_aliases_and_depth(text: str) -> None:
    """Looks at the events first: composing a deep or self-referring document is what must not happen."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(line, "aliases (*name) are not allowed; write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise YamlError(line, f"is nested more than {MAX_DEPTH} levels deep")
        if count > MAX_NODES:
            raise YamlError(line, f"has more than {MAX_NODES:,} parts")


class _Builder:
    """Turns nodes into plain data and remembers the line of each path."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}

    def value(self, node: yaml.Node, path: Path, line: int) -> Any:
        self.lines[path] = line or node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, place), 0) for place, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(line, "a key must be a plain word")
            key = str(key_node.value)
            if key in found:
                raise YamlError(line, f"the key {key!r} stands here twice")
            found[key] = self.value(child, (*path, key), line)
        return found


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if node.tag == "tag:yaml.org,2002:str":
        return text
    if node.tag not in _PLAIN_TAGS:
        raise YamlError(node.start_mark.line + 1, f"the tag {node.tag} is not allowed")
    if BOOL.match(text):
        return text == "true"
    if NULL.match(text):
        return None
    if INT.match(text):
        return int(text)
    return float(text) if FLOAT.match(text) else text


_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("bool", "null", "int", "float", "timestamp", "merge", "value")}
