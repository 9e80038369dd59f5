"""Pictures of every page, light, dark and on a phone, to be looked at: `python -m tools.screenshots FOLDER`.

Starts a quizapp of its own on an empty database. With KUBECONFIG set, the lab is started in that cluster.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium-headless-shell")
MODULE = "getting-started-with-kubernetes"
NOTES = "# Probe\n\n- **Pod**: the smallest unit that Kubernetes runs.\n- **Node**: a machine that runs Pods.\n"
SERVER = {
    "QUIZAPP_MODE": "server",
    "QUIZAPP_SECRET_KEY": "for pictures only " * 2,
    "QUIZAPP_TRUSTED_HOSTS": "127.0.0.1",
}
LOOKS = ("light", "dark", "phone")


class Picture(Protocol):
    """How a picture is taken: by name, the whole page or what fits on the screen."""

    def __call__(self, name: str, *, whole: bool = True) -> None:
        """Writes one file."""


def main(folder: Path) -> None:
    """Takes every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for environment, pictures in ((None, take), (SERVER, log_in)):
            with served(environment) as address:
                for look in LOOKS:
                    pictures(browser, address, look, folder)
        browser.close()


@contextmanager
def served(more: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a quizapp with an empty database; in server mode with one account."""
    with tempfile.TemporaryDirectory() as data, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = os.environ | {"QUIZAPP_DATA": data, "PORT": str(port), "PYTHONUNBUFFERED": "1", **(more or {})}
        if more:
            account = [sys.executable, "-m", "quizapp", "user", "create", "ada"]
            subprocess.run(account, cwd=ROOT, env=environment, input="correct horse\n" * 2, text=True, check=True)
        command = [sys.executable, "-m", "quizapp", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        try:
            next(line for line in process.stdout if line.startswith("Open "))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def log_in(browser: Browser, address: str, look: str, folder: Path) -> None:
    """The login, and what it says to a wrong password."""
    page = opened(browser, address, look)
    page.goto("/")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("wrong horse")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()
    page.screenshot(path=folder / f"login-{look}.png", full_page=True)
    page.context.close()


def opened(browser: Browser, address: str, look: str) -> Page:
    """An empty page in a look."""
    width = 360 if look == "phone" else 1200
    scheme: Literal["dark", "light"] = "dark" if look == "dark" else "light"
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    return context.new_page()


def take(browser: Browser, address: str, look: str, folder: Path) -> None:
    """All pages in one look."""
    page = opened(browser, address, look)

    def picture(name: str, *, whole: bool = True) -> None:
        page.screenshot(path=folder / f"{name}-{look}.png", full_page=whole)

    study(page, picture)
    write(page, picture)
    labs(page, picture)
    page.goto("/")
    picture("home")
    page.goto("/nowhere")
    picture("missing")
    page.context.close()


def study(page: Page, picture: Picture) -> None:
    """Library, module, a quiz from its first question to its summary, cards."""
    page.goto("/library")
    picture("library")
    page.goto(f"/modules/{MODULE}")
    picture("module", whole=False)
    page.get_by_role("button", name="Start a quiz").click()
    seen: set[str] = set()
    while "/summary" not in page.url:
        kind = kind_of(page)
        if kind not in seen:
            picture(f"question-{kind}")
        answer(page)
        if kind not in seen:
            picture(f"answer-{kind}")
        seen.add(kind)
        page.locator("#next").click()
        page.wait_for_load_state()
    picture("summary")
    page.goto("/review")
    picture("card-front")
    page.keyboard.press("Space")
    picture("card-back")
    page.locator("#ratings button").last.click()
    page.locator("#show").wait_for()
    page.goto("/cards?text=pod")
    picture("browse")
    page.goto("/statistics")
    picture("statistics")
    page.goto("/preferences")
    picture("preferences")


def kind_of(page: Page) -> str:
    """How the question is answered."""
    if page.locator("select").count():
        return "matching"
    return "typed" if page.locator("input[type=text]").count() else "choice"


def answer(page: Page) -> None:
    """Some answer, right or wrong."""
    for number, select in enumerate(page.locator("select").all()):
        select.select_option(index=number + 1)
    boxes = page.locator("input[name=answer]")
    if boxes.count() and boxes.first.get_attribute("type") == "text":
        boxes.first.fill("pod")
    elif boxes.count():
        boxes.first.check()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.locator("#result").wait_for()


def write(page: Page, picture: Picture) -> None:
    """Notes: none yet, a preview, saved."""
    page.goto("/notes")
    picture("notes")
    page.goto("/notes/new")
    page.get_by_label("Notes in Markdown").fill(NOTES)
    page.get_by_role("button", name="Preview questions").click()
    page.locator("#preview").wait_for()
    picture("preview")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("/modules/"))
    picture("module-of-notes")


def labs(page: Page, picture: Picture) -> None:
    """The list and the lab, started when there is a cluster."""
    page.goto("/labs")
    picture("labs")
    page.goto("/labs/first-deployment")
    picture("lab")
    start = page.get_by_role("button", name="Start the lab")
    if start.count():
        start.click()
        page.wait_for_load_state()
        time.sleep(3)
        picture("lab-started")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
