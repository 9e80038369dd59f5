"""What the app is told from outside: the only reader of the process environment. Knows no part that it configures."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from platformdirs import user_data_dir

Mode = Literal["self-study", "server"]

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """A setting that cannot be used: `name` is the variable, `says` the reason and the way out."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__(f"{name}: {says}")
        self.name, self.says = name, says


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can differ between two runs of the same code."""

    mode: Mode
    host: str
    port: int
    database_url: str
    data_dir: str
    content_dir: str
    labs_dir: str
    secret_key: str | None
    kubeconfig: str | None
    trusted_hosts: tuple[str, ...]
    proxies: int = 0
    metrics_token: str | None = None
    metrics_dir: str | None = None

    @property
    def base_url(self) -> str:
        """Address to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def sqlite_path(self) -> str | None:
        """File of the database, or None when it is not SQLite."""
        prefix = "sqlite:///"
        return self.database_url.removeprefix(prefix) if self.database_url.startswith(prefix) else None


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes serve a cohort, and how many requests each of them takes at the same time."""

    count: int
    threads: int


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises SettingsError naming the variable that is wrong."""
    env = os.environ if environ is None else environ
    mode = _mode(env.get("QUIZAPP_MODE") or "self-study")
    host = env.get("HOST") or "127.0.0.1"
    data_dir = env.get("QUIZAPP_DATA") or user_data_dir("quizapp", appauthor=False)
    settings = Settings(
        mode=mode,
        host=host,
        port=_port(env.get("PORT") or "8000"),
        database_url=_database_url(env.get("DATABASE_URL") or "", data_dir),
        data_dir=data_dir,
        content_dir=env.get("QUIZAPP_CONTENT") or str(ROOT / "content"),
        labs_dir=env.get("QUIZAPP_LABS") or str(ROOT / "labs"),
        secret_key=env.get("QUIZAPP_SECRET_KEY") or None,
        kubeconfig=env.get("KUBECONFIG") or None,
        trusted_hosts=_trusted_hosts(env.get("QUIZAPP_TRUSTED_HOSTS") or "", mode),
        proxies=_proxies(env.get("QUIZAPP_PROXIES") or "0", mode),
        metrics_token=_metrics_token(env.get("QUIZAPP_METRICS_TOKEN") or None),
    )
    _refuse_half_configured(settings)
    return settings


def read_workers(settings: Settings, environ: Mapping[str, str] | None = None) -> Workers:
    """How a cohort is served; raises SettingsError for the first setting that a cohort cannot do without."""
    env = os.environ if environ is None else environ
    if settings.mode != "server":
        raise SettingsError("QUIZAPP_MODE", "is 'self-study'; a cohort needs QUIZAPP_MODE=server")
    if settings.sqlite_path:
        said = "is a SQLite file" if env.get("DATABASE_URL") else "is not set"
        raise SettingsError(
            "DATABASE_URL", f"{said}; several workers need PostgreSQL: postgresql://user:password@host/quizapp"
        )
    if not env.get("QUIZAPP_PROXIES"):
        raise SettingsError(
            "QUIZAPP_PROXIES",
            "is not set; say how many proxies of yours stand in front: 1 for one that speaks https, "
            "0 only to try it on this machine",
        )
    if settings.host not in LOOPBACK and not settings.proxies:
        raise SettingsError(
            "QUIZAPP_PROXIES",
            f"is 0, but HOST is {settings.host!r}: a login is sent over https only, so a proxy has to stand in front",
        )
    return Workers(
        count=_count("QUIZAPP_WORKERS", env.get("QUIZAPP_WORKERS") or str(max(2, os.cpu_count() or 1)), 64),
        threads=_count("QUIZAPP_THREADS", env.get("QUIZAPP_THREADS") or "8", 64),
    )


def count_together(settings: Settings, folder: str) -> Settings:
    """Settings of workers that count requests together in a folder; said before anything that counts is imported.

    prometheus_client is told by the environment alone, and looks there when it is imported.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return replace(settings, metrics_dir=folder)


def wants_tracebacks(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a bug shall be shown whole; asked when settings themselves may be what is wrong."""
    env = os.environ if environ is None else environ
    return bool(env.get("QUIZAPP_DEBUG"))


def _mode(value: str) -> Mode:
    if value == "server":
        return "server"
    if value == "self-study":
        return "self-study"
    raise SettingsError("QUIZAPP_MODE", f"is {value!r}; it is either 'self-study' or 'server'")


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise SettingsError("PORT", f"is {value!r}; it must be a number from 1 to 65535, for example PORT=8000")
    return int(value)


def _count(name: str, value: str, most: int) -> int:
    if not value.isascii() or not value.isdigit() or not 0 < int(value) <= most:
        raise SettingsError(name, f"is {value!r}; it is a number from 1 to {most}")
    return int(value)


def _database_url(value: str, data_dir: str) -> str:
    """One spelling for each database: SQLite by absolute path, PostgreSQL through psycopg."""
    if not value:
        return f"sqlite:///{Path(data_dir) / 'quizapp.db'}"
    if value.startswith("sqlite:///"):
        path = value.removeprefix("sqlite:///")
        if path in ("", ":memory:"):
            raise SettingsError("DATABASE_URL", "needs a file: sqlite:////absolute/path/quizapp.db")
        return f"sqlite:///{Path(path).expanduser().absolute()}"
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    raise SettingsError(
        "DATABASE_URL",
        "must start with sqlite:/// or postgresql://, for example postgresql://user:password@host/quizapp",
    )


def _trusted_hosts(value: str, mode: Mode) -> tuple[str, ...]:
    if mode == "self-study":
        return (*LOOPBACK[:2], "[::1]")
    return tuple(host.strip() for host in value.split(",") if host.strip())


def _proxies(value: str, mode: Mode) -> int:
    """How many proxies of our own stand in front: what they say of the client's address counts, nothing else does."""
    if value not in ("0", "1", "2", "3"):
        raise SettingsError("QUIZAPP_PROXIES", f"is {value!r}; it is how many proxies stand in front, from 0 to 3")
    if mode == "self-study" and value != "0":
        raise SettingsError("QUIZAPP_PROXIES", "is for QUIZAPP_MODE=server; self-study serves this machine only")
    return int(value)


def _metrics_token(value: str | None) -> str | None:
    if value is not None and (len(value) < 16 or not value.isascii()):
        raise SettingsError("QUIZAPP_METRICS_TOKEN", "needs 16 ASCII characters or more, or leave it away")
    return value


def _refuse_half_configured(settings: Settings) -> None:
    if settings.mode == "self-study":
        if settings.host not in LOOPBACK:
            raise SettingsError(
                "HOST",
                f"is {settings.host!r}, but self-study has no password and serves this machine only (127.0.0.1); "
                "for several people set QUIZAPP_MODE=server",
            )
        return
    if not settings.secret_key or len(settings.secret_key) < 32:
        raise SettingsError(
            "QUIZAPP_SECRET_KEY",
            "is needed in server mode, 32 characters or more; make one with: "
            'python -c "import secrets; print(secrets.token_hex(32))"',
        )
    if not settings.trusted_hosts:
        raise SettingsError(
            "QUIZAPP_TRUSTED_HOSTS",
            "is needed in server mode: the host names that people type, for example quiz.example.org",
        )
