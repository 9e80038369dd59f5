"""Where the browser is decides when a study day begins; what nobody knows is refused."""

from quizapp.services.context import Context
from quizapp.services.users import local_user
from tests.web.parts import Visitor


def test_the_zone_of_the_browser_is_kept(visitor: Visitor, context: Context) -> None:
    assert 'data-zone="UTC"' in visitor.get("/").text
    assert visitor.post("/time-zone", {"zone": "Asia/Kolkata"}).status_code == 204
    assert local_user(context).tz_name == "Asia/Kolkata"
    assert 'data-zone="Asia/Kolkata"' in visitor.get("/").text


def test_a_zone_that_nobody_knows_changes_nothing(visitor: Visitor, context: Context) -> None:
    reply = visitor.post("/time-zone", {"zone": "<script>"})
    assert reply.status_code == 422
    assert local_user(context).tz_name == "UTC"
