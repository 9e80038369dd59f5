"""Every page: readable for everyone, on a phone, in the dark, with nothing in the console."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import MODULE

PAGES = [
    "/",
    "/library",
    f"/modules/{MODULE}",
    "question",
    "answer",
    "summary",
    "/review",
    "card",
    "/notes",
    "/decks",
    "/notes/new",
]
PAGES += ["/preferences", "/cards", "/statistics", "counted", "aside"]
PAGES += [
    "curated",
    "edited",
    "refused",
    "preview",
    "/labs",
    "/labs/first-deployment",
    "/labs/pods-and-their-lives",
    "checked",
    "/nowhere",
]
NOTES = "# Probe\n\n## Pods\n\nA Pod is the smallest unit that Kubernetes runs.\n"


@pytest.fixture(params=["light", "dark"])
def reader(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base_url, color_scheme=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=base_url, viewport={"width": 360, "height": 740}, has_touch=True)
    yield context.new_page()
    context.close()


def begin(page: Page) -> None:
    page.goto(f"/modules/{MODULE}")
    page.get_by_role("button", name="Start a quiz").click()


def reach(page: Page, name: str) -> None:
    """Opens a page by its address, or by what leads to it."""
    if name.startswith("/"):
        page.goto(name)
    elif name == "card":
        page.goto("/review")
        page.locator("#show").click()
    elif name == "counted":
        reach(page, "card")
        page.get_by_role("button", name="Easy").click()
        page.locator("#show").wait_for()
        page.goto("/statistics")
        page.locator("summary").evaluate_all("all => all.forEach((one) => one.click())")
    elif name == "aside":
        page.goto("/review")
        page.get_by_text("Set aside").click()
    elif name == "preview":
        page.goto("/notes/new")
        page.get_by_label("Notes in Markdown").fill(NOTES)
        page.get_by_role("button", name="Preview questions").click()
    elif name in ("curated", "edited", "refused"):
        reach_curation(page, name)
    elif name == "checked":
        page.goto("/labs/first-deployment")
        page.get_by_text("Start it yourself with kubectl").click()
        page.get_by_role("button", name="I have done that").click()
    else:
        reach_quiz(page, name)


def reach_curation(page: Page, name: str) -> None:
    """A module with something hidden and something accepted, one item in its form, or a form that was refused."""
    page.goto(f"/modules/{MODULE}/curate")
    if name == "curated":
        page.get_by_role("button", name="Accept").first.click()
        page.get_by_role("button", name="Hide").first.click()
        page.get_by_role("heading", name="Hidden").wait_for()
        return
    page.locator("li:has(.options)").first.get_by_role("link", name="Edit").click()
    page.get_by_role("heading", level=1).wait_for()
    if name == "refused":
        page.get_by_label("Text", exact=True).nth(1).fill(page.get_by_label("Text", exact=True).first.input_value())
        page.get_by_role("button", name="Save and accept").click()
        page.get_by_role("alert").wait_for()


def reach_quiz(page: Page, name: str) -> None:
    begin(page)
    if name == "answer":
        boxes = page.locator("input[name=answer]")
        for place, select in enumerate(page.locator("select[name^=pair]").all(), start=1):
            select.select_option(index=place)
        if boxes.count():
            boxes.first.fill("pod") if boxes.first.get_attribute("type") == "text" else boxes.first.check()
        page.get_by_role("button", name="Answer", exact=True).click()
        page.locator("#result").wait_for()
    if name == "summary":
        page.goto(re.sub(r"/\d+$", "/summary", page.url))


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_in_the_way_of_a_reader(reader: Page, name: str) -> None:
    reach(reader, name)
    found = Axe().run(reader)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(phone: Page, name: str) -> None:
    reach(phone, name)
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("name", PAGES)
def test_what_is_pressed_is_large_enough(phone: Page, name: str) -> None:
    reach(phone, name)
    small = phone.evaluate(
        """[...document.querySelectorAll("button, .button, select, .menu a, input[type=text], summary")]
        .filter((item) => item.checkVisibility() && item.getBoundingClientRect().height < 24)
        .map((item) => item.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("/nowhere", "refused")])
def test_the_browser_has_nothing_to_complain_about(page: Page, name: str) -> None:
    reach(page, name)


def test_what_an_attacker_writes_stays_text(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto("/notes/new")
    attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) `<svg/onload=alert(4)>`"
    page.get_by_label("Notes in Markdown").fill(f"# Attack {attack}\n\nA Pod is the smallest unit. {attack}\n")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", level=1).wait_for()
    scripts = page.evaluate("[...document.scripts].filter((item) => !item.src).length")
    assert (asked, scripts) == ([], 0)
