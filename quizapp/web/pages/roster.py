"""A list of people into a cohort: looked at, put right in place, then taken in as a whole; and their invitations."""

import csv
import io

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from quizapp.services import cohorts
from quizapp.services import roster as service
from quizapp.services.errors import BadInput, Stale
from quizapp.services.joining import GIVEN
from quizapp.services.roster import Plan
from quizapp.services.standing import Right
from quizapp.web.here import ctx, person
from quizapp.web.login import server_only
from quizapp.web.wording import counted

page = Blueprint("roster", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Reply
STALE = "The list or the cohort is another one than you looked at. Here is what would happen now."


@page.get("/cohorts/<cohort_id>/roster")
def roster(cohort_id: str) -> str:
    """An empty form."""
    return _form(cohort_id, "")


@page.post("/cohorts/<cohort_id>/roster")
def bring(cohort_id: str) -> Shown:
    """Shows what a list would change, or takes in what was shown."""
    form = request.form
    text, role, encoding = form.get("text", ""), form.get("role", ""), ""
    upload = request.files.get("upload")
    try:
        if upload is not None and upload.filename:
            text, encoding = service.read_upload(upload.read())
        elif form.get("action") == "import":
            plan = service.import_roster(ctx(), person(), cohort_id, text, role, form.get("digest", ""))
            flash(_told(plan), "good")
            return redirect(url_for("cohorts.cohort", cohort_id=cohort_id))
        plan = service.plan_roster(ctx(), person(), cohort_id, text, role)
    except BadInput as error:
        return _form(cohort_id, text, says=error.says), 422
    except Stale:
        plan = service.plan_roster(ctx(), person(), cohort_id, text, role)
        return _form(cohort_id, text, plan, says=STALE), 409
    return _form(cohort_id, text, plan, encoding=encoding)


@page.post("/cohorts/<cohort_id>/invitations.csv")
def invitations(cohort_id: str) -> Response:
    """Fresh links for everybody who has not come yet, as a table to send them from."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["name", "email", "section", "link"])
    for one in service.invite(ctx(), person(), cohort_id):
        link = url_for("joining.form", code=one.code, _external=True)
        writer.writerow([one.name, one.email, one.section, link])
    response = Response("\ufeff" + made.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    return response


def _told(plan: Plan) -> str:
    counts = plan.counts
    if counts["same"] == len(plan.rows):
        return "Nothing to change: everybody of the list is here already, with what it says."
    named = (("new", "taken in"), ("changed", "changed"), ("back", "back again"))
    return (
        "Done: "
        + ", ".join(f"{counted(counts[kind], 'person', 'people')} {word}" for kind, word in named if counts[kind])
        + "."
    )


def _form(cohort_id: str, text: str, plan: Plan | None = None, *, says: str = "", encoding: str = "") -> str:
    view = cohorts.cohort_head(ctx(), person(), cohort_id, Right.MANAGE)
    role = request.form.get("role", "learner")
    return render_template(
        "roster.html", view=view, text=text, plan=plan, says=says, encoding=encoding, role=role, roles=GIVEN
    )
