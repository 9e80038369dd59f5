"""Starts, stops, cuts off and describes a named cluster. Building is build.py's, the inside is inside.py's."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.cluster import build, forward, host, needs, node, pins, pki, places, process
from tools.cluster.api import Api
from tools.cluster.places import State
from tools.cluster.trouble import Trouble

PRACTICE_PORT = 18443
START_SECONDS = 120
NAMESPACES = ("--pid", "--fork", "--kill-child", "--mount", "--mount-proc", "--net", "--uts", "--ipc")


@dataclass(frozen=True)
class Status:
    """What can be said about a cluster from outside."""

    running: bool
    reachable: bool
    version: str
    port: int
    kubeconfig: Path


def up(name: str, port: int | None = None) -> Status:
    """A cluster that answers, with a ready node and working DNS; one that runs already is left as it is."""
    state = places.state(name)
    needs.require()
    built = build.build()
    with _locked(state):
        if _init(state):
            _open_way(state)
        else:
            _clear(state)
            _start(state, built, port)
        return status(name)


def down(name: str) -> bool:
    """Ends the cluster, also a half-started one, and leaves the machine as it was; False when none was there."""
    state = places.state(name)
    if not state.folder.exists() and not _host_record().exists():
        return False
    needs.require_root()
    with _locked(state):
        there = state.folder.exists()
        _clear(state)
    return there


def cut(name: str) -> None:
    """Makes the API server unreachable from the host; what runs inside goes on."""
    state = _running(name)
    with _locked(state):
        forward.stop(state)


def restore(name: str) -> None:
    """Makes it reachable again at the same port."""
    state = _running(name)
    with _locked(state):
        _open_way(state)


def status(name: str) -> Status:
    state = places.state(name)
    port = int(state.recall("port") or 0)
    running = _init(state) is not None
    version = Api(state, port).version() if running and port else ""
    return Status(running, bool(version), version, port, state.kubeconfig)


def _running(name: str) -> State:
    state = places.state(name)
    if not _init(state):
        raise Trouble(f"no cluster named {name!r} runs", f"python3 -m tools.cluster up --name {name}")
    return state


def _locked(state: State) -> contextlib.AbstractContextManager[None]:
    return places.lock(state.folder.with_suffix(".lock"), "another command is at work on this cluster, waiting for it")


def _host_record() -> Path:
    return places.states() / "host.json"


def _host_locked() -> contextlib.AbstractContextManager[None]:
    return places.lock(places.states() / "host.lock", "another cluster starts or ends, waiting for it")


def _init(state: State) -> int | None:
    """Process 1 of the cluster's namespaces by its number out here, while it runs."""
    launcher = process.alive(state.recall("launcher"))
    return next(iter(process.children(launcher)), None) if launcher else None


def _start(state: State, built: build.Built, port: int | None) -> None:
    print(f"starting Kubernetes {pins.KUBERNETES} as {state.name!r}", flush=True)
    started = time.monotonic()
    wanted = port if port is not None else (PRACTICE_PORT if state.name == "practice" else 0)
    with forward.listen(wanted, insist=port is not None) as listener:
        number = listener.getsockname()[1]
        try:
            _prepare(state, built, number)
            _launch(state)
            _await(state, "its namespaces", lambda: _init(state) is not None)
            forward.start(state, _init(state) or 0, listener)
            listener.close()
            _finish(state, built, Api(state, number))
        except BaseException:
            _clear(state, keep_log=True)
            raise
    print(f"  ready in {time.monotonic() - started:.0f} s", flush=True)


def _prepare(state: State, built: build.Built, port: int) -> None:
    state.folder.mkdir(parents=True, mode=0o700)
    state.log.mkdir()
    state.remember("port", port)
    with _host_locked():
        host.save(_host_record())
    host.make_cgroup(state.cgroup)
    pki.make(state.pki)
    for user in ("kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy"):
        text = pki.kubeconfig(state.pki, user, f"https://127.0.0.1:{node.API_PORT}")
        (state.folder / f"{user}.kubeconfig").write_text(text)
    state.kubeconfig.touch(mode=0o600)
    state.kubeconfig.write_text(pki.kubeconfig(state.pki, "admin", f"https://127.0.0.1:{port}"))
    plan = _plan(state, built)
    for name, text in node.files(plan).items():
        path = state.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (state.folder / "plan.json").write_text(plan.dump())


def _plan(state: State, built: build.Built) -> node.Plan:
    return node.Plan(
        state=state.folder,
        **vars(built),
        cni=needs.cni_folder(),
        cgroup=state.cgroup,
        may_lower_oom=host.has_capability(node.CAP_SYS_RESOURCE),
        snapshotter=host.snapshotter(state.folder),
    )


def _launch(state: State) -> None:
    inside = [sys.executable, "-m", "tools.cluster.inside", str(state.folder / "plan.json")]
    with (state.log / "inside.log").open("ab") as log:
        launched = subprocess.Popen(
            [needs.program("unshare"), *NAMESPACES, *inside],
            cwd=places.CHECKOUT,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    state.remember("launcher", process.identity(launched.pid))
    launched.returncode = 0


def _finish(state: State, built: build.Built, api: Api) -> None:
    _await(state, "the API server", api.ready)
    kubectl = [
        str(built.kube),
        "kubectl",
        f"--kubeconfig={state.kubeconfig}",
        "apply",
        "-f",
        str(places.SOURCES / "addons.yaml"),
    ]
    applied = subprocess.run(kubectl, capture_output=True, text=True, check=False)
    if applied.returncode:
        raise Trouble(f"the cluster's add-ons could not be applied: {applied.stderr.strip()}", f"see {state.log}")
    _await(state, "the node", api.mark_node)
    _await(state, "the node to be Ready", api.node_ready)
    _await(state, "DNS", api.names_resolve)
    _await(state, "the default service account", api.accounts_made)


def _await(state: State, what: str, happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not happened():
        ended = process.alive(state.recall("launcher")) is None
        if ended or time.monotonic() > deadline:
            says = "ended at its start" if ended else f"did not get as far as {what} in {START_SECONDS} s"
            raise Trouble(f"the cluster {says}{_last_words(state)}", f"its logs are kept in {_kept(state)}")
        time.sleep(0.1)


def _last_words(state: State) -> str:
    log = state.log / "inside.log"
    lines = log.read_text(errors="replace").strip().splitlines() if log.is_file() else []
    return f": {lines[-1]}" if lines else ""


def _kept(state: State) -> Path:
    return state.folder.with_name(f"{state.name}.last-log")


def _open_way(state: State) -> None:
    """Starts the forwarder if it does not run."""
    init = _init(state)
    if init and not process.alive(state.recall("forwarder")):
        with forward.listen(int(state.recall("port")), insist=True) as listener:
            forward.start(state, init, listener)


def _clear(state: State, *, keep_log: bool = False) -> None:
    """Ends what runs and removes what is left, also of a start that was killed half-way."""
    forward.stop(state)
    launcher, init = process.alive(state.recall("launcher")), _init(state)
    for pid in (init, launcher):
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            process.await_end(pid)
    host.drop_cgroup(state.cgroup)
    if keep_log and state.log.is_dir():
        host.drop_folder(_kept(state))
        state.log.rename(_kept(state))
    host.drop_folder(state.folder)
    with _host_locked():
        if not any(_init(State(path.name, path)) for path in places.states().iterdir() if path.is_dir()):
            host.restore(_host_record())
