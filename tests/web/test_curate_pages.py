"""Curating in the browser: decisions, edits with their fields, the file, and who may."""

import html
import io
import re

import pytest

from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.curate import Curated, module_to_curate
from quizapp.services.users import local_user
from tests.databases import statements
from tests.web.parts import MODULE, Clock, Visitor

PAGE = f"/modules/{MODULE}/curate"
FILE = f"/modules/{MODULE}/curation.yaml"
TYPO = """# Small things

- **Pod**: the smallest unit that Kubernetes deploys.
- **Service**: a stable adress for a group of Pods.
- **Deployment**: manages ReplicaSets and rolls out new versions.
"""


def shown(context: Context, slug: str = MODULE) -> list[Curated]:
    view = module_to_curate(context, local_user(context), slug)
    return [one for section in view.sections for one in section.items] + list(view.hidden)


def one_of(context: Context, kind: str, form: str = "") -> Curated:
    return next(one for one in shown(context) if one.item.kind == kind and (not form or not one.item.options))


def again(context: Context, one: Curated) -> Curated:
    return next(other for other in shown(context) if other.item.id == one.item.id)


def decide(visitor: Visitor, one: Curated, action: str) -> None:
    form = {"action": action, "version": one.version}
    reply = visitor.post(f"{PAGE}/{one.item.id}/decide", form)
    assert (reply.status_code, reply.headers.get("Location")) == (302, f"{PAGE}#{one.item.id}"), reply.text


def form_of(visitor: Visitor, one: Curated) -> dict[str, object]:
    """The edit form as a browser would send it back untouched."""
    text = visitor.get(f"{PAGE}/{one.item.id}").text.split('method="post"')[-1].split("</form>")[0]
    found = dict(re.findall(r'<input type="(?:text|hidden)" name="([^"]+)"[^>]*? value="([^"]*)"', text))
    found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', text))
    found.pop("csrf_token")
    right = re.findall(r'<input type="(?:radio|checkbox)" name="right" value="(\d+)" checked', text)
    return {name: html.unescape(value) for name, value in found.items()} | {"right": right}


def test_the_module_page_leads_to_a_page_with_every_item_and_its_cited_lines(
    visitor: Visitor, context: Context
) -> None:
    assert f'href="{PAGE}"' in visitor.get(f"/modules/{MODULE}").text
    text = visitor.get(PAGE).text
    items = shown(context)
    assert [one.item.id for one in items if f'id="{one.item.id}"' not in text] == []
    assert text.count("From the notes:") == len(items)
    assert f'href="/modules/{MODULE}#L{items[0].item.lines[0]}"' in text
    assert f"{len(items)} undecided" in text.split('id="tally"')[1].split("</p>")[0]


def test_which_option_is_right_is_told_in_words(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "choice")
    text = visitor.get(PAGE).text.split(f'id="{one.item.id}"')[1].split("</li>\n</ul>\n</section>")[0]
    text = text.split("<form")[0]
    assert text.count("right answer") == 1
    assert text.count(">wrong<") == len(one.item.options) - 1


def test_accept_hide_bring_back_and_take_back(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "choice")
    decide(visitor, one, "accept")
    assert again(context, one).verdict == "accepted"
    assert "Accepted." in visitor.get(PAGE).text
    decide(visitor, one, "hide")
    text = visitor.get(PAGE).text
    assert one.item.id in text.split('id="hidden"')[1]
    assert "1 hidden" in text.split('id="tally"')[1]
    decide(visitor, one, "bring-back")
    assert 'id="hidden"' not in visitor.get(PAGE).text
    decide(visitor, one, "accept")
    decide(visitor, one, "take-back")
    assert again(context, one).verdict == "undecided"


@pytest.mark.parametrize(
    "kind", ["choice", "truefalse", "cloze", "matching", "term", "meaning", "command", "short", "multi", "recall"]
)
def test_a_form_that_is_sent_back_untouched_accepts_the_item_as_it_is(
    visitor: Visitor, context: Context, kind: str
) -> None:
    one = one_of(context, kind)
    reply = visitor.post(f"{PAGE}/{one.item.id}", form_of(visitor, one) | {"action": "save"})
    assert reply.status_code == 302, reply.text
    after = again(context, one)
    assert (after.item, after.verdict, after.edited) == (one.item, "accepted", False)


@pytest.mark.parametrize(
    ("kind", "form", "changes"),
    [
        ("choice", "", {"stem": "Which one did a person write?", "options.0.text": "One of my own"}),
        ("truefalse", "", {"stem": "True or false? A person wrote this.", "options.0.feedback": "So it is."}),
        ("cloze", "answers", {"answers": "first\n\n second \n"}),
        ("matching", "", {"pairs.0.1": "A side of my own"}),
        ("term", "", {"back": "A back of my own."}),
        ("multi", "", {"several.0.text": "A choice of my own"}),
        ("command", "", {"answers": "verb", "whole": "kubectl verb pod"}),
    ],
)
def test_an_edit_is_saved_accepted_and_shown(
    visitor: Visitor, context: Context, kind: str, form: str, changes: dict[str, str]
) -> None:
    one = one_of(context, kind, form)
    reply = visitor.post(f"{PAGE}/{one.item.id}", form_of(visitor, one) | changes | {"action": "save"})
    assert reply.status_code == 302, reply.text
    after = again(context, one)
    assert (after.item.id, after.verdict, after.edited) == (one.item.id, "accepted", True)
    text = visitor.get(PAGE).text
    assert [words for words in changes.values() if words.split("\n")[0] not in text] == []
    assert "edited and accepted" in text
    if kind == "cloze":
        assert after.item.answers == ("first", "second")


def test_an_option_can_be_added_and_taken_out(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "choice")
    count = len(one.item.options)
    form = form_of(visitor, one) | {"options.0.text": "", f"options.{count}.text": "One more", "right": count}
    visitor.post(f"{PAGE}/{one.item.id}", form | {"action": "save"})
    options = again(context, one).item.options
    assert [option.text for option in options] == [*(old.text for old in one.item.options[1:]), "One more"]
    assert [option.text for option in options if option.correct] == ["One more"]


def test_what_breaks_an_item_is_told_at_its_field_and_the_texts_stay(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "choice")
    form = form_of(visitor, one) | {"options.1.text": one.item.options[0].text, "stem": "My <b>words</b>"}
    form.pop("right")
    reply = visitor.post(f"{PAGE}/{one.item.id}", form | {"action": "save"})
    assert reply.status_code == 422
    assert "This question needs exactly one right option" in reply.text
    assert "Option 2 is the same option twice" in reply.text
    assert 'id="trouble-options.1.text"' in reply.text
    assert 'aria-describedby="trouble-options.1.text"' in reply.text
    assert "My &lt;b&gt;words&lt;/b&gt;" in reply.text
    assert again(context, one) == one


def test_a_check_shows_what_the_lints_say_and_saves_nothing(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "term")
    reply = visitor.post(f"{PAGE}/{one.item.id}", form_of(visitor, one) | {"back": "It is what we", "action": "check"})
    assert reply.status_code == 200
    assert "speaks in the author&#39;s person" in reply.text
    assert "not saved yet" in reply.text
    assert again(context, one) == one
    visitor.post(f"{PAGE}/{one.item.id}", form_of(visitor, one) | {"back": "It is what we", "action": "save"})
    assert "speaks in the author&#39;s person" in visitor.get(PAGE).text


def test_another_tab_was_faster(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "term")
    form = form_of(visitor, one)
    visitor.post(f"{PAGE}/{one.item.id}", form | {"back": "The first tab.", "action": "save"})
    late = visitor.post(f"{PAGE}/{one.item.id}", form | {"back": "The second tab.", "action": "save"})
    assert late.status_code == 409
    assert "The second tab." in late.text
    assert again(context, one).item.back == "The first tab."
    reply = visitor.post(f"{PAGE}/{one.item.id}/decide", {"action": "hide", "version": one.version})
    assert reply.status_code == 409


def test_notes_that_changed_since_an_edit_are_told(visitor: Visitor, context: Context) -> None:
    visitor.post("/notes/new", {"markdown": TYPO, "action": "save"})
    page = "/modules/small-things/curate"
    one = next(one for one in shown(context, "small-things") if one.item.kind == "term" and "Pod**" in one.item.source)
    form = {"front": one.item.prompt, "back": "My own back.", "version": one.version, "action": "save"}
    assert visitor.post(f"{page}/{one.item.id}", form).status_code == 302
    assert "The notes changed since" not in visitor.get(page).text
    changed = TYPO.replace("the smallest unit", "is the smallest unit")
    visitor.post("/notes/small-things/edit", {"markdown": changed, "action": "save"})
    text = visitor.get(page).text
    assert "The notes changed since you edited this" in text
    assert "My own back." in text


def test_suspected_typing_mistakes_stand_at_the_top_with_their_line(visitor: Visitor) -> None:
    visitor.post("/notes/new", {"markdown": TYPO, "action": "save"})
    text = visitor.get("/modules/small-things/curate").text
    warnings = text.split('id="warnings"')[1].split("</div>")[0]
    assert "adress" in warnings
    assert 'href="/modules/small-things#L4"' in warnings
    assert text.index('id="warnings"') < text.index('id="section-1"')


def test_the_file_can_be_downloaded_and_brought_back(visitor: Visitor, context: Context) -> None:
    one, other = one_of(context, "choice"), one_of(context, "term")
    decide(visitor, one, "hide")
    decide(visitor, other, "accept")
    reply = visitor.get(FILE)
    assert f"{MODULE}.curation.yaml" in reply.headers["Content-Disposition"]
    assert reply.mimetype == "application/yaml"
    for changed in (one, other):
        decide(visitor, changed, "take-back")
    upload = {"upload": (io.BytesIO(reply.data), "mine.yaml")}
    assert visitor.post(FILE, upload).status_code == 302
    assert "2 decisions, 2 of them new" in visitor.get(PAGE).text
    assert (again(context, one).verdict, again(context, other).verdict) == ("hidden", "accepted")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"module: {MODULE}\nitems:\n  {MODULE}-0123456789: {{decision: <b>}}\n", "mine.yaml:3: items."),
        ("module: other\nitems: {}\n", "mine.yaml:1: module: is"),
        ("a: [", "mine.yaml:"),
        ("", "mine.yaml: is empty"),
        ("\x00", "mine.yaml: is not a text file"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_line_and_field(visitor: Visitor, text: str, says: str) -> None:
    reply = visitor.post(FILE, {"upload": (io.BytesIO(text.encode()), "mine.yaml")})
    assert reply.status_code == 422
    assert "Nothing was imported" in reply.text
    assert says in reply.text
    assert "<b>" not in reply.text.split("mine.yaml")[1].split("</ul>")[0]


def test_no_file_is_told(visitor: Visitor) -> None:
    reply = visitor.post(FILE, {"upload": (io.BytesIO(b""), "")})
    assert (reply.status_code, "Choose a file first" in reply.text) == (422, True)


def test_texts_cannot_smuggle_markup(visitor: Visitor, context: Context) -> None:
    one = one_of(context, "term")
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    visitor.post(f"{PAGE}/{one.item.id}", form_of(visitor, one) | {"front": attack, "back": attack, "action": "save"})
    for path in (PAGE, f"{PAGE}/{one.item.id}", f"/review?module={MODULE}"):
        text = visitor.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_page_asks_the_database_a_few_times_only(visitor: Visitor, context: Context) -> None:
    path = f"{PAGE}/{one_of(context, 'choice').item.id}"
    for page in (PAGE, path):
        with statements(context) as sent:
            visitor.get(page)
        assert len(sent) <= 6, sent


@pytest.mark.parametrize("role", ["learner", "instructor", "admin"])
def test_in_server_mode_the_page_is_there_for_instructors_and_admins_alone(
    server: Visitor, server_context: Context, role: str
) -> None:
    users.create_user(server_context, "grace", "correct horse", role)
    server.post("/login", {"name": "grace", "password": "correct horse"}, at="/login")
    may = role != "learner"
    assert (PAGE in server.get(f"/modules/{MODULE}").text) == may
    one = shown_to_admin(server_context)
    decision = {"action": "accept", "version": one.version}
    replies = {
        "page": server.get(PAGE).status_code,
        "item": server.get(f"{PAGE}/{one.item.id}").status_code,
        "file": server.get(FILE).status_code,
        "decide": server.post(f"{PAGE}/{one.item.id}/decide", decision).status_code,
        "edit": server.post(f"{PAGE}/{one.item.id}", {"action": "check"}).status_code,
        "import": server.post(FILE, {"upload": (io.BytesIO(b"x"), "x.yaml")}).status_code,
    }
    wanted = {"page": 200, "item": 200, "file": 200, "decide": 302, "edit": 422, "import": 422}
    assert replies == (wanted if may else dict.fromkeys(wanted, 404))


def shown_to_admin(context: Context) -> Curated:
    admin = users.create_user(context, "root", "correct horse", "admin")
    found = module_to_curate(context, admin, MODULE)
    return next(section.items[0] for section in found.sections if section.items)


def test_an_author_sees_which_facts_and_sections_nothing_asks_for(visitor: Visitor) -> None:
    text = (
        "# Q\n\n- **Pod**: the smallest unit that Kubernetes deploys\n\n## Lab: do it\n\n" + "run this and that, " * 7
    )
    text += "\n\n## Pipes\n\n- **Pipe**: a link that joins one command|another command\n"
    visitor.post("/notes/new", {"markdown": text, "action": "save"})
    page = visitor.get("/modules/q/curate").text
    assert "its heading says that it holds tasks" in page
    assert '<a href="/modules/q#L11">Pipe</a>' in page


def test_how_long_curating_took_is_told(visitor: Visitor, context: Context) -> None:
    clock = context.now
    assert isinstance(clock, Clock)
    assert 'id="spent"' not in visitor.get(PAGE).text
    for one in shown(context)[:4]:
        decide(visitor, one, "accept")
        clock.advance(seconds=40)
    assert "4 decisions so far took about 2 minutes" in visitor.get(PAGE).text
