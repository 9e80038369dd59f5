"""A command or a manifest to complete. Knows facts of both, not other kinds."""

import re
from collections.abc import Iterator, Sequence

from quizapp.lexicon.term import Term
from quizapp.questions.bench import Bench, leaks, sentence
from quizapp.questions.commandline import parse_command
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item, normalised
from quizapp.questions.kind import Answer, Mark
from quizapp.questions.typed import check_typed, is_right
from quizapp.questions.words import content_words

GAP = "_____"
FIELD = "apiVersion:"
LONGEST = 90


class Command:
    """The notes' command without its verb: what it does and all that follows it are given, so one verb is right."""

    name = "command"
    use = "quiz"
    forms = frozenset({"claim", "manifest"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one for each fact."""
        for fact in facts:
            if fact.form == "manifest":
                yield bench.item(
                    fact,
                    use="quiz",
                    kind="command",
                    prompt=f"Which apiVersion belongs into the gap of this manifest of the kind {fact.name}?",
                    shown=f"{FIELD} {GAP}\nkind: {fact.name}",
                    answers=(fact.says,),
                    whole=f"{FIELD} {fact.says}",
                )
            elif fact.command and fact.term and fact.claim:
                yield from self._of(fact, fact.term, bench)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """The verb alone or the whole command, compared as kubectl reads it: short names, flags in any order."""
        given = check_typed(answer).strip().removeprefix("$").strip()
        whole = str(item.payload["whole"])
        if whole.startswith(FIELD):
            correct = is_right(given.removeprefix(FIELD).strip(), item.answers)
            return Mark(float(correct), correct, item.answers[0])
        right = f"{item.answers[0]} ({whole})"
        wanted = parse_command(whole)
        for verb in item.answers:
            typed = parse_command(given)
            if normalised(given) == normalised(verb) or (typed and wanted and typed == wanted):
                return Mark(1.0, True, right)
        is_right(given, [verb for verb in item.answers if " " not in verb])
        return Mark(0.0, False, right)

    def _of(self, fact: Fact, term: Term, bench: Bench) -> Iterator[Item]:
        program, _, verb = term.name.partition(" ")
        rest = _rest(fact.command, term.name)
        told = fact.told
        if not verb or not rest or len(fact.command) > LONGEST or not parse_command(fact.command):
            return
        if leaks(told, verb) or not re.match(r"^[\w `'\"/,.()-]{8,120}$", told) or len(content_words(told)) < 2:
            return
        assert fact.claim
        also = [bench.lexicon.terms[ident].name.partition(" ")[2] for ident in fact.claim.also]
        stem = f"Complete the command for \u201c{told}\u201d: {program} {GAP} {rest}"
        yield bench.item(
            fact,
            use="quiz",
            kind="command",
            prompt=stem,
            answers=(verb, *(one for one in also if one)),
            whole=fact.command,
            why=sentence(term, fact.says),
        )


def _rest(command: str, name: str) -> str:
    """What follows the verb."""
    return command[len(name) :].strip() if command.startswith(f"{name} ") else ""


KIND = Command()
