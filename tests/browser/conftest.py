"""The real server, as `quizapp serve` starts it, and a real Chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.cluster_fixture import cannot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHROMIUM = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium-headless-shell")
MODULE = "getting-started-with-kubernetes"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The marker comes from the place, so that no test here can forget it."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Server:
    """A running quizapp with a database of its own."""

    address: str
    folder: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, **environment: str) -> Iterator[Server]:
    """`quizapp serve` until the test is over."""
    port = free_port()
    known = {"HOME": str(folder), "KUBECONFIG": str(folder / "no-kubeconfig"), "PORT": str(port)}
    env = os.environ | known | {"QUIZAPP_DATA": str(folder), "PYTHONUNBUFFERED": "1"} | environment
    log = folder / "server.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "quizapp", "serve"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_open(process, log)
            yield Server(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
            process.wait(10)


def wait_until_open(process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if "Open http" in log.read_text():
            return
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    pytest.fail(f"the server did not start in 30 s: {log.read_text()}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not Path(CHROMIUM).exists():
        cannot(f"no Chromium at {CHROMIUM} (apt install chromium-headless-shell, or set CHROMIUM_PATH)")
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", *quiet]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": arguments}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server and database for the tests of a file."""
    yield from serve(tmp_path_factory.mktemp("server"))


@pytest.fixture(scope="module")
def base_url(server: Server) -> str:
    return server.address


@pytest.fixture(scope="module")
def browser_context_args(base_url: str) -> dict[str, Any]:
    """The plug-in's own lives as long as the session, but every file has a server of its own."""
    return {"base_url": base_url}


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A browser without JavaScript."""
    made: BrowserContext = browser.new_context(base_url=base_url, java_script_enabled=False)
    yield made.new_page()
    made.close()


@pytest.fixture(autouse=True)
def no_complaints(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Nothing in the console and no broken policy, unless the test takes the list and empties it."""
    complaints: list[str] = []
    if "page" in request.fixturenames:
        page: Page = request.getfixturevalue("page")
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
    assert complaints == []
