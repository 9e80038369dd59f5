"""Lab pages on a machine without a cluster: they open, say what to do, and blame nobody."""

from tests.web.parts import Visitor

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
