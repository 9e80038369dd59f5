"""The form of preferences: what it shows it keeps, and what it cannot keep it names beside the field."""

import json
import re

from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.own_data import own_data
from quizapp.services.preferences import DEFAULTS, preferences
from quizapp.services.users import local_user
from tests.databases import statements
from tests.web.parts import Visitor

PATH = "/preferences"


def shown(page: str) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    fields = re.findall(r'<input type="text" id="(\w+)" name="\w+" value="([^"]*)"', page)
    fixed = re.search(r'name="tz_fixed" value="(\w*)" checked', page)
    assert fixed
    ticks = re.findall(r'<input type="checkbox" id="(\w+)" name="\w+" value="yes"( checked)?', page)
    return {**dict(fields), **{name: "yes" if on else "" for name, on in ticks}, "tz_fixed": fixed[1]}


def wanted(context: Context) -> dict[str, str]:
    return preferences(context, local_user(context).id).texts()


def test_the_form_shows_what_holds_and_sending_it_changes_nothing(visitor: Visitor, context: Context) -> None:
    form = shown(visitor.get(PATH).text)
    assert form == DEFAULTS.texts()
    assert visitor.post(PATH, form, at=PATH).status_code == 302
    assert wanted(context) == DEFAULTS.texts()


def test_what_is_kept_is_shown_the_next_time(visitor: Visitor, context: Context) -> None:
    form = DEFAULTS.texts() | {"retention": "85", "learning_steps": "5m 1h", "leech_suspends": ""}
    form |= {"tz_fixed": "yes", "tz_name": "Asia/Tokyo"}
    assert visitor.post(PATH, form, at=PATH).headers["Location"] == PATH
    page = visitor.get(PATH).text
    assert "Kept." in page
    assert shown(page) == form == wanted(context)


def test_what_cannot_be_kept_is_named_and_stays_in_the_form(visitor: Visitor, context: Context) -> None:
    form = DEFAULTS.texts() | {"retention": "99", "learning_steps": "<b>", "new_per_day": "7"}
    reply = visitor.post(PATH, form, at=PATH)
    assert reply.status_code == 422
    assert "Wanted recall</a> is &#39;99&#39;; a whole number from 70 to 97 is possible." in reply.text
    assert reply.text.count('aria-invalid="true"') == 2
    assert 'value="&lt;b&gt;"' in reply.text
    assert 'id="new_per_day" name="new_per_day" value="7"' in reply.text
    assert wanted(context) == DEFAULTS.texts()


def test_a_zone_that_was_chosen_is_not_asked_of_the_browser(visitor: Visitor) -> None:
    assert "js/zone.js" in visitor.get("/").text
    visitor.post(PATH, DEFAULTS.texts() | {"tz_fixed": "yes", "tz_name": "Asia/Tokyo"}, at=PATH)
    assert "js/zone.js" not in visitor.get("/").text


def test_a_field_that_no_form_has_changes_nothing(visitor: Visitor, context: Context) -> None:
    visitor.post(PATH, {**DEFAULTS.texts(), "role": "admin", "name": "root", "max_interval": "1"}, at=PATH)
    assert (local_user(context).role, local_user(context).name) == ("learner", "You")
    assert wanted(context) == DEFAULTS.texts()


def test_the_page_costs_few_statements(visitor: Visitor, context: Context) -> None:
    visitor.get(PATH)
    with statements(context) as sent:
        visitor.get(PATH)
    assert len(sent) <= 2


def test_each_person_has_preferences_of_their_own(server: Visitor, server_context: Context) -> None:
    assert server.get(PATH).status_code == 302
    server.post("/login", {"name": "ada", "password": "correct horse"}, at="/login")
    server.post(PATH, DEFAULTS.texts() | {"retention": "80"}, at=PATH)
    assert shown(server.get(PATH).text)["retention"] == "80"
    assert wanted(server_context)["retention"] == "90"


def test_everything_about_a_person_is_a_download(visitor: Visitor, context: Context) -> None:
    assert 'href="/preferences/my-data.json"' in visitor.get(PATH).text
    reply = visitor.get("/preferences/my-data.json")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="quizapp-2026-11-25.json"'
    assert reply.mimetype == "application/json"
    assert reply.json == json.loads(json.dumps(own_data(context, local_user(context).id)))


def test_a_download_is_of_who_is_logged_in(server: Visitor, server_context: Context) -> None:
    assert server.get("/preferences/my-data.json").status_code == 302
    users.create_user(server_context, "grace", "correct horse", "learner")
    server.post("/login", {"name": "ada", "password": "correct horse"}, at="/login")
    data = server.get("/preferences/my-data.json").json
    assert data["person"]["name"] == "ada"
    assert "grace" not in json.dumps(data)
