"""`quizapp cards`: cards as files, and what cannot be done named in one sentence."""

import json
from pathlib import Path

from tests.cli.conftest import Quizapp
from tests.exchange.packages import NEW, look_inside
from tests.web.parts import MODULE

SERVER = {"QUIZAPP_MODE": "server", "QUIZAPP_SECRET_KEY": "x" * 32, "QUIZAPP_TRUSTED_HOSTS": "localhost"}


def test_cards_are_written_by_the_end_of_the_files_name(quizapp: Quizapp, tmp_path: Path) -> None:
    done = quizapp("cards", "export", tmp_path / "all.APKG", "--json")
    told = json.loads(done.stdout)
    assert told["cards"] == len(look_inside(tmp_path / "all.APKG").cards) > 10
    assert told["bytes"] == (tmp_path / "all.APKG").stat().st_size
    done = quizapp("cards", "export", tmp_path / "all.csv", "--module", MODULE, "--bom")
    assert done.stdout == f"{tmp_path / 'all.csv'} holds {told['cards']} cards\n"
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbfid,front,back,")
    quizapp("cards", "export", tmp_path / "all.tsv")
    assert (tmp_path / "all.tsv").read_bytes().startswith(b"id\tfront\tback\t")


def test_what_cannot_be_exported_is_named(quizapp: Quizapp, tmp_path: Path) -> None:
    for words, code, says in (
        ((tmp_path / "all.txt",), 2, ".apkg, .csv, .tsv"),
        ((tmp_path / "all.csv", "--module", "nowhere"), 1, "nowhere"),
        ((tmp_path / "all.csv", "--user", "bob"), 2, "no account 'bob'"),
        ((tmp_path / "none" / "all.csv",), 2, "cannot be written"),
    ):
        done = quizapp("cards", "export", *words)
        assert (done.exit_code, says in done.stderr, done.stderr.count("\n")) == (code, True, 1), words


def test_in_server_mode_it_is_said_whose_cards(quizapp: Quizapp, tmp_path: Path) -> None:
    quizapp("user", "create", "Ada", "--password-stdin", input="correct horse\n")
    refused = quizapp("cards", "export", tmp_path / "all.csv", env=SERVER)
    assert (refused.exit_code, "--user" in refused.stderr) == (2, True)
    assert quizapp("cards", "export", tmp_path / "all.csv", "--user", "ada", env=SERVER).exit_code == 0


def test_a_deck_is_brought_and_told_in_numbers(quizapp: Quizapp, tmp_path: Path) -> None:
    done = quizapp("cards", "import", NEW, "--deck", "My cluster", "--json")
    told = json.loads(done.stdout)
    assert told.pop("slug").startswith("my-cluster-")
    assert told == {
        "name": "My cluster",
        "new": 4,
        "changed": 0,
        "kept": 0,
        "ours": 0,
        "reviews": 3,
        "known": 0,
        "aside": 0,
    }
    again = quizapp("cards", "import", NEW)
    assert again.stdout == (
        "cards: 0 new, 0 changed, 4 as they were, 0 from your notes\n"
        "reviews: 0 new, 3 known, 0 that are no answers\n"
        "deck: My cluster\n"
    )
    assert quizapp("cards", "export", tmp_path / "all.apkg", "--no-history").exit_code == 0
    assert look_inside(tmp_path / "all.apkg").revlog == []
    assert json.loads(quizapp("db", "rebuild", "--json").stdout) == {"cards": 3, "put_right": 0}


def test_a_file_that_cannot_be_brought_is_named_in_one_sentence(quizapp: Quizapp, tmp_path: Path) -> None:
    (tmp_path / "torn.apkg").write_bytes(NEW.read_bytes()[:20_000])
    for file, says in (
        (tmp_path / "torn.apkg", "cut off"),
        (tmp_path / "none.apkg", "cannot be read"),
        (tmp_path, "cannot be read"),
        (Path("README.md"), "ends in '.md'"),
    ):
        done = quizapp("cards", "import", file)
        assert (done.exit_code, says in done.stderr, done.stderr.count("\n")) == (2, True, 1), file
        assert str(file) in done.stderr
