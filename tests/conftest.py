"""What every test can ask for, and how many processes run them."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PLUGINS = ("tests.cluster_fixture", "tests.postgres_fixture", "tests.databases")


def pytest_configure(config: pytest.Config) -> None:
    """Loads the fixtures where tests run: the process that only hands them out would wait for their imports first.

    Garbage is looked for a hundred times less often: what tests make is small and soon gone, and the search took a
    sixth of the time.
    """
    gc.set_threshold(100_000, 50, 50)
    if hasattr(config, "workerinput") or config.getoption("dist", "no") == "no":
        for name in PLUGINS:
            config.pluginmanager.import_plugin(name)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One process a core for all plain tests; what shares a cluster, a browser or a debugger runs in one alone."""
    plain = "not cluster" in config.option.markexpr
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return (os.cpu_count() or 1) if plain and whole and not config.option.usepdb else 0


@pytest.fixture(scope="session", autouse=True)
def _library_is_read_once() -> Iterator[None]:
    """What is shipped does not change while tests run; folders of a test's own are read each time."""
    from quizapp import library
    from quizapp.library import Library, read_library

    shipped: dict[tuple[str, str], Library] = {}

    def read(content_dir: str, labs_dir: str) -> Library:
        place = (content_dir, labs_dir)
        if not content_dir.startswith(str(ROOT)):
            return read_library(*place)
        return shipped.setdefault(place, shipped.get(place) or read_library(*place))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "read_library", read)
        yield
