"""A person's own notes: paste or upload, look at what would come out, save, go back to a version, take them along."""

import io
import zipfile
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from quizapp.notes.errors import AuthorError
from quizapp.notes.read import decode_notes
from quizapp.services import notes as service
from quizapp.services.errors import BadInput, Stale
from quizapp.services.notes import NoteView, PreviewView
from quizapp.web.here import ctx, user_id, whole_number

page = Blueprint("notes", __name__)

Shown = str | tuple[str, int] | Reply
STALE = "These notes were saved in another tab meanwhile. Your text is below: save again to make it the newest version."


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds."""

    markdown: str = ""
    title: str = ""
    base_version: int | None = None


@page.get("/notes")
def notes() -> str:
    """The person's notes."""
    return render_template("notes.html", rows=service.notes(ctx(), user_id()))


@page.get("/notes/new")
def new() -> str:
    """An empty form."""
    return _form(Draft(), None)


@page.get("/notes/<slug>/edit")
def edit(slug: str) -> str:
    """The form with the newest version, or the one asked for."""
    wanted = whole_number(request.args.get("version")) or None
    note = service.note(ctx(), user_id(), slug, wanted)
    return _form(Draft(note.markdown, note.title, note.latest), note)


@page.post("/notes/new")
def create() -> Shown:
    """Shows or saves a new note."""
    return _handle(None)


@page.post("/notes/<slug>/edit")
def change(slug: str) -> Shown:
    """Shows or saves the next version of a note."""
    return _handle(service.note(ctx(), user_id(), slug))


@page.get("/notes/export.zip")
def export() -> Response:
    """Every note as a Markdown file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, markdown in service.export_notes(ctx(), user_id()):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), markdown)
    response = Response(packed.getvalue(), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="quizapp-notes.zip"'
    return response


def _handle(note: NoteView | None) -> Shown:
    draft = Draft(request.form.get("markdown", ""), request.form.get("title", "").strip(), _base_version(note))
    try:
        draft = _with_upload(draft)
        if request.form.get("action") == "save":
            return _save(draft, note)
        slug = note.slug if note else None
        shown = service.preview(ctx(), user_id(), draft.markdown, draft.title or None, slug=slug)
        return _form(draft, note, view=shown)
    except BadInput as error:
        return _form(draft, note, says=error.says), 422
    except AuthorError as error:
        where = f"line {error.line} of {error.file}" if error.line else f"the file {error.file}"
        return _form(draft, note, says=f"{where} {error.says}"), 422
    except Stale:
        assert note, "only a note that is there can be stale"
        return _form(Draft(draft.markdown, draft.title, note.latest), note, says=STALE), 409


def _save(draft: Draft, note: NoteView | None) -> Reply:
    saved = service.save_note(
        ctx(),
        user_id(),
        draft.markdown,
        title=draft.title or None,
        slug=note.slug if note else None,
        base_version=draft.base_version,
    )
    flash(f"Saved as version {saved.version}.", "good")
    if saved.clash:
        flash(saved.clash, "care")
        return redirect(url_for("notes.edit", slug=saved.slug))
    return redirect(url_for("modules.module", slug=saved.slug))


def _base_version(note: NoteView | None) -> int | None:
    return whole_number(request.form.get("base_version"), fallback=note.latest) if note else None


def _with_upload(draft: Draft) -> Draft:
    """A chosen file takes the place of what was typed."""
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return draft
    text = decode_notes(upload.read(), file=upload.filename[:100])
    return Draft(text, draft.title, draft.base_version)


def _form(draft: Draft, note: NoteView | None, *, view: PreviewView | None = None, says: str | None = None) -> str:
    return render_template("note.html", draft=draft, note=note, view=view, says=says)
