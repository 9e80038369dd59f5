"""Settings: what the environment may say, and what is refused in words that help."""

import pytest

from quizapp.settings import Settings, SettingsError, read_settings

SERVER = {
    "QUIZAPP_MODE": "server",
    "QUIZAPP_SECRET_KEY": "x" * 32,
    "QUIZAPP_TRUSTED_HOSTS": "quiz.example.org, other.example.org",
}


def test_nothing_set_means_self_study_on_loopback_with_a_file_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/home/ada/data")
    settings = read_settings({})
    assert (settings.mode, settings.host, settings.port) == ("self-study", "127.0.0.1", 8000)
    assert settings.sqlite_path == "/home/ada/data/quizapp/quizapp.db"
    assert settings.base_url == "http://127.0.0.1:8000"


def test_host_port_and_database_are_honoured() -> None:
    settings = read_settings({"HOST": "::1", "PORT": "9000", "DATABASE_URL": "postgres://u:p@db/quiz"})
    assert settings.base_url == "http://[::1]:9000"
    assert settings.database_url == "postgresql+psycopg://u:p@db/quiz"
    assert settings.sqlite_path is None


def test_a_relative_sqlite_file_becomes_absolute() -> None:
    path = read_settings({"DATABASE_URL": "sqlite:///here.db"}).sqlite_path
    assert path is not None
    assert path.startswith("/")
    assert path.endswith("/here.db")


@pytest.mark.parametrize(
    ("env", "name", "word"),
    [
        ({"PORT": "web"}, "PORT", "number"),
        ({"PORT": "0"}, "PORT", "1 to 65535"),
        ({"PORT": "65536"}, "PORT", "1 to 65535"),
        ({"PORT": "８０"}, "PORT", "number"),
        ({"QUIZAPP_MODE": "prod"}, "QUIZAPP_MODE", "self-study"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL", "postgresql://"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL", "file"),
        ({"HOST": "0.0.0.0"}, "HOST", "QUIZAPP_MODE=server"),
        ({**SERVER, "QUIZAPP_SECRET_KEY": ""}, "QUIZAPP_SECRET_KEY", "secrets"),
        ({**SERVER, "QUIZAPP_SECRET_KEY": "short"}, "QUIZAPP_SECRET_KEY", "32"),
        ({**SERVER, "QUIZAPP_TRUSTED_HOSTS": " "}, "QUIZAPP_TRUSTED_HOSTS", "host names"),
        ({**SERVER, "QUIZAPP_PROXIES": "many"}, "QUIZAPP_PROXIES", "0 to 3"),
        ({"QUIZAPP_PROXIES": "1"}, "QUIZAPP_PROXIES", "QUIZAPP_MODE=server"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(env: dict[str, str], name: str, word: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(env)
    assert refused.value.name == name
    assert word in refused.value.says


def test_server_mode_takes_its_host_names() -> None:
    settings: Settings = read_settings({**SERVER, "HOST": "0.0.0.0"})
    assert settings.trusted_hosts == ("quiz.example.org", "other.example.org")
    assert settings.host == "0.0.0.0"
    assert settings.proxies == 0
    assert read_settings({**SERVER, "QUIZAPP_PROXIES": "2"}).proxies == 2
