"""The whole journey on a real cluster: a quiz, three cards, a lab that turns green, and a cluster that goes away."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import MODULE, Server, serve
from tests.cluster_fixture import Cluster

pytestmark = pytest.mark.cluster

PLACE = "lab-first-deployment"
WAIT = 90_000

DEPLOYMENT = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: %(replicas)d
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:%(tag)s", ports: [{containerPort: 80}]}]}
"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""


@pytest.fixture(scope="module")
def server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    cluster.kubectl("delete", "namespace", PLACE, "--ignore-not-found", "--timeout=90s")
    yield from serve(tmp_path_factory.mktemp("journey"), KUBECONFIG=str(cluster.kubeconfig))
    cluster.kubectl("delete", "namespace", PLACE, "--ignore-not-found", "--wait=false")


def answer_one_question(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Getting started with Kubernetes").first.click()
    page.wait_for_url(re.compile(f"/modules/{MODULE}"))
    page.get_by_role("button", name="Start a quiz").press("Enter")
    page.wait_for_url(re.compile(r"/quiz/.+/1$"))
    page.keyboard.press("1")
    for number, select in enumerate(page.locator("select").all()):
        select.select_option(index=number + 1)
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_focused()


def review_three_cards(page: Page) -> None:
    page.goto("/review")
    for done in range(3):
        expect(page.locator("#card")).to_contain_text(f"{done} done today")
        page.keyboard.press("Space")
        expect(page.locator("#ratings")).to_be_visible()
        page.keyboard.press("4")
    expect(page.locator("#card")).to_contain_text("3 done today")


def start_the_lab(page: Page, cluster: Cluster) -> None:
    page.goto("/labs/first-deployment")
    if page.locator("select[name=context]").count():
        page.locator("select[name=context]").select_option(cluster.context)
    if page.locator("input[name=allow]").count():
        page.locator("input[name=allow]").check()
    page.get_by_role("button", name="Start the lab").click()
    expect(page.get_by_role("heading", name="Your lab is running")).to_be_visible(timeout=WAIT)
    expect(page.locator("[data-step]")).to_have_count(5)


def until_green(page: Page, *steps: str) -> None:
    for step in steps:
        expect(page.locator(f"[data-step={step}]")).to_have_attribute("data-state", "passed", timeout=WAIT)


def apply(cluster: Cluster, manifest: str) -> None:
    cluster.kubectl("apply", "-f", "-", namespace=PLACE, input=manifest)


def test_from_a_question_to_five_green_steps(page: Page, cluster: Cluster) -> None:
    answer_one_question(page)
    review_three_cards(page)
    start_the_lab(page, cluster)
    apply(cluster, DEPLOYMENT % {"replicas": 1, "tag": "1.27"})
    until_green(page, "create", "ready")
    apply(cluster, DEPLOYMENT % {"replicas": 3, "tag": "1.27"})
    until_green(page, "scale")
    apply(cluster, SERVICE)
    until_green(page, "expose")
    cluster.cut()
    try:
        expect(page.get_by_text("Could not observe your cluster")).to_be_visible(timeout=WAIT)
        until_green(page, "create", "ready", "scale", "expose")
    finally:
        cluster.restore()
    apply(cluster, DEPLOYMENT % {"replicas": 3, "tag": "1.28"})
    until_green(page, "update")
    expect(page.get_by_text("All steps are done")).to_be_visible()
    expect(page.get_by_role("heading", name="5 of 5 steps done")).to_be_visible()


def test_a_green_step_follows_the_cluster_soon(page: Page, cluster: Cluster) -> None:
    """From the moment the condition holds in the cluster to the change on the screen, without a click."""
    cluster.kubectl("delete", "namespace", PLACE, "--ignore-not-found", "--timeout=90s")
    page.goto("/labs/first-deployment")
    end = page.get_by_role("button", name="End the lab")
    if end.count():
        end.click()
    start_the_lab(page, cluster)
    expect(page.locator("[data-step=create]")).not_to_have_attribute("data-state", "passed")
    apply(cluster, DEPLOYMENT % {"replicas": 1, "tag": "1.27"})
    begun = time.monotonic()
    until_green(page, "create")
    assert time.monotonic() - begun < 5
