"""The answer to a question in a form, as the kind of question wants it. Knows no page."""

from flask import request

from quizapp.services.errors import BadInput
from quizapp.services.quiz import Answer, QuestionView
from quizapp.web.here import whole_number


def answer_in_form(view: QuestionView) -> Answer:
    """What was sent; raises BadInput for an empty form."""
    if view.lefts:
        chosen = {left: _right(view, n) for n, left in enumerate(view.lefts)}
        if None in chosen.values():
            raise BadInput("answer", "choose a partner for every line")
        return {left: right for left, right in chosen.items() if right is not None}
    given = [value for value in request.form.getlist("answer") if value.strip()]
    if not given:
        raise BadInput("answer", "type an answer first" if view.typed else "choose an answer first")
    return given[0] if view.typed or view.kind == "cloze" else given


def _right(view: QuestionView, n: int) -> str | None:
    place = whole_number(request.form.get(f"pair{n}"), fallback=-1)
    return view.rights[place] if 0 <= place < len(view.rights) else None
