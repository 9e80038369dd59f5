"""Lab pages on a machine without a cluster: they open, say what to do, and blame nobody."""

from flask import Flask, render_template

from quizapp.labs.diagnose.cause import Cause
from quizapp.labs.finding import Finding
from quizapp.services.labs import StepView, Verification
from tests.web.parts import MODULE, Visitor

LAB = "/labs/first-deployment"


def test_the_list_names_the_lab(visitor: Visitor) -> None:
    assert f'href="{LAB}"' in visitor.get("/labs").text


def test_the_page_opens_without_a_cluster(visitor: Visitor) -> None:
    page = visitor.get(LAB).text
    assert "minikube start" in page
    assert page.count("data-step=") == 5


def test_checking_without_a_cluster_says_that_nothing_was_observed(visitor: Visitor) -> None:
    reply = visitor.post(f"{LAB}/check", {}, at=LAB)
    assert reply.status_code == 200
    assert "Could not observe your cluster" in reply.text
    assert "There is no kubeconfig on this machine" in reply.text


def test_starting_without_a_cluster_says_what_to_do(visitor: Visitor) -> None:
    reply = visitor.post(f"{LAB}/start", {}, at=LAB)
    assert reply.status_code == 409
    assert "There is no kubeconfig on this machine" in reply.text


def test_the_page_that_polls_gets_the_steps_alone(visitor: Visitor) -> None:
    form = {"csrf_token": visitor.token(LAB)}
    reply = visitor.client.post(f"{LAB}/check", data=form, headers={"HX-Request": "true"})
    assert reply.text.lstrip().startswith('<div id="lab-state"')
    assert "csrf_token" not in reply.text


def test_hints_can_be_read_before_the_lab_is_started_but_for_the_solution(visitor: Visitor) -> None:
    page = visitor.get(LAB).text
    assert "makes one from a name and an image" in page
    assert "Full solution" not in page
    assert "kubectl -n lab-first-deployment create deployment" not in page
    assert f"/modules/{MODULE}#L" in page
    assert f"{LAB}/hint" not in page


def test_a_hint_of_a_lab_that_is_not_started_is_refused(visitor: Visitor) -> None:
    reply = visitor.post(f"{LAB}/hint", {"step": "create", "rung": "1"}, at=LAB)
    assert reply.status_code == 400
    assert "Start the lab first" in reply.text


def test_what_a_cluster_says_is_shown_as_text(app: Flask) -> None:
    attack = "<img src=x onerror=alert(1)>"
    cause = Cause("P4", "blocked", f"Pod/{attack}", attack, attack, attack, f"kubectl describe {attack}")
    step = StepView("a", "A", "", "blocked", findings=(Finding(attack, attack, attack),), diagnosis=(cause,))
    seen = Verification("lab", "minikube", "", (step,), None)
    with app.test_request_context():
        html = render_template("_steps.html", steps=(step,), seen=seen)
    assert "<img" not in html
    assert html.count("&lt;img") >= 6


def test_a_reason_is_told_once(app: Flask) -> None:
    cause = Cause("P4", "blocked", "Pod/web", "The image does not exist.", "", "", "")
    steps = tuple(StepView(name, name, "", "blocked", diagnosis=(cause,)) for name in "ab")
    with app.test_request_context():
        html = render_template("_steps.html", steps=steps, seen=Verification("lab", "minikube", "", steps, None))
    assert html.count("The image does not exist.") == 1
    assert "The same as in step 1" in html
