"""Commands in the notes with what they do: in code, by comments and arrows, or by the line that introduces them.

Knows the forms in which commands are noted, no command.
"""

import re
from collections.abc import Iterator

from quizapp.notes.document import Block, Code, ListBlock, Paragraph, Section, TextLine
from quizapp.notes.inline import without_code_marks
from quizapp.questions.said import Statement

PROGRAMS = (
    "kubectl|docker|minikube|helm|kubeadm|kustomize|crictl|ctr|nerdctl|podman|etcdctl|systemctl|journalctl|kind|k3s|argocd|"
    "istioctl|git|ip|python3?|pip3?|npm|curl|dig|nslookup|ping|traceroute|ssh|openssl|iptables|terraform|ansible"
)
COMMAND = re.compile(rf"^\s*(?:\$|>|[-*]\s)?\s*((?:{PROGRAMS})\s+[a-z-].*)$")
SAID_BESIDE = re.compile(
    r"^(.{4,120}?)\s+(?:-->|->|=>|\u2192|\u2013|\u2014|--|-(?=\s{2,}\S)|(?<=\s\s)-)\s+(\S.{3,200})$"
)
SAID_BELOW = re.compile(r"^\s*(?:-->|->|=>|\u2192|\u21b3|//|:)\s+(\S.{3,200})$")
NOTED = re.compile(r"^[\s*#/]*(?:\d{1,2}[.)]\s+)?")
EXPLAINED = re.compile(r"^[\s*#/-]*(?:This command|It|This)\s+((?:[a-z]+ly\s+)?[a-z]+s\s.{8,200})$")
INTRODUCES = re.compile(
    r"^(?:to |how to |for |command (?:to|for) |use (?:this|the following)(?: command)? to |you can |"
    r"then |now |next,? )?"
    r"(.{6,90}?)(?:\s+(?:with|by|run|using|use|like this|as follows)(?: the following)?(?: commands?)?)?\s*:?$",
    re.IGNORECASE,
)
PROMPTS = re.compile(r"^(?:to|how to|command (?:to|for))\s", re.IGNORECASE)


def commands(block: Block, before: Block | None, section: Section, group: int) -> Iterator[Statement]:
    """The commands of a block that are explained, each once; `before` is what stands above it in its section."""
    if isinstance(block, Code):
        explained = list(_in_code(block, section, group))
        yield from explained
        only = [line for line in block.lines if line.text.strip()]
        if not explained and len(only) == 1:
            yield from _introduced(only[0], _line_above(before, section), section, group)
    elif isinstance(block, Paragraph):
        for above, line in zip([None, *block.lines], block.lines, strict=False):
            told = above if above else (_heading(section) if before is None else None)
            yield from _introduced(line, told, section, group)


def _line_above(before: Block | None, section: Section) -> TextLine | None:
    """The line that introduces a block of code: the end of what stands above it, or the heading."""
    if isinstance(before, Paragraph):
        return before.lines[-1]
    if isinstance(before, ListBlock):
        last = before.items[-1]
        return TextLine(last.first, last.text)
    return _heading(section) if before is None else None


def _heading(section: Section) -> TextLine | None:
    """ "To check the details" as a heading tells of the command below it."""
    if not section.path or not PROMPTS.match(section.path[-1]):
        return None
    return TextLine(section.line, section.path[-1])


def _introduced(line: TextLine, above: TextLine | None, section: Section, group: int) -> Iterator[Statement]:
    found = COMMAND.match(line.text.strip().strip("`"))
    if not found or above is None or COMMAND.match(above.text):
        return
    told = INTRODUCES.match(without_code_marks(above.text).strip())
    if told and (above.text.rstrip().endswith(":") or PROMPTS.match(above.text)):
        command = found[1].strip().strip("`")
        yield Statement(command, told[1], above.number, line.number, section.path, "", group, code=True)


def _in_code(block: Code, section: Section, group: int) -> Iterator[Statement]:
    """By a comment above or behind, by an arrow or dash behind or below, or by a sentence in a comment below."""
    comment, command, at = "", "", 0
    for line in block.lines:
        text = line.text.strip()
        below = SAID_BELOW.match(text) or EXPLAINED.match(text)
        if below and command:
            yield Statement(command, below[1], at, line.number, section.path, "", group, code=True, fenced=True)
            command = ""
            continue
        first, command, behind = _command(text)
        at = line.number
        if command and (behind or comment):
            said = behind or comment
            begin = at if behind else at - 1
            yield Statement(command, said, begin, at, section.path, "", group, code=True, fenced=True)
            command = ""
        comment = text.lstrip("# ") if first == "#" and not command else ""


def _command(text: str) -> tuple[str, str, str]:
    """The line's first character, and its command with what stands behind it, if it is one."""
    bare, _, behind = text.partition(" # ")
    beside = None if behind else SAID_BESIDE.match(text)
    found = COMMAND.match(NOTED.sub("", beside[1] if beside else bare))
    if not found:
        return text[:1], "", ""
    return text[:1], found[1].strip(), (beside[2] if beside else behind).strip()
