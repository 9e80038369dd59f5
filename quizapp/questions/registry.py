"""Every kind and every lint by name. A leaf: nobody on the shelves imports it."""

from collections.abc import Mapping

from quizapp.questions.kind import Kind
from quizapp.questions.kinds import (
    choice,
    cloze,
    command,
    matching,
    meaning,
    multi,
    ordering,
    question,
    recall,
    short,
    term,
    truefalse,
)
from quizapp.questions.lint import Lint
from quizapp.questions.lints import (
    article,
    fragment,
    leak,
    length,
    options,
    outdated,
    pairs,
    pronoun,
    trivial,
    unbalanced,
)

KINDS: Mapping[tuple[str, str], Kind] = {
    (kind.use, kind.name): kind
    for kind in (
        choice.KIND,
        multi.KIND,
        truefalse.KIND,
        cloze.KIND,
        short.KIND,
        command.KIND,
        matching.KIND,
        ordering.KIND,
        term.KIND,
        meaning.KIND,
        recall.KIND,
        question.KIND,
    )
}

LINTS: Mapping[str, Lint] = {
    "options": options.lint,
    "pairs": pairs.lint,
    "leak": leak.lint,
    "length": length.lint,
    "pronoun": pronoun.lint,
    "unbalanced": unbalanced.lint,
    "fragment": fragment.lint,
    "article": article.lint,
    "trivial": trivial.lint,
    "outdated": outdated.lint,
}
