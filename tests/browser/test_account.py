"""A person's own account in a real browser: two browsers, one of them thrown out; a password chosen by a link."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from quizapp.factory import create_context
from quizapp.services import logins, users
from quizapp.services.maintenance import upgrade_database
from quizapp.settings import Settings, read_settings
from tests.browser.conftest import serve

SECRET = "only for tests: a key of 32 characters or more"
PASSWORD, NEW = "correct horse", "another correct horse"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A server with the account ada; Chromium takes http://localhost for as safe as https."""
    told = {"QUIZAPP_MODE": "server", "QUIZAPP_SECRET_KEY": SECRET, "QUIZAPP_TRUSTED_HOSTS": "localhost"}
    made = read_settings({**told, "QUIZAPP_DATA": str(tmp_path)})
    upgrade_database(made)
    ctx = create_context(made)
    users.create_user(ctx, "ada", PASSWORD, "admin")
    ctx.database.close()
    return made


@pytest.fixture
def address(settings: Settings, tmp_path: Path) -> Iterator[str]:
    told = {"QUIZAPP_MODE": "server", "QUIZAPP_SECRET_KEY": SECRET, "QUIZAPP_TRUSTED_HOSTS": "localhost"}
    for server in serve(tmp_path, **told):
        yield server.address.replace("127.0.0.1", "localhost")


def open_page(browser: Browser, address: str, **options: object) -> Page:
    page = browser.new_context(base_url=address, **options).new_page()
    page.set_default_timeout(10_000)
    return page


def log_in(page: Page, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/")


def test_who_is_logged_in_twice_ends_the_other_login_and_changes_the_password(browser: Browser, address: str) -> None:
    here, there = open_page(browser, address), open_page(browser, address)
    log_in(here)
    log_in(there)
    here.goto("/account")
    expect(here.get_by_text("this one")).to_be_visible()
    here.get_by_role("button", name="End the login of").click()
    expect(here.get_by_text("That login is ended.")).to_be_visible()
    there.goto("/library")
    expect(there).to_have_url(f"{address}/login?next=/library")
    for label, value in (("Current password", PASSWORD), ("New password (", NEW), ("New password once more", NEW)):
        here.get_by_label(label).fill(value)
    here.get_by_role("button", name="Change it").click()
    expect(here.get_by_text("Your password is changed.")).to_be_visible()
    log_in(there, NEW)
    for page in (here, there):
        page.context.close()


def test_a_link_leads_to_a_password_and_then_nowhere(browser: Browser, address: str, settings: Settings) -> None:
    ctx = create_context(settings)
    link = f"/password/{logins.issue_link(ctx, 'ada', 1)[0]}"
    ctx.database.close()
    page = open_page(browser, address)
    page.goto(link)
    page.get_by_label("Password (").fill(NEW)
    page.get_by_label("Password once more").fill(NEW)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Your password is chosen.")).to_be_visible()
    log_in(page, NEW)
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not hold")).to_be_visible()
    page.context.close()


def test_the_pages_are_readable_for_everyone_in_the_dark_and_on_a_phone(
    browser: Browser, address: str, settings: Settings
) -> None:
    ctx = create_context(settings)
    link = f"/password/{logins.issue_link(ctx, 'ada', 1)[0]}"
    ctx.database.close()
    for scheme in ("light", "dark"):
        page = open_page(browser, address, color_scheme=scheme, viewport={"width": 360, "height": 740})
        log_in(page)
        for path in ("/account", link):
            page.goto(path)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{path} {scheme}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.context.close()
