"""A quiz from the module page to its summary, without JavaScript."""

import html
import re

from quizapp.services import quiz, users
from quizapp.services.context import Context
from quizapp.services.quiz import QuestionView
from tests.web.parts import MODULE, Visitor

HIDDEN = ("feedback", "is-right", "is-wrong", "From the notes")


def start(visitor: Visitor, **form: object) -> str:
    reply = visitor.post(f"/modules/{MODULE}/quiz", form, at=f"/modules/{MODULE}")
    assert reply.status_code == 302
    return str(reply.headers["Location"])


def view_of(context: Context, path: str) -> QuestionView:
    attempt, pos = re.fullmatch(r"/quiz/([^/]+)/(\d+)", path).groups()
    return quiz.question(context, users.local_user(context).id, attempt, int(pos))


def form_for(view: QuestionView) -> dict[str, object]:
    """Some answer to any kind of question."""
    if view.lefts:
        return {f"pair{n}": str(n) for n in range(len(view.lefts))}
    return {"answer": "pod" if view.typed else view.options[0].id}


def test_the_whole_quiz_can_be_taken_with_forms_alone(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    total = view_of(context, path).total
    for _ in range(total):
        reply = visitor.post(path, form_for(view_of(context, path)), at=path)
        assert reply.status_code == 302
        page = visitor.get(path).text
        assert 'id="result"' in page
        path = re.search(r'id="next" href="([^"]+)"', page)[1]
    assert path.endswith("/summary")
    assert f"of {total} right" in visitor.get(path).text


def test_a_question_does_not_tell_its_answer(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    for pos in range(1, view_of(context, path).total + 1):
        page = visitor.get(path.rsplit("/", 1)[0] + f"/{pos}").text
        assert 'id="result"' not in page
        assert not [word for word in HIDDEN if word in page]


def test_the_explanation_links_to_a_line_that_is_there(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    visitor.post(path, form_for(view_of(context, path)), at=path)
    page = visitor.get(path).text
    slug, line = re.search(r'href="/modules/([^"#]+)#(L\d+)"', page.split("From the notes")[1]).groups()
    assert f'id="{line}"' in visitor.get(f"/modules/{slug}").text


def test_an_empty_answer_is_asked_for_again(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    reply = visitor.post(path, {}, at=path)
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text
    assert view_of(context, path).answer is None


def test_htmx_gets_the_piece_that_changes(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    form = {"csrf_token": visitor.token(path), **form_for(view_of(context, path))}
    reply = visitor.client.post(path, data=form, headers={"HX-Request": "true"})
    assert reply.status_code == 200
    assert "<html" not in reply.text
    assert 'id="result"' in reply.text


def test_sending_an_answer_twice_counts_once(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    form = {"event_id": "one", **form_for(view_of(context, path))}
    visitor.post(path, form, at=path)
    first = view_of(context, path).answer
    visitor.post(path, form)
    assert view_of(context, path).answer == first


def test_a_section_can_be_asked_alone(visitor: Visitor, context: Context) -> None:
    page = visitor.get(f"/modules/{MODULE}").text
    line = re.search(r'name="section" value="(\d+)"', page)[1]
    path = start(visitor, section=line)
    visitor.post(path, form_for(view_of(context, path)), at=path)
    answer = view_of(context, path).answer
    assert answer
    assert answer.section
    assert html.escape(answer.section[-1]) in page


def test_a_question_is_reported_with_one_click(visitor: Visitor, context: Context) -> None:
    path = start(visitor)
    item = view_of(context, path).item_id
    reply = visitor.post(f"/items/{item}/report", {"next": path}, at=path)
    assert reply.headers["Location"] == path
    assert "the report was saved" in visitor.get(path).text


def test_what_was_typed_is_still_there_after_a_slip(visitor: Visitor) -> None:
    visitor.post(
        "/notes/new", {"action": "save", "markdown": '# Q\n\n```quiz\nWhich agent runs Pods?\n= the "kubelet"\n```\n'}
    )
    start = visitor.post("/modules/q/quiz", at="/modules/q")
    question = start.headers["Location"]
    slip = visitor.post(question, {"answer": 'the "kubelett"', "event_id": "0" * 32}, at=question)
    assert slip.status_code == 422
    assert "check your spelling" in slip.text
    assert 'value="the &#34;kubelett&#34;"' in slip.text
    right = visitor.post(question, {"answer": "kubelet", "event_id": "1" * 32}, at=question)
    assert right.status_code == 302


def test_a_comment_in_a_cited_command_is_code_and_no_heading(visitor: Visitor) -> None:
    text = "# Q\n\n```sh\n# show details and events of a Pod\nkubectl describe pod web\n```\n"
    visitor.post("/notes/new", {"action": "save", "markdown": text})
    question = visitor.post("/modules/q/quiz", at="/modules/q").headers["Location"]
    page = visitor.get(question).text
    option = re.search(r'name="answer" value="([^"]+)"', page)
    given = option[1] if option and "text" not in option[0] else "describe"
    visitor.post(question, {"answer": given, "event_id": "2" * 32}, at=question)
    shown = visitor.get(question).text
    quote = shown[shown.index('<blockquote class="source">') :]
    assert "<pre" in quote[: quote.index("</blockquote>")]
    assert "<h" not in quote[: quote.index("</blockquote>")]


def test_the_code_that_a_question_is_about_stands_beside_it(visitor: Visitor, context: Context) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: <web>\nspec:\n  hostname: a\n  subdomain: c\n  nodeName: b\n"
    form = {"markdown": f"# Q\n\n```yaml\n{pod}```\n"}
    preview = visitor.post("/notes/new", {"action": "preview", **form}).text
    visitor.post("/notes/new", {"action": "save", **form})
    path = visitor.post("/modules/q/quiz", at="/modules/q").headers["Location"]
    places = [f"{path.rpartition('/')[0]}/{pos}" for pos in range(1, view_of(context, path).total + 1)]
    (path,) = [one for one in places if "misspelt" in view_of(context, one).stem]
    view = view_of(context, path)
    code = f'<pre tabindex="0"><code>{html.escape(view.shown)}</code></pre>'
    assert "name: &lt;web&gt;" in code
    pages = [visitor.get(where).text for where in (path, "/modules/q/curate", f"/modules/q/curate/{view.item_id}")]
    visitor.post(path, form_for(view), at=path)
    pages.append(visitor.get(path).text)
    assert 'id="result"' in pages[-1]
    assert [code in page for page in (preview, *pages)] == [True] * 5
