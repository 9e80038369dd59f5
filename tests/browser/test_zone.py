"""A browser in Samoa begins its study days in Samoa."""

from playwright.sync_api import Browser, expect


def test_the_browsers_own_zone_reaches_the_server(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, timezone_id="Pacific/Apia")
    page = context.new_page()
    with page.expect_response("**/time-zone") as told:
        page.goto("/")
    assert told.value.status == 204
    page.goto("/")
    expect(page.locator("body")).to_have_attribute("data-zone", "Pacific/Apia")
    context.close()
