"""Everything by keyboard, and no shortcut where somebody types."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import MODULE


def start_quiz(page: Page) -> None:
    page.goto(f"/modules/{MODULE}")
    page.get_by_role("button", name="Start a quiz").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/quiz/[^/]+/1$"))


def answer_by_keys(page: Page) -> None:
    """Any kind of question, without a mouse."""
    if page.locator("select[name^=pair]").count():
        for number in range(page.locator("select[name^=pair]").count()):
            page.locator(f"select[name=pair{number}]").focus()
            for _ in range(number + 1):
                page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Answer", exact=True).focus()
    elif page.locator("input[type=text][name=answer]").count():
        expect(page.locator("input[type=text][name=answer]")).to_be_focused()
        page.keyboard.type("pod 1")
    else:
        page.keyboard.press("1")
        expect(page.locator("input[data-key='1']")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_focused()


def test_a_whole_quiz_by_keyboard(page: Page) -> None:
    start_quiz(page)
    total = int(page.locator("progress").get_attribute("max") or 0)
    for _ in range(total):
        answer_by_keys(page)
        here = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, here=here: url != here)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"of {total} right")


def test_three_cards_by_keyboard_and_one_taken_back(page: Page) -> None:
    page.goto("/review")
    for done, rate in enumerate(("3", "4", "Space")):
        expect(page.locator("#card")).to_contain_text(f"{done} done today")
        expect(page.locator("#back")).to_be_hidden()
        page.keyboard.press("Space")
        expect(page.locator("#back")).to_be_visible()
        page.keyboard.press(rate)
    expect(page.locator("#card")).to_contain_text("3 done today")
    page.keyboard.press("u")
    expect(page.locator("#card")).to_contain_text("2 done today")
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_a_rating_key_does_nothing_before_the_answer_is_shown(page: Page) -> None:
    page.goto("/review")
    before = page.locator("#front").inner_text()
    page.keyboard.press("4")
    page.keyboard.press("Escape")
    expect(page.locator("#front")).to_have_text(before)
    expect(page.locator("#back")).to_be_hidden()


def test_typing_in_a_field_never_triggers_a_shortcut(page: Page) -> None:
    page.goto("/review")
    fields = "<input id=probe><textarea id=area></textarea>"
    page.evaluate("html => document.querySelector('#card').insertAdjacentHTML('beforeend', html)", fields)
    for field in ("#probe", "#area"):
        page.locator(field).focus()
        page.keyboard.type("1 u?4 3")
        expect(page.locator(field)).to_have_value("1 u?4 3")
    expect(page.locator("#back")).to_be_hidden()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_modifier_keeps_a_key_to_the_browser(page: Page) -> None:
    page.goto("/review")
    page.keyboard.press("Control+u")
    page.keyboard.press("Alt+1")
    expect(page.locator("#says")).to_have_text("")


def test_the_sheet_opens_closes_and_switches_keys_off(page: Page) -> None:
    page.goto("/review")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single keys work as shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    page.keyboard.press("Space")
    expect(page.locator("#back")).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work as shortcuts").check()
    page.get_by_role("button", name="Close").click()
    page.locator("#front").focus()
    page.keyboard.press("Space")
    expect(page.locator("#back")).to_be_visible()


def test_the_first_tab_stop_leads_past_the_menu(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_an_answer_that_cannot_be_sent_is_not_lost_silently(page: Page, no_complaints: list[str]) -> None:
    page.goto("/review")
    page.route("**/review", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.keyboard.press("Space")
    expect(page.locator("#back")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_text("quizapp does not answer")).to_be_visible()
    page.unroute("**/review")
    page.keyboard.press("3")
    expect(page.get_by_text("quizapp does not answer")).to_be_hidden()
    no_complaints.clear()
