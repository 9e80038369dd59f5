"""What surrounds the cards, in a real browser: preferences that hold, cards that are set aside by a key."""

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


def test_cards_are_set_aside_by_keys_and_brought_back(page: Page) -> None:
    page.goto("/review")
    first = page.locator("#front").inner_text()
    for key, says in (
        ("-", "Buried"),
        ("=", "all cards of this fact rest"),
        ("@", "Suspended"),
        ("!", "no card of this fact"),
    ):
        before = page.locator("#front").inner_text()
        page.keyboard.press(key)
        expect(page.get_by_role("status").filter(has_text=says)).to_be_visible()
        expect(page.locator("#front")).not_to_have_text(before)
    for _ in range(4):
        page.wait_for_timeout(100)  # so fast a key would be sent as a plain form, which works too but reloads the page
        page.keyboard.press("u")
        expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
        page.get_by_role("status").evaluate_all("lines => lines.forEach((line) => (line.textContent = ''))")
    expect(page.locator("#front")).to_have_text(first)
    expect(page.locator("#card")).to_contain_text("0 done today")


def test_the_keys_that_set_aside_stand_in_the_sheet_and_rest_while_somebody_types(page: Page) -> None:
    page.goto("/review")
    front = page.locator("#front").inner_text()
    page.evaluate("document.querySelector('#card').insertAdjacentHTML('beforeend', '<input id=probe>')")
    page.locator("#probe").focus()
    page.keyboard.type("-=@!")
    expect(page.locator("#probe")).to_have_value("-=@!")
    expect(page.locator("#front")).to_have_text(front)
    page.locator("#front").focus()
    page.keyboard.press("?")
    for key in "-=@!":
        expect(page.get_by_role("dialog").locator("kbd", has_text=key)).to_have_count(1)


def test_cards_are_found_and_suspended_by_keyboard_alone(page: Page) -> None:
    page.goto("/cards")
    page.get_by_label("Words").fill("kubelet")
    page.keyboard.press("Enter")
    found = page.locator(".card-list li")
    expect(found.first).to_contain_text("kubelet")
    count = found.count()
    page.locator("input[name=card]").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Suspend").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 card suspended.")).to_be_visible()
    expect(found).to_have_count(count)
    page.get_by_label("State").select_option("suspended")
    page.get_by_role("button", name="Search").click()
    expect(found).to_have_count(1)
    page.get_by_role("button", name="Undo the last thing").click()
    expect(page.get_by_text("No card is so.")).to_be_visible()


def test_what_has_the_focus_is_never_under_the_bar(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    page.goto("/cards")
    page.locator("input[name=card]").first.focus()
    for _ in range(24):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const on = document.activeElement, box = on.getClientRects()[0];
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return on === top || on.contains(top) }"""
        )
        assert seen


def test_what_was_answered_shows_in_the_statistics_without_a_script(page: Page, plain: Page) -> None:
    page.goto("/review")
    page.keyboard.press("Space")
    page.keyboard.press("4")
    expect(page.locator("#card")).to_contain_text("1 done today")
    plain.goto("/statistics")
    expect(plain.get_by_text("review today")).to_be_visible()
    expect(plain.get_by_role("img", name="Reviews on each day")).to_be_visible()
    plain.get_by_text("As a table").first.click()
    expect(
        plain.get_by_role("region", name="Table of reviews by day").get_by_role("cell", name="1", exact=True)
    ).to_be_visible()


def test_ones_own_data_is_a_download_away(plain: Page) -> None:
    plain.goto("/preferences")
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download my data").click()
    assert download.value.suggested_filename.startswith("quizapp-20")
    assert '"format": "quizapp-person/1"' in download.value.path().read_text()
