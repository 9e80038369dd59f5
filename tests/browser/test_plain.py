"""Everything works without JavaScript too."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import MODULE

NOTES = "# Probe\n\n- **Pod**: the smallest unit that Kubernetes runs.\n- **Node**: a machine that runs Pods.\n"


def test_a_question_is_answered_and_explained(plain: Page) -> None:
    plain.goto(f"/modules/{MODULE}")
    plain.get_by_role("button", name="Start a quiz").click()
    for place, select in enumerate(plain.locator("select[name^=pair]").all(), start=1):
        select.select_option(index=place)
    boxes = plain.locator("input[name=answer]")
    if boxes.count():
        first = boxes.first
        first.fill("pod") if first.get_attribute("type") == "text" else first.check()
    plain.get_by_role("button", name="Answer", exact=True).click()
    expect(plain.locator("#result")).to_be_visible()
    plain.locator("#next").click()
    expect(plain.get_by_text("Question 2 of")).to_be_visible()


def test_a_card_is_shown_rated_and_taken_back(plain: Page) -> None:
    plain.goto("/review")
    plain.get_by_role("button", name="Show the answer").click()
    plain.get_by_role("button", name="Good").click()
    expect(plain.locator("#card")).to_contain_text("1 done today")
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator("#card")).to_contain_text("0 done today")


def test_a_card_is_suspended(plain: Page) -> None:
    plain.goto("/review")
    front = plain.locator("#front").inner_text()
    plain.get_by_text("Set aside").click()
    plain.get_by_role("button", name="Suspend the card").click()
    expect(plain.get_by_text("Suspended: the card is asked no more")).to_be_visible()
    expect(plain.locator("#front")).not_to_have_text(front)


def test_notes_are_previewed_saved_and_exported(plain: Page) -> None:
    plain.goto("/notes")
    plain.get_by_role("link", name="Paste or upload your first notes").click()
    plain.get_by_label("Notes in Markdown").fill(NOTES)
    plain.get_by_role("button", name="Preview questions").click()
    expect(plain.locator("#preview")).to_be_visible()
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("heading", name="Probe", level=1)).to_be_visible()
    plain.goto("/notes")
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Export all").click()
    assert download.value.suggested_filename == "quizapp-notes.zip"


def test_a_lab_is_checked_by_a_button(plain: Page) -> None:
    plain.goto("/labs/first-deployment")
    plain.get_by_text("Start it yourself with kubectl").click()
    plain.get_by_role("button", name="I have done that").click()
    expect(plain.get_by_text("Could not observe your cluster")).to_be_visible()


def test_an_item_is_hidden_rewritten_and_taken_along(plain: Page) -> None:
    plain.goto(f"/modules/{MODULE}")
    plain.get_by_role("link", name="Curate").click()
    plain.get_by_role("button", name="Hide").first.click()
    expect(plain.locator("#tally")).to_contain_text("1 hidden")
    plain.locator("li:has(.options)").first.get_by_role("link", name="Edit").click()
    plain.get_by_label("Question").fill("Which of these did a person write?")
    plain.get_by_role("button", name="Save and accept").click()
    expect(plain.locator("#tally")).to_contain_text("1 edited")
    expect(plain.get_by_text("Which of these did a person write?").first).to_be_visible()
    with plain.expect_download() as download:
        plain.get_by_role("link", name="Download curation.yaml").click()
    assert download.value.suggested_filename == f"{MODULE}.curation.yaml"
