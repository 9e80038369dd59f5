"""A server lends its own kubeconfig to nobody: a lab can be read there and not be started."""

from pathlib import Path

import pytest

from quizapp.factory import create_context
from quizapp.services import users
from tests.adapter.api import Api, kubeconfig, served
from tests.web.parts import Clock, Visitor, pages_over, settings_for


@pytest.mark.parametrize("mode", ["self-study", "server"])
def test_only_self_study_asks_the_cluster_of_its_kubeconfig(folder: Path, clock: Clock, mode: str) -> None:
    api = Api()
    with served(api) as port:
        hosts = ("quiz.example.org",) if mode == "server" else ()
        config = kubeconfig(folder / "config", port)
        server = {"mode": "server", "trusted_hosts": hosts} if hosts else {}
        settings = settings_for(folder, kubeconfig=config, **server)
        made = create_context(settings, now=clock, seed=lambda: 7)
        visitor = Visitor(pages_over(made).test_client(), *(f"https://{host}" for host in hosts))
        if hosts:
            users.create_user(made, "ada", "correct horse", "admin")
            visitor.post("/login", {"name": "ada", "password": "correct horse"}, at="/login")
        page = visitor.get("/labs/first-deployment")
        started = visitor.post("/labs/first-deployment/start")
        made.database.close()
    assert page.status_code == 200
    assert bool(api.asked) is (mode == "self-study")
    if mode == "server":
        assert "This server has no cluster for labs." in started.text
