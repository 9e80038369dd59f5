"""What works on this machine, in plain words, each trouble with the command that mends it."""

import dataclasses
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from quizapp.labs.contexts import choose_context
from quizapp.labs.trouble import ClusterTrouble
from quizapp.services.context import Context
from quizapp.services.errors import BadInput
from quizapp.services.maintenance import DatabaseDown, ForeignDatabase, is_empty, require_current, upgrade_database
from quizapp.services.rebuild import compare_cards
from quizapp.settings import Settings


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at; the app itself needs what is `vital`."""

    name: str
    works: bool
    says: str
    fix: str = ""
    vital: bool = False

    def to_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def examine(settings: Settings, context: Callable[[Settings], Context]) -> list[Diagnosis]:
    """Everything that can be looked at here, one line each."""
    found = [Diagnosis("Python", True, sys.version.split()[0], vital=True), _database(settings)]
    for program, fix in (
        ("kubectl", "https://kubernetes.io/docs/tasks/tools/"),
        ("minikube", "https://minikube.sigs.k8s.io"),
    ):
        place = shutil.which(program)
        found.append(
            Diagnosis(program, place is not None, place or "is not on your PATH", "" if place else f"install it: {fix}")
        )
    if found[1].works:
        with _opened(settings, context) as ctx:
            found.extend([*_library(ctx), _cards(ctx), *_clusters(ctx)])
    return found


@contextmanager
def _opened(settings: Settings, context: Callable[[Settings], Context]) -> Iterator[Context]:
    """The context; before the first start over an empty database that is thrown away, since a look changes nothing."""
    if not is_empty(settings):
        yield context(settings)
        return
    with tempfile.TemporaryDirectory() as folder:
        passing = dataclasses.replace(settings, database_url=f"sqlite:///{folder}/doctor.db", data_dir=folder)
        upgrade_database(passing)
        ctx = context(passing)
        yield ctx
        ctx.database.close()


def _database(settings: Settings) -> Diagnosis:
    place = settings.sqlite_path or "PostgreSQL"
    try:
        if is_empty(settings):
            return Diagnosis("database", True, f"{place} is made at the first start", vital=True)
        require_current(settings)
    except BadInput as error:
        return Diagnosis("database", False, error.says, "quizapp db upgrade", vital=True)
    except ForeignDatabase as error:
        return Diagnosis("database", False, str(error), "update quizapp, or choose another DATABASE_URL", vital=True)
    except DatabaseDown as error:
        return Diagnosis("database", False, str(error), "start PostgreSQL, or correct DATABASE_URL", vital=True)
    return Diagnosis("database", True, place, vital=True)


def _library(ctx: Context) -> Iterator[Diagnosis]:
    modules = len(list(ctx.library.modules()))
    wrong = "; ".join(map(str, ctx.library.errors[:3]))
    yield Diagnosis(
        "content and labs",
        not wrong,
        wrong or f"{_many(modules, 'module')}, {_many(len(ctx.library.labs), 'lab')}",
        vital=modules == 0,
    )


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _cards(ctx: Context) -> Diagnosis:
    found = compare_cards(ctx)
    if found.wrong:
        says = f"{len(found.wrong)} of {found.cards} cards are not what their answers say"
        return Diagnosis("cards", False, says, "quizapp db rebuild")
    return Diagnosis("cards", True, f"{_many(found.cards, 'card')} reviewed, all as their answers say")


def _clusters(ctx: Context) -> Iterator[Diagnosis]:
    try:
        contexts = ctx.cluster.contexts()
        yield Diagnosis("contexts", True, ", ".join(info.name for info in contexts) or "none")
        chosen = choose_context(contexts)
        _, version = ctx.cluster.identify(chosen.name)
        yield Diagnosis("cluster", True, f"{chosen.name} answers, Kubernetes {version}")
    except ClusterTrouble as trouble:
        yield Diagnosis("cluster", False, trouble.says, trouble.hint)
