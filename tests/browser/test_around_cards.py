"""What surrounds the cards, in a real browser: preferences that hold."""

from playwright.sync_api import Page, expect


def test_a_preference_shows_on_the_buttons_of_the_next_card(page: Page) -> None:
    page.goto("/preferences")
    page.get_by_label("Steps of a new card").fill("7m 90m")
    page.get_by_label("Wanted recall").fill("70")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    page.goto("/review")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Again")).to_contain_text("7 min")
    expect(page.get_by_role("button", name="Good")).to_contain_text("2 h")


def test_a_mistake_is_told_and_its_field_is_one_press_away(page: Page, no_complaints: list[str]) -> None:
    page.goto("/preferences")
    page.get_by_label("Wanted recall").fill("120")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert")).to_contain_text("from 70 to 97")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Wanted recall")).to_be_focused()
    assert all("422" in complaint for complaint in no_complaints)
    no_complaints.clear()
