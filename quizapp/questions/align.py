"""Finds the claim that a statement of the notes makes, or abstains. Knows the lexicon and words, no question.

The notes decide what is asked: a claim counts only when each of its groups is met by the statement itself. Negations,
contrasts and scopes that the claim does not have stop it, since a wrong alignment would be a wrong question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from quizapp.lexicon.term import Claim, Lexicon, Term, spelling
from quizapp.questions.repair import Repair
from quizapp.questions.said import Statement
from quizapp.questions.statement import SENTENCE_END
from quizapp.questions.words import content_words, line_of, meets, meets_all, places_of, words

NEGATIONS = frozenset(["not", "no", "never", "cannot", "n't", "without", "unlike", "neither", "nor", "dont", "doesnt"])
SCOPED = re.compile(
    r"\b(?:before (?:version )?v?1\.|until (?:version )?v?1\.|deprecated|no longer|used to be|in the past|formerly|"
    r"rather than|instead of|as opposed to|if only|except|versus|vs)\b|\?\s*$",
    re.IGNORECASE,
)
CALLED = re.compile(r"^(.{4,120}?)\s(?:is|are) called (?:an? |the )?([\w -]{2,30})\.?$")
CLAUSE = re.compile(r",\s+(?=(?:a|an|the|each|every)\s)")
PRONOUN = re.compile(r"^(?:this|that|it|they|these|those)\s+(?:is|are|[a-z]+s)?\s*$", re.IGNORECASE)
HEDGED = re.compile(
    r"\b(?:some|most|mostly|usually|often|typically|sometimes|generally|normally|may|might|optionally|unless)\b",
    re.IGNORECASE,
)
UNIVERSAL = re.compile(r"\b(?:every|each|all|always|only|never|any|no)\b")
OTHERWISE = re.compile(r"\bif not\b")
COMPONENTS = ("control plane component", "node component")
RIVALS = dict.fromkeys(COMPONENTS, COMPONENTS)
NUMBER = re.compile(r"^\d+\s*(?:s|sec\w*|%|minutes?)?\.?\s*(?:$|\()")
MOST = 3
ALIKE = 0.6
SAME = 75
COVERED = 0.5
START = 3
ARTICLES = frozenset(["a", "an", "the", "each", "every", "in"])
RELATIVES = frozenset(["that", "which", "who", "where", "of", "for", "to", "in", "with", "used", "on", "by", "from"])
VERBS = frozenset(
    [
        "is",
        "are",
        "can",
        "will",
        "has",
        "have",
        "does",
        "may",
        "must",
        "run",
        "runs",
        "holds",
        "hold",
        "contain",
        "contains",
        "provide",
        "provides",
        "store",
        "stores",
        "use",
        "uses",
        "allow",
        "allows",
        "make",
        "makes",
        "share",
        "shares",
        "give",
        "gives",
        "keep",
        "keeps",
        "expose",
        "exposes",
        "manage",
        "manages",
        "start",
        "starts",
        "act",
        "acts",
        "let",
        "lets",
        "get",
        "gets",
        "sit",
        "sits",
        "live",
        "lives",
        "stay",
        "stays",
        "also",
        "just",
        "only",
        "simply",
        "always",
        "automatically",
        "basically",
    ]
)
CONTEXT_TYPES = {
    "reclaim policy": "reclaim",
    "restart policy": "restart",
    "pod phase": "phase",
    "access mode": "mode",
    "update strategy": "strateg",
    "field": "",
    "Pod security level": "securit",
    "QoS class": "class",
    "API maturity": "version",
    "Helm part": "helm",
    "Kustomize part": "kustomize",
    "probe method": "probe",
    "Job field": "job",
    "concurrency policy": "concurren",
    "volume phase": "phase",
    "kube-proxy mode": "proxy",
    "Dockerfile instruction": "docker",
}
VERB_FIRST = re.compile(r"^[A-Z]?[a-z]+s\s(?!.*:$)")
NO_SUBJECT = re.compile(
    r"^(?:notes?|overview|basics?|theory|introduction|summary|key (?:points|facts)|concepts?|definition|description|"
    r"details|general|about|explanation|what it (?:is|does))$",
    re.IGNORECASE,
)
CARRIED = re.compile(r"^(?:it|they)(?:'s|'re)?\s", re.IGNORECASE)
LEAD_SUBJECT = re.compile(
    r"^(.{2,40}?)\s+(?:will|can|does|helps?|is able to|takes care of)\b[^:]{0,60}:?$", re.IGNORECASE
)


Heads = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A statement and the claim it makes."""

    statement: Statement
    term: Term
    claim: Claim
    first: int


def align(found: list[Statement], lexicon: Lexicon, repair: Repair) -> list[Aligned]:
    """Every claim the notes make, once, where they make it first; at most two for one statement."""
    free = [(term, claim, heads(claim)) for term in lexicon.terms.values() for claim in term.claims if claim.anywhere]
    best: dict[str, Aligned] = {}
    previous: tuple[Term, Statement] | None = None
    for statement in _clauses(found, repair):
        subject = _subject(statement, lexicon)
        first = statement.first
        if subject is None and previous and _carries(statement, previous[1]):
            subject, first = previous[0], previous[1].first
        for term, claim in _claims(statement, subject, free):
            best.setdefault(claim.id, Aligned(statement, term, claim, first))
        previous = (subject, statement) if subject else None
    return sorted(best.values(), key=lambda one: (one.statement.first, one.statement.last))


def heads(claim: Claim) -> Heads:
    """How the words of each group begin; a statement without one of them need not be looked at."""
    return tuple(frozenset(choice[0][:START] for choice in group) for group in claim.when)


def beginnings(said: list[str]) -> frozenset[str]:
    """How the words of a statement begin, by one to three letters."""
    return frozenset(word[:size] for word in said for size in range(1, START + 1))


def _carries(statement: Statement, before: Statement) -> bool:
    """ "It" means the subject of the sentence right before, within four lines."""
    near = statement.first - before.last <= 2 and statement.section == before.section
    return near and not statement.subject and bool(CARRIED.match(statement.text))


def _claims(
    statement: Statement, subject: Term | None, free: list[tuple[Term, Claim, Heads]]
) -> Iterator[tuple[Term, Claim]]:
    if SCOPED.search(statement.text):
        return
    said = words(statement.text)
    own = line_of(said)
    lead = "" if statement.context.rstrip().endswith(".") else statement.context  # a sentence introduces no list
    above = line_of(words(lead)) if lead else ""
    every = words(f"{lead} {statement.subject}") + said
    whole, begun = line_of(every), beginnings(every)
    candidates: list[tuple[int, Term, Claim]] = []
    if subject:
        candidates += [(len(c.when), subject, c) for c in subject.claims if not c.anywhere and _states(own, own, c)]
    candidates += [
        (len(c.when), term, c)
        for term, c, groups in free
        if not any(map(begun.isdisjoint, groups)) and _states(whole, own, c, above) and _has_value(statement, c)
    ]
    candidates.sort(key=lambda one: -one[0])
    kept: list[tuple[Term, Claim]] = []
    for _, term, claim in candidates:
        if not any(alike(claim, other) for _, other in kept):
            kept.append((term, claim))
    yield from kept[:MOST]


def _has_value(statement: Statement, claim: Claim) -> bool:
    """Whether the statement names the claim's number, where it has one, and no other that could be meant."""
    if not claim.value:
        return True
    text = statement.text.casefold()
    return any(re.search(rf"(?<![\w.]){re.escape(value)}(?![\w]|\.\d)", text) for value in claim.value)


def misquoted(statement: Statement, lexicon: Lexicon) -> Claim | None:
    """The claim whose number an entry such as "periodSeconds: 5" gives wrongly."""
    number = NUMBER.match(statement.text)
    if not statement.subject or not number or SCOPED.search(statement.text):
        return None
    whole = line_of(words(f"{statement.context} {statement.subject}"))
    for term in lexicon.terms.values():
        for claim in term.claims:
            if claim.value and meets_all(whole, claim.when):
                return None if _has_value(statement, claim) else claim
    return None


def _clauses(found: list[Statement], repair: Repair) -> Iterator[Statement]:
    """Each statement with its words repaired, its clauses on their own, and "X is called Y" turned round."""
    for one in found:
        text = repair.text(one.text)
        yield replace(one, text=text)
        if one.subject:
            said = SENTENCE_END.split(text)
            for part in said if len(said) > 1 else ():
                yield replace(one, text=part)
            continue
        called = CALLED.match(text)
        if called and not PRONOUN.match(called[1]):
            yield replace(one, subject=called[2], text=called[1] + " are called together")
        parts = CLAUSE.split(text)
        for part in parts[1:] if len(parts) > 1 else ():
            yield replace(one, text=part)


def contradicts(statement: Statement, lexicon: Lexicon) -> Term | None:
    """The term that what is said of another one holds for, when the lexicon knows both and says no."""
    term = find_term(statement.subject, lexicon, code=statement.code) if statement.subject else None
    said = words(statement.text)
    if not term or not term.claims or term.type == "command" or NEGATIONS.intersection(said):
        return None
    own = line_of(said)
    for other in lexicon.terms.values():
        if other.id == term.id or lexicon.related(term, other) or other.type not in RIVALS.get(term.type, (term.type,)):
            continue
        for claim in other.claims:
            if claim.anywhere or len(claim.when) < 2 or term.id in claim.also or not _states(own, own, claim):
                continue
            if _covers(claim, statement.text):
                return other
    return None


def _covers(claim: Claim, text: str) -> bool:
    """Whether most of a statement is what the claim says: a word or two in common contradict nothing."""
    said = content_words(text)
    heads = [choice[0] for group in claim.when for choice in group]
    return sum(any(word.startswith(head) for head in heads) for word in said) >= COVERED * len(said)


def alike(one: Claim, other: Claim) -> bool:
    """Whether two claims share most of their words, so that one line would give the same question twice."""
    if one.ask and other.ask and one.answer == other.answer and fuzz.token_sort_ratio(one.ask, other.ask) >= SAME:
        return True
    mine, theirs = set(content_words(one.says)), set(content_words(other.says))
    return len(mine & theirs) >= ALIKE * min(len(mine), len(theirs))


def _states(whole: str, own: str, claim: Claim, lead: str = "") -> bool:
    if not meets_all(whole, claim.when):
        return False
    if not _apart(whole, claim) or _hedged(own, claim):
        return False
    if lead and not claim.value and not any(meets(own, group) and not meets(lead, group) for group in claim.when):
        return False  # what is above says all of it; this line is about something else
    negative = NEGATIONS.intersection(words(OTHERWISE.sub(" ", own.strip())))
    if not negative:
        return True
    named = {choice[0] for group in claim.when for choice in group} | set(words(claim.says))
    return bool(NEGATIONS.intersection(named))


def _hedged(own: str, claim: Claim) -> bool:
    """Whether a claim about every case meets a statement about some, or the usual ones."""
    said = (claim.says, claim.true, claim.answer)
    return bool(HEDGED.search(own)) and any(UNIVERSAL.search(text) and not HEDGED.search(text) for text in said)


def _apart(line: str, claim: Claim) -> bool:
    """Whether each group finds a word of its own: "containers" does not both contain and be contained."""
    places = [sorted({place for choice in group for place in places_of(line, choice)}) for group in claim.when]
    return _each_own(places, frozenset())


def _each_own(places: list[list[int]], taken: frozenset[int]) -> bool:
    if not places:
        return True
    return any(_each_own(places[1:], taken | {place}) for place in places[0] if place not in taken)


def _subject(statement: Statement, lexicon: Lexicon) -> Term | None:
    """Who the statement is about: the glossary's term, the sentence's first words, the lead or the heading."""
    if statement.subject:
        term = find_term(statement.subject, lexicon, code=statement.code)
        return term if term and _fits(term, statement) else None
    term = _first_words(statement.text, lexicon) or _of_lead(statement, lexicon) or _of_heading(statement, lexicon)
    return term if term and _fits(term, statement) else None


def find_term(written: str, lexicon: Lexicon, *, code: bool = False) -> Term | None:
    """The term of a name, with what stands in brackets left out, or of a command with any arguments."""
    bare = re.sub(r"\s*\([^)]*\)\s*", " ", written).strip()
    bare = re.sub(r"^(?:the|a|an)\s+|\s+(?:object|resource|component|type)s?$", "", bare, flags=re.IGNORECASE)
    found = lexicon.find(bare)
    if found or not (code or " " in bare):
        return found
    parts = bare.split()
    for size in (3, 2):
        found = lexicon.find(" ".join(parts[:size])) if len(parts) >= size else None
        if found and found.type == "command":
            return found
    return None


def _fits(term: Term, statement: Statement) -> bool:
    """A word such as Delete or Running is a term only where the notes speak of its type."""
    needed = CONTEXT_TYPES.get(term.type)
    if needed is None:
        return True
    if not needed:
        return statement.code or bool(re.search(r"field|manifest|yaml", " ".join(statement.section), re.IGNORECASE))
    return needed in f"{' '.join(statement.section)} {statement.context}".casefold()


def _first_words(text: str, lexicon: Lexicon) -> Term | None:
    """The longest term the sentence starts with, if a verb follows."""
    if text.count("`") == 2 and text.strip(" .:").startswith("`") and text.strip(" .:").endswith("`"):
        return None  # a command by itself says nothing of what it does
    parts = re.sub(r"[\"'`]", "", text).split()[:8]
    if parts and parts[0].casefold() in ARTICLES:
        parts = parts[1:]
    for size in (4, 3, 2, 1):
        if len(parts) <= size or any(part.endswith((",", ".", ";", ":")) for part in parts[:size]):
            continue
        term = lexicon.find(" ".join(parts[:size]))
        follows = re.sub(r"[^a-z]", "", parts[size].casefold())
        bracket = parts[size].startswith("(")
        if term and term.type == "command" and lexicon.find(follows):
            continue  # kubectl get pods: what follows is no verb
        if term and (bracket or follows in VERBS or (follows.endswith("s") and len(follows) > 3)):
            return term
    return None


def _of_lead(statement: Statement, lexicon: Lexicon) -> Term | None:
    found = LEAD_SUBJECT.match(statement.context)
    return find_term(found[1], lexicon) if found else None


def _has_own_subject(text: str) -> bool:
    """ "An overlay changes a base" speaks of overlays; "A directory that holds ..." describes what is above."""
    said = [re.sub(r"[^a-z]", "", word) for word in text.casefold().split()[:10]]
    if not said or said[0] not in ARTICLES:
        return False
    for word in said[1:]:
        if word in RELATIVES:
            return False
        if word in VERBS or (len(word) > 3 and word.endswith("s") and not word.endswith("ss")):
            return True
    return False


def _of_heading(statement: Statement, lexicon: Lexicon) -> Term | None:
    """An entry below a heading is about the heading only when it starts with a verb or a noun phrase of its own."""
    starts = re.match(r"^(?:the|a|an|[a-z]+s)\s", statement.text, re.IGNORECASE)
    below = VERB_FIRST.match(statement.context)
    if not statement.section or not starts or (statement.context and not below) or _has_own_subject(statement.text):
        return None
    path = [part for part in statement.section if not NO_SUBJECT.match(part)] or [""]
    heading = re.sub(r"^(?:what (?:is|are)|about)\s+|\?$", "", path[-1], flags=re.IGNORECASE)
    term = find_term(heading, lexicon)
    if term and spelling(statement.text).startswith(spelling(term.name)):
        return None
    return term
