"""A cohort in a real browser, in server mode: begun, filled, given work, which a learner does; readable on the way."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import MODULE, ROOT, Server, serve

PASSWORD = "correct horse battery"
ACCOUNTS = {"Grace": "instructor"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Server mode with one instructor."""
    folder = tmp_path_factory.mktemp("cohort")
    mode = {
        "QUIZAPP_MODE": "server",
        "QUIZAPP_SECRET_KEY": "for this test only, 32 characters long",
        "QUIZAPP_TRUSTED_HOSTS": "127.0.0.1",
    }
    for name, role in ACCOUNTS.items():
        command = [sys.executable, "-m", "quizapp", "user", "create", name, "--role", role, "--password-stdin"]
        env = os.environ | {"QUIZAPP_DATA": str(folder)} | mode
        subprocess.run(command, cwd=ROOT, env=env, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
    yield from serve(folder, **mode)


@pytest.fixture
def ada(browser: Browser, base_url: str) -> Iterator[Page]:
    """Another person, at a phone."""
    context = browser.new_context(base_url=base_url, viewport={"width": 360, "height": 740}, has_touch=True)
    yield context.new_page()
    context.close()


def is_readable(page: Page) -> None:
    """Nothing in the way of a reader, and nothing to scroll sideways on a phone."""
    found = Axe().run(page)
    assert found.violations_count == 0, (page.url, found.generate_report())
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url
    if size:
        page.set_viewport_size(size)


def log_in(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("Name").fill("Grace")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Cohorts").click()


def begin_a_cohort(page: Page) -> None:
    is_readable(page)
    page.get_by_label("Title").fill("Kubernetes in spring")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Begin it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kubernetes in spring")


def import_a_dirty_list(page: Page) -> None:
    page.get_by_role("link", name="Import a list").click()
    field = page.get_by_label("or the list itself")
    field.fill("name;email;group\nJörg Müller;joerg@x.de;A\nZoë;zoe at x.de;B\n")
    page.get_by_role("button", name="Look what would happen").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 3")
    is_readable(page)
    field.fill(field.input_value().replace("zoe at ", "zoe@"))
    page.get_by_role("button", name="Look what would happen").click()
    expect(page.locator("#counts")).to_have_text("2 new")
    is_readable(page)
    page.get_by_role("button", name="Take the list in").click()
    expect(page.locator("#members")).to_contain_text("Zoë")
    is_readable(page)


def make_a_code(page: Page) -> str:
    page.get_by_role("link", name="Codes and invitations").click()
    page.get_by_role("button", name="Make it").click()
    link = page.locator("#link").inner_text()
    is_readable(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Cohorts").click()
    page.get_by_role("link", name="Kubernetes in spring").click()
    return link


def give_work(page: Page) -> None:
    page.get_by_role("link", name="A new assignment").click()
    page.get_by_label("Module").select_option(MODULE)
    page.get_by_role("button", name="Choose it").click()
    page.get_by_label("Title").fill("Week 1")
    page.get_by_role("textbox", name="Questions").fill("2")
    page.get_by_role("checkbox", name=re.compile("^choice")).check()
    for label, when in (("Opens", "2020-01-01T09:00"), ("Due", "2098-12-31T18:00"), ("Closes", "2099-01-01T20:00")):
        page.get_by_label(label, exact=True).fill(when)
    page.get_by_label("Marks and right answers").select_option("submit")
    is_readable(page)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week 1")
    is_readable(page)


def join(ada: Page, link: str) -> None:
    ada.goto(link)
    is_readable(ada)
    ada.get_by_label("Name").fill("Ada")
    ada.get_by_label("Password").fill(PASSWORD)
    ada.get_by_role("button", name="Join").click()
    expect(ada.get_by_role("status")).to_have_text("You are in.")
    expect(ada.get_by_text("Zoë")).to_have_count(0)
    is_readable(ada)


def take_it(ada: Page) -> None:
    ada.get_by_role("link", name="What is due").click()
    is_readable(ada)
    ada.get_by_role("button", name="Begin").click()
    is_readable(ada)
    ada.locator("input[name=answer]").first.check()
    ada.get_by_role("button", name="Save and go on").click()
    ada.wait_for_url(re.compile("/2$"))
    ada.go_back()
    ada.reload()
    expect(ada.locator("input[name=answer]").first).to_be_checked()
    ada.get_by_role("link", name="all questions").click()
    expect(ada.get_by_text("no answer")).to_have_count(1)
    is_readable(ada)
    ada.get_by_role("button", name="Hand in").click()
    expect(ada.get_by_text("not answered")).to_have_count(1)
    is_readable(ada)
    ada.locator("#questions ~ ol a").first.click()
    expect(ada.locator("#result")).to_be_visible()
    is_readable(ada)


def test_a_cohort_from_its_beginning_to_the_first_marks(page: Page, ada: Page, no_complaints: list[str]) -> None:
    log_in(page)
    begin_a_cohort(page)
    import_a_dirty_list(page)
    link = make_a_code(page)
    give_work(page)
    join(ada, link)
    take_it(ada)
    page.reload()
    expect(page.get_by_role("row", name="Ada")).to_contain_text("1 of 1")
    page.goto("/cohorts")
    page.get_by_role("link", name="Kubernetes in spring").click()
    expect(page.locator("#members")).to_contain_text("Ada")
    is_readable(page)
