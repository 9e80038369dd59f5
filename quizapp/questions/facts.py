"""Statements to facts: those the lexicon vouches for first, then what the notes alone define. Knows no kind of item.

What the notes alone define must look like a definition in every respect, since nobody vouches for it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quizapp.lexicon.term import Lexicon, spelling
from quizapp.notes.document import Notes, NoteWarning
from quizapp.notes.inline import without_code_marks
from quizapp.questions.align import Aligned, contradicts, find_term, misquoted
from quizapp.questions.asked import Asked, asked
from quizapp.questions.bench import stable
from quizapp.questions.cited import cited
from quizapp.questions.columns import MOST_KEYS, Column, columns
from quizapp.questions.commands import COMMAND
from quizapp.questions.fact import Fact
from quizapp.questions.item import normalised
from quizapp.questions.lists import Listed, lists
from quizapp.questions.manifests import Manifest, first_of_each_kind, manifests
from quizapp.questions.misspelt import Misspelt, misspelt
from quizapp.questions.repair import Repair
from quizapp.questions.said import Statement
from quizapp.questions.slips import slips
from quizapp.questions.statement import MOST, SENTENCE_END
from quizapp.questions.words import content_words, line_of, meets_all, words

PERSONAL = re.compile(r"\b(?:i|i'm|we|we're|you|your|our|us|my|me|let's)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"^(?:use|ensure|protect|match|set|make|always|never|avoid|keep|try|remember|prefer|consider|you)\s|"
    r"^(?:it|this|that|these|those|they|same|another|see|check|note|todo|and|but|or|also|like the|as above|because|"
    r"so|which|who|where|when|yes|no|poor|good|bad|better|best|excellent|great|easy|hard|fast|slow)\b|"
    r"\b(?:about|by|for|from|in|of|on|to|with) (?:them|these|those)\b|"
    r"\b(?:etc|above|below|and so on|following|latter|former|previous)\b|"
    r"\bthe (?:remaining|others?|rest)\b|\b(?:runs?|running|lives?|stays?|are|is|goes?|sits?) there\b|"
    r"\.\.\.|\u2026|\.\.$|[:,;(]\s*$|\?",
    re.IGNORECASE,
)
NO_TERM = re.compile(
    r"^(?:note|notes|tip|exam tip|warning|important|example|e\.g|i\.e|todo|ps|nb|hint|source|link|see|step|question|"
    r"answer|warnings?|remember|default|syntax|output|usage|types?|steps?|pros?|cons?|advantages|benefits|examples?|"
    r"summary|problem|problems|solution|why|how|what|when|where|if|for|with|in|on|to|from|and|or|but|our|we|i|you|it|"
    r"this|that|these|those|there|typical\w*|common\w*|use cases?|used (?:for|by|in)|good for|more|also|further|"
    r"purpose|behaviou?rs?|impact|explanation|parameters?|options?|features?|limitations?|characteristics?|components?|"
    r"description|definition|goals?|function|results?|effects?|scenarios?|analogy|command|"
    r"config(?:uration)?|[a-z]+ types|avoid|use|set|monitor|ensure|keep|prefer|limit|define|enable|disable|"
    r"check|make|protect|remember|do not|start with|"
    r"over|under|after|before|during|without|by|at|as|per|via|about|between|inside|outside|"
    r"(?:type|option|case|way|method|rule|part|phase|scenario|approach|version|variant|level|class|tip|"
    r"point) ?(?:\d+|[a-z])$|"
    r"can|must|should|do|don't|both|each|every|all|some|most|one|first|second|third|finally|key (?:point|fact)s?)\b",
    re.IGNORECASE,
)
STRICT = re.compile(
    r"\b(?:intro|introduction|overview|install\w*|setup|set up|prerequisites|requirements|terms|best practices?|tips|"
    r"issues?|troubleshooting|conclusion|summary)\b",
    re.IGNORECASE,
)
SIDES = re.compile(r"\b(?:vs|versus|and|or)\b", re.IGNORECASE)
PLACE = re.compile(r"https?:|www\.|\.(?:com|org|net|io|dev)\b", re.IGNORECASE)
# What is no description: a sentence of its own or with a second one behind a comma, what hangs on a word left out.
SPLICED = re.compile(
    r",\s+(?!(?:which|who|that|and|or|but|so|it|they|where|while|when|as)\b)(?:\w+ ){1,2}(?:is|are|was|were)\b"
)
HANGS = re.compile(
    r"^(?:for|with|to|in|on|by|of|from|as|at|than|then|until|within|without|into|about)\b", re.IGNORECASE
)
BARE = re.compile(r"^(?:[Tt]he\s+)?[A-Za-z]?[a-z]+(?:est|most)\b|^[Tt]he\s+\w+$")
CLAUSE = re.compile(
    r"^(?!(?:an?|the|one|each|every|all|what|how)\b)(?:(?!that |which |who )\w+ ){1,3}(?:is|are|was|were) ",
    re.IGNORECASE,
)
DOES = re.compile(
    r"^(?:[a-z]+(?:es|s)\b(?! are\b)|add|allow|annotate|apply|attach|bind|bring|build|change|check|clean|clone|commit|"
    r"configure|connect|convert|copy|cordon|create|delete|deploy|describe|disable|display|download|drain|edit|enable|enter|evict|"
    r"exec|execute|explain|export|expose|fetch|find|follow|forward|generate|get|give|go|import|init|initialize|inspect|"
    r"install|join|kill|label|lint|list|load|log|login|make|mark|merge|move|open|pause|print|prune|pull|push|put|record|"
    r"remove|rename|render|replace|reset|restart|resume|return|roll|run|save|scale|search|see|send|set|show|start|stop|"
    r"switch|tag|tail|taint|take|test|uncordon|undo|uninstall|unset|update|upgrade|upload|use|validate|verify|view|wait|"
    r"watch)\b",
    re.IGNORECASE,
)
KNOWN = re.compile(r"^(?:kubectl|docker|helm|minikube|kubeadm)\s")
ARTICLE = re.compile(r"^(?:an?|the)\s+(?:\S+\s+){3,}", re.IGNORECASE)
SIBLINGS = 3
LEAST_WORDS, MOST_WORDS, LEAST_CONTENT = 3, 28, 2
COUNTED = 4
LEAST_VALUES, MOST_VALUES, LEAST_OTHERS = 2, 4, 2


def facts_of(
    notes: Notes, found: list[Statement], aligned: list[Aligned], known: Lexicon, repair: Repair
) -> tuple[list[Fact], list[NoteWarning]]:
    """All facts in reading order, and what the author should look at."""
    written, mistaken = manifests(notes)
    wrong = [*slips(found), *_misquotes(found, known), *mistaken]
    doubted = {warning.line for warning in wrong}
    facts = [_of_claim(notes, one) for one in aligned if one.statement.first not in doubted]
    taken = {(one.statement.first, one.statement.last, one.statement.subject) for one in aligned}
    patterns = [one for one in found if (one.first, one.last, one.subject) not in taken and one.first not in doubted]
    siblings = Counter(one.group for one in found if one.group and one.subject)
    denied = {id(one): other for one in patterns if (other := contradicts(one, known))}
    facts += _of_patterns(notes, [one for one in patterns if id(one) not in denied], known, repair, siblings)
    whole = (one for one in lists(notes, repair) if doubted.isdisjoint(range(one.first, one.last + 1)))
    facts += [_of_list(notes, one) for one in whole]
    for column in columns(notes, repair):
        if doubted.isdisjoint(range(column.first, column.last + 1)):
            facts += _of_column(notes, column)
    facts += [_of_manifest(notes, one) for one in first_of_each_kind(written)]
    facts += [_of_misspelt(notes, one) for one in misspelt(written)]
    facts += [_of_question(notes, one) for one in asked(notes, repair) if one.last not in doubted]
    facts.sort(key=lambda fact: (fact.first, fact.last))
    warnings = [
        NoteWarning(line, f"{written!r} may be a typing mistake for {' or '.join(map(repr, meanings))}")
        for line, written, meanings in repair.found()
    ]
    for one in patterns:
        if other := denied.get(id(one)):
            says = f"{one.subject!r} is described here with what {other.in_sentence()} does; no question is made of it"
            warnings.append(NoteWarning(one.first, says))
    warnings += wrong
    if len(found) == MOST:
        says = f"these notes are so long that what stands below is not asked ({MOST:,} statements); split the file"
        warnings.append(NoteWarning(found[-1].last, says))
    return facts, sorted(warnings, key=lambda warning: warning.line)


def _misquotes(found: list[Statement], known: Lexicon) -> Iterator[NoteWarning]:
    for one in found:
        claim = misquoted(one, known)
        if claim:
            yield NoteWarning(one.first, f"this looks wrong: {claim.true[0].lower()}{claim.true[1:].rstrip('.')}")


def number_of(ident: str) -> int:
    """A number that chooses among forms: it looks random, and no other fact changes it."""
    return int(stable(ident)[:8], 16)


def _of_list(notes: Notes, one: Listed) -> Fact:
    ident = f"notes/{'steps' if one.ordered else 'list'}-{normalised(one.lead).replace(' ', '-')}"
    return Fact(
        id=ident,
        name=one.lead,
        says="; ".join(one.members),
        section=one.section,
        first=one.first,
        last=one.last,
        source=notes.quote(one.first, one.last),
        group=0,
        number=number_of(ident),
        form="steps" if one.ordered else "list",
        members=one.members,
    )


def _of_question(notes: Notes, one: Asked) -> Fact:
    ident = f"notes/question-{normalised(one.question)}".replace(" ", "-")
    return Fact(
        id=ident,
        name=one.question,
        says=one.answer,
        section=one.section,
        first=one.first,
        last=one.last,
        source=cited(notes, one.first, one.last),
        group=0,
        number=number_of(ident),
        form="question",
    )


def _of_manifest(notes: Notes, one: Manifest) -> Fact:
    return Fact(
        id=f"manifest/{one.kind.casefold()}",
        name=one.kind,
        says=one.api_version,
        section=one.section,
        first=one.first,
        last=one.last,
        source=cited(notes, one.first, one.last, fenced=True),
        group=0,
        number=number_of(one.kind),
        form="manifest",
    )


def _of_misspelt(notes: Notes, one: Misspelt) -> Fact:
    ident = f"misspelt/{normalised(one.called).replace(' ', '-')}"
    first, last = one.manifest.lines[0].number, one.manifest.lines[-1].number
    return Fact(
        id=ident,
        name=one.manifest.kind,
        says=one.right.name,
        section=one.manifest.section,
        first=first,
        last=last,
        source=cited(notes, first, last, fenced=True),
        group=0,
        number=number_of(ident),
        form="misspelt",
        members=tuple(one.shown.split("\n")),
        pairs=tuple((found.name, found.path) for found in (one.right, *one.others)),
        head=one.called,
        told=one.wrong,
    )


def _of_column(notes: Notes, one: Column) -> Iterator[Fact]:
    """Each row with its own cell, when no two share one; else the rows that share the rarer of a few cells."""
    base = Fact(
        id=f"notes/column-{normalised(one.names)}-{normalised(one.head)}-{one.first}".replace(" ", "-"),
        name=one.head,
        says=one.place,
        section=one.section,
        first=one.first,
        last=one.last,
        source=notes.quote(one.first, one.last),
        group=0,
        number=0,
    )
    values = Counter(cell.casefold() for _, cell in one.cells)
    if len(values) == len(one.cells) and one.alike:
        yield replace(base, form="pairs", pairs=one.cells)
        return
    if one.place == "list" or not LEAST_VALUES <= len(values) <= MOST_VALUES:
        return
    rare = min(values, key=lambda value: (values[value], value))
    says = next(cell for _, cell in one.cells if cell.casefold() == rare)
    members = tuple(name for name, cell in one.cells if cell.casefold() == rare)
    others = tuple(name for name, cell in one.cells if cell.casefold() != rare)
    if len(members) <= MOST_KEYS and len(others) >= max(len(members), LEAST_OTHERS):
        yield replace(base, form="column", says=says, members=members, others=others)


def _of_claim(notes: Notes, one: Aligned) -> Fact:
    first, last, code = one.first, one.statement.last, one.statement.code and one.term.type == "command"
    return Fact(
        id=one.claim.id,
        name=one.term.name,
        says=one.claim.says,
        section=one.statement.section,
        first=first,
        last=last,
        source=cited(notes, first, last, names=_names(one), fenced=one.statement.fenced),
        group=0,
        number=number_of(one.claim.id),
        term=one.term,
        claim=one.claim,
        form="claim",
        command=one.statement.subject if code else "",
        told=without_code_marks(one.statement.text).strip(" .") if code else "",
    )


def _names(one: Aligned) -> Sequence[str]:
    """What the cited lines have to name: the term, or for a claim without a subject the line it needs from above."""
    if one.claim.anywhere:
        alone = meets_all(line_of(words(one.statement.text)), one.claim.when)
        return () if alone else (one.statement.context or one.statement.subject,)
    return (one.term.name, *one.term.aliases)


def _of_patterns(
    notes: Notes, found: list[Statement], known: Lexicon, repair: Repair, siblings: Mapping[int, int]
) -> Iterator[Fact]:
    """What the notes alone define; `siblings` counts the entries of each list, table or glossary."""
    seen: set[str] = set()
    for statement in found:
        name, says = statement.subject.strip(" :"), without_code_marks(statement.text).strip()
        if not _defines(name, says, statement, known):
            continue
        if not statement.code and siblings[statement.group] < SIBLINGS and not ARTICLE.match(says):
            continue  # one or two such lines make no glossary
        name = name if statement.code else repair.text(name)
        says = JOINED.sub(" and ", repair.text(says)).rstrip(".;, ")
        if _circular(name, says):
            continue
        if not name or not says or normalised(name) in seen or _doubtful(repair, "" if statement.code else name, says):
            continue
        seen.add(normalised(name))
        term = find_term(name, known)
        yield Fact(
            id=f"notes/{normalised(name).replace(' ', '-')}",
            name=term.name if term and spelling(term.name) == spelling(name) and not statement.code else name,
            says=says,
            section=statement.section,
            first=statement.first,
            last=statement.last,
            source=cited(notes, statement.first, statement.last, names=(statement.subject,), fenced=statement.fenced),
            group=statement.group,
            number=number_of(normalised(name)),
            code=statement.code,
            head="" if GENERIC.match(statement.head) else statement.head,
        )


def _defines(name: str, says: str, statement: Statement, known: Lexicon) -> bool:
    """Whether "name: says" reads as a definition, of something that there is."""
    if statement.nested or not is_definition(name, says, statement) or _compares(statement.head, known):
        return False
    term = None if statement.code or statement.head else find_term(name, known)
    if term and term.claims and spelling(term.name) == spelling(name):
        return False  # the lexicon says more of it, and what holds for its kin as well
    # kubectl rm: a command of a program whose commands are known has to be one of them.
    return not (statement.code and KNOWN.match(name) and find_term(name, known, code=True) is None)


def is_definition(name: str, says: str, statement: Statement) -> bool:
    """Whether "name: says" reads as a definition and not as a note, a task or a fragment."""
    if any(STRICT.search(part) for part in statement.section[1:]) or not _is_name(name, code=statement.code):
        return False
    if not statement.code and (statement.text.startswith("`") or " --" in says):
        return False  # "viewing: `docker node ls`" gives a command, and says nothing of what it does
    if COMMAND.match(name) and not DOES.match(says):
        return False  # a remark beside a command does not tell what it is for
    size, least = len(says.split()), LEAST_CONTENT if statement.group else LEAST_WORDS
    return LEAST_WORDS <= size <= MOST_WORDS and len(content_words(says)) >= least and _describes(says)


def _is_name(name: str, *, code: bool) -> bool:
    if not name or SIDES.search(name) or PLACE.search(name) or BARE.match(name):
        return False
    named = len(name.split()) <= COUNTED and re.match(r"^[A-Za-z][\w ./()+#-]*$", name)
    return code or (bool(named) and not NO_TERM.match(name))


def _describes(says: str) -> bool:
    """Whether a text can stand as a description: no list, no sentence of its own, nothing that points away."""
    stops = (
        NEGATED.search,
        PERSONAL.search,
        VAGUE.search,
        GLUED_LIST.search,
        CLAUSE.match,
        SPLICED.search,
        HANGS.match,
    )
    return not any(stop(says) for stop in stops) and not _is_list(says) and "http" not in says and balanced(says)


def _compares(head: str, known: Lexicon) -> bool:
    """Whether a column is about one of several things that a table sets side by side."""
    if not head or GENERIC.match(head):
        return False
    return known.find(head) is not None or bool(re.fullmatch(r"[A-Z]{2,6}", head))


def _is_list(says: str) -> bool:
    """Whether a description is nothing but short names, which say what belongs to a term and not what it is."""
    parts = re.split(r",\s+(?:and |or )?|\s+(?:and|or)\s+", SENTENCE_END.split(says)[0])
    return len(parts) >= LEAST_WORDS and all(len(part.split()) <= SHORT for part in parts)


NEGATED = re.compile(
    r"^(?:not|no|never|neither|without|cannot|can't|don't|doesn't|isn't|aren't)\b|"
    r"\b(?:unlike|instead of|rather than)\b",
    re.IGNORECASE,
)
SHORT = 2
GENERIC = re.compile(
    r"^(?:(?:short )?(?:meaning|description|purpose|definition|explanation|function|role|use|usage|job|task|about)s?|"
    r"does|is|what (?:is it|it is|it does|does it do|it is for|is it for|it means)|used for|what)$",
    re.IGNORECASE,
)
JOINED = re.compile(r"\s[+&]\s")
GLUED_LIST = re.compile(r"^[^.]*(?:,[^,]*){4,}$")


def _doubtful(repair: Repair, name: str, says: str) -> bool:
    """Whether a word may be a slip that nobody can repair."""
    return repair.doubtful_name(name) or bool(repair.doubtful(says))


def _circular(name: str, says: str) -> bool:
    """Whether a short description only repeats the name."""
    named = {word.rstrip("s") for word in content_words(name)}
    rest = [word for word in content_words(says) if word.rstrip("s") not in named]
    if len(name.split()) == 1 and len(rest) < len(content_words(says)):
        return True  # "Nodes are the actual worker nodes"
    return len(rest) < (LEAST_CONTENT if len(rest) == len(content_words(says)) else LEAST_WORDS)


def balanced(text: str) -> bool:
    """Whether brackets and quotes close."""
    pairs = [("(", ")"), ("[", "]"), ("{", "}")]
    return all(text.count(one) == text.count(other) for one, other in pairs) and text.count('"') % 2 == 0
