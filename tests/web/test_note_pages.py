"""Notes in the browser: paste or upload, preview, save, versions, export."""

import io
import re
import zipfile

from tests.web.parts import MODULE, Visitor

POD = """# Small things

## Objects

- **Pod**: the smallest unit that Kubernetes runs.
- **Service**: a stable address for a group of Pods.
- **ReplicaSet**: keeps a given number of Pods running.
- **Deployment**: manages ReplicaSets and rolls out new versions.
"""


def save(visitor: Visitor, markdown: str = POD, path: str = "/notes/new", **form: object) -> str:
    reply = visitor.post(path, {"markdown": markdown, "action": "save", **form})
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])


def test_a_preview_shows_questions_and_saves_nothing(visitor: Visitor) -> None:
    reply = visitor.post("/notes/new", {"markdown": POD, "action": "preview"})
    assert reply.status_code == 200
    assert "smallest unit" in reply.text.split('id="preview"')[1]
    assert "You have no notes here yet" in visitor.get("/notes").text


def test_saved_notes_become_a_module(visitor: Visitor) -> None:
    path = save(visitor)
    assert path == "/modules/small-things"
    page = visitor.get(path).text
    assert "smallest unit" in page
    assert "Start a quiz" in page
    assert "Small things" in visitor.get("/library").text


def test_a_file_can_be_uploaded(visitor: Visitor) -> None:
    form = {"action": "save", "markdown": "", "upload": (io.BytesIO(POD.encode()), "pods.md")}
    assert visitor.post("/notes/new", form).headers["Location"] == "/modules/small-things"


def test_a_binary_file_is_refused_by_name(visitor: Visitor) -> None:
    form = {"action": "save", "markdown": "", "upload": (io.BytesIO(b"\x7fELF\x00\x00"), "tool.bin")}
    reply = visitor.post("/notes/new", form)
    assert reply.status_code == 422
    assert "tool.bin" in reply.text


def test_empty_notes_are_refused_with_a_reason(visitor: Visitor) -> None:
    reply = visitor.post("/notes/new", {"markdown": "  ", "action": "save"})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text


def test_every_save_is_a_version_to_go_back_to(visitor: Visitor) -> None:
    save(visitor)
    save(visitor, POD + "\nMore.\n", "/notes/small-things/edit", base_version="1")
    assert "More." in visitor.get("/notes/small-things/edit").text
    old = visitor.get("/notes/small-things/edit?version=1").text
    assert "More." not in old
    assert "This is version 1 of 2" in old


def test_saving_over_another_tab_keeps_the_text_and_asks(visitor: Visitor) -> None:
    save(visitor)
    save(visitor, POD + "\nFirst tab.\n", "/notes/small-things/edit", base_version="1")
    late = {"markdown": POD + "\nSecond tab.\n", "action": "save", "base_version": "1"}
    reply = visitor.post("/notes/small-things/edit", late)
    assert reply.status_code == 409
    assert "Second tab." in reply.text
    assert 'name="base_version" value="2"' in reply.text


def test_the_export_gives_the_same_text_back(visitor: Visitor) -> None:
    save(visitor)
    reply = visitor.get("/notes/export.zip")
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {"small-things.md": POD}


def test_a_note_that_content_hides_says_so(visitor: Visitor) -> None:
    title = MODULE.replace("-", " ")
    visitor.post("/notes/new", {"markdown": POD.replace("Small things", title), "action": "save"})
    page = visitor.get("/notes").text
    assert "content" in page.split("plain-list")[1]


def test_notes_cannot_smuggle_markup(visitor: Visitor) -> None:
    path = save(
        visitor, "# <img src=x onerror=alert(1)>\n\nA `<script>` is a <script>alert(1)</script> tag.\n", title="a<b>c"
    )
    for page in (path, "/notes", "/library", "/"):
        text = visitor.get(page).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "a<b>c" not in text


def test_a_hidden_field_too_many_is_ignored(visitor: Visitor) -> None:
    assert save(visitor, user_id="somebody", role="admin", id="1") == "/modules/small-things"


def test_a_preview_of_saved_notes_shows_what_changes_for_what_is_there(visitor: Visitor) -> None:
    save(visitor)
    path = "/notes/small-things/edit"
    fewer = POD.replace("- **Deployment**: manages ReplicaSets and rolls out new versions.\n", "")
    page = visitor.post(path, {"markdown": POD, "action": "preview"}, at=path).text
    assert re.search(r"\d+ stay as they are, 0 get other words and keep their history, 0 are new, 0 go", page)
    page = visitor.post(path, {"markdown": fewer, "action": "preview"}, at=path).text
    assert "Gone (" in page
    page = visitor.post(path, {"markdown": "# Small things\n\nNothing.\n", "action": "preview"}, at=path).text
    assert "Over a fifth would go" in page
    assert "What changes" not in visitor.post("/notes/new", {"markdown": POD, "action": "preview"}).text
