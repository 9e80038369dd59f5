"""What every test can ask for, and how many processes run them."""

import os

import pytest

pytest_plugins = ["tests.cluster_fixture", "tests.postgres_fixture", "tests.databases"]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process a core for all plain tests; what shares a cluster, a browser or a debugger runs in one alone."""
    plain = "not cluster" in config.option.markexpr
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return (os.cpu_count() or 1) if plain and whole and not config.option.usepdb else 0
