"""`python3 -m tools.cluster`: a real Kubernetes on this Linux machine, for tests and for practice."""

import argparse
import sys

from tools.cluster import build, needs, run
from tools.cluster.trouble import Trouble


def main(arguments: list[str]) -> int:
    """Exit code 0 when done, 1 for trouble, 3 when `status` finds no cluster running."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(COMMANDS[chosen.command](chosen))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _build(_: argparse.Namespace) -> int:
    needs.require()
    print(f"built: {build.build().kube.parent.parent}")
    return 0


def _up(chosen: argparse.Namespace) -> int:
    found = run.up(chosen.name, chosen.port)
    print(f"Kubernetes {found.version} answers at 127.0.0.1:{found.port}; to use it:")
    print(f"  export KUBECONFIG={found.kubeconfig}")
    return 0


def _down(chosen: argparse.Namespace) -> int:
    print("stopped, and nothing is left" if run.down(chosen.name) else "no cluster was there")
    return 0


def _status(chosen: argparse.Namespace) -> int:
    found = run.status(chosen.name)
    if not found.running:
        print("not running")
        return 3
    print(
        f"Kubernetes {found.version} at 127.0.0.1:{found.port}"
        if found.reachable
        else "running, but cut off from the host"
    )
    print(f"  export KUBECONFIG={found.kubeconfig}")
    return 0


def _kubeconfig(chosen: argparse.Namespace) -> int:
    print(run.status(chosen.name).kubeconfig)
    return 0


def _cut(chosen: argparse.Namespace) -> int:
    run.cut(chosen.name)
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    run.restore(chosen.name)
    return 0


COMMANDS = {
    "build": _build,
    "up": _up,
    "down": _down,
    "status": _status,
    "kubeconfig": _kubeconfig,
    "cut": _cut,
    "restore": _restore,
}
HELP = {
    "build": "build the programs and images; nothing happens when they are there",
    "up": "start the cluster, or find it running",
    "down": "stop it and leave the machine as it was",
    "status": "whether it runs, its version and its kubeconfig",
    "kubeconfig": "print the path of its kubeconfig",
    "cut": "make its API server unreachable",
    "restore": "make it reachable again, at the same port",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m tools.cluster", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, says in HELP.items():
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("--name", default="practice", help="which cluster (practice)")
        if name == "up":
            command.add_argument(
                "--port", type=int, help=f"port on 127.0.0.1 ({run.PRACTICE_PORT} for practice, else a free one)"
            )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
