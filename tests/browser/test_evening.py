"""An evening of sixty cards by keyboard alone: preferences, the review with its slips, and the numbers at the end."""

from playwright.sync_api import Locator, Page, expect

CARDS = 60


def tab_to(page: Page, aim: Locator) -> None:
    """Goes on by Tab until the place is reached, as somebody without a mouse does."""
    for _ in range(60):
        if aim.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {aim} by Tab")


def follow(page: Page, name: str) -> None:
    here = page.url
    tab_to(page, page.get_by_role("link", name=name, exact=True).first)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != here)


def test_an_evening_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    follow(page, "Cards")
    follow(page, "Preferences")
    tab_to(page, page.get_by_label("New cards a day"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(str(CARDS))
    tab_to(page, page.get_by_label("One card of a fact a day"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    follow(page, "Review")

    card, front = page.locator("#card"), page.locator("#front")
    seen: set[str] = set()
    for place in range(CARDS):
        expect(card).to_contain_text(f"{place} done today")
        seen.add(front.inner_text())
        page.keyboard.press("Space")
        expect(page.locator("#back")).to_be_visible()
        page.keyboard.press("4")
        if place % 20 == 10:  # a slip: the key was the wrong one
            expect(card).to_contain_text(f"{place + 1} done today")
            page.wait_for_timeout(100)
            page.keyboard.press("u")
            expect(card).to_contain_text(f"{place} done today")
            page.keyboard.press("Space")
            page.keyboard.press("4")
    assert len(seen) == CARDS
    expect(front).to_have_count(0)

    follow(page, "Statistics")
    page.get_by_text("As a table").first.focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("region", name="Table of reviews by day")
    expect(table.get_by_role("cell", name=str(CARDS), exact=True)).to_be_visible()
