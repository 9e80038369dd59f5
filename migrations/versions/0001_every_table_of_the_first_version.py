"""Every table of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "login_throttle",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_login_throttle"),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('learner', 'instructor', 'admin')", name=op.f("ck_user_account_role")),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("name_key", name="uq_user_account_name_key"),
    )
    op.create_table(
        "lab_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("lab_slug", sa.String(), nullable=False),
        sa.Column("context", sa.String(), nullable=False),
        sa.Column("cluster_uid", sa.String(), nullable=False),
        sa.Column("namespace", sa.String(), nullable=False),
        sa.Column("namespace_uid", sa.String(), nullable=False),
        sa.Column("params", JSON, nullable=False),
        sa.Column("baseline", JSON, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_lab_run_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_lab_run"),
    )
    op.create_index("ix_lab_run_user_id_lab_slug_started_at", "lab_run", ["user_id", "lab_slug", "started_at"])

    op.create_table(
        "module",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("generator", sa.String(), nullable=False),
        sa.Column("outline", JSON, nullable=False),
        sa.Column("warnings", JSON, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.CheckConstraint("origin IN ('content', 'note')", name=op.f("ck_module_origin")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name="fk_module_owner_id"),
        sa.PrimaryKeyConstraint("slug", name="pk_module"),
    )
    op.create_index("ix_module_owner_id", "module", ["owner_id"])

    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name="fk_note_owner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.UniqueConstraint("slug", name="uq_note_slug"),
    )
    op.create_index("ix_note_owner_id", "note", ["owner_id"])

    op.create_table(
        "scheduler_profile",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("algo", sa.String(), nullable=False),
        sa.Column("retention", sa.Double(), nullable=False),
        sa.Column("learning_steps", JSON, nullable=False),
        sa.Column("relearning_steps", JSON, nullable=False),
        sa.Column("max_interval", sa.Integer(), nullable=False),
        sa.Column("params", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_scheduler_profile_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scheduler_profile"),
        sa.UniqueConstraint("user_id", "number", name="uq_scheduler_profile_user_id_number"),
    )
    op.create_table(
        "user_session",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_user_session_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_user_session"),
    )
    op.create_index("ix_user_session_user_id", "user_session", ["user_id"])

    op.create_table(
        "attempt",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("module_slug", sa.String(), nullable=False),
        sa.Column("section", JSON, nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("deadline_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("close_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["module_slug"], ["module.slug"], name="fk_attempt_module_slug"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_attempt_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_user_id_started_at", "attempt", ["user_id", "started_at"])

    op.create_table(
        "content_item",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("module_slug", sa.String(), nullable=False),
        sa.Column("item_use", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", JSON, nullable=False),
        sa.Column("line_from", sa.Integer(), nullable=False),
        sa.Column("line_to", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.CheckConstraint("item_use IN ('quiz', 'card')", name=op.f("ck_content_item_item_use")),
        sa.ForeignKeyConstraint(["module_slug"], ["module.slug"], name="fk_content_item_module_slug"),
        sa.PrimaryKeyConstraint("id", name="pk_content_item"),
    )
    op.create_index(
        "ix_content_item_module_slug_item_use_position", "content_item", ["module_slug", "item_use", "position"]
    )

    op.create_table(
        "import_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("module_slug", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("generator", sa.String(), nullable=False),
        sa.Column("plan", JSON, nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["module_slug"], ["module.slug"], name="fk_import_run_module_slug"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_import_run_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_import_run"),
    )
    op.create_index("ix_import_run_module_slug", "import_run", ["module_slug"])

    op.create_table(
        "lab_step_pass",
        sa.Column("lab_run_id", sa.String(), nullable=False),
        sa.Column("step_id", sa.String(), nullable=False),
        sa.Column("passed_at", INSTANT, nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.ForeignKeyConstraint(["lab_run_id"], ["lab_run.id"], name="fk_lab_step_pass_lab_run_id"),
        sa.PrimaryKeyConstraint("lab_run_id", "step_id", name="pk_lab_step_pass"),
    )
    op.create_table(
        "note_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("markdown", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name="fk_note_version_author_id"),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name="fk_note_version_note_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note_version"),
        sa.UniqueConstraint("note_id", "number", name="uq_note_version_note_id_number"),
    )
    op.create_table(
        "card",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("stability", sa.Double(), nullable=True),
        sa.Column("difficulty", sa.Double(), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("last_review_at", INSTANT, nullable=True),
        sa.Column("last_study_day", sa.Date(), nullable=True),
        sa.Column("introduced_day", sa.Date(), nullable=True),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("suspended_at", INSTANT, nullable=True),
        sa.Column("buried_until_day", sa.Date(), nullable=True),
        sa.Column("leech_at", INSTANT, nullable=True),
        sa.CheckConstraint("state IN ('new', 'learning', 'review', 'relearning')", name=op.f("ck_card_state")),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_card_item_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_card_user_id"),
        sa.PrimaryKeyConstraint("user_id", "item_id", "ord", name="pk_card"),
    )
    op.create_index("ix_card_item_id", "card", ["item_id"])
    op.create_index("ix_card_user_id_last_study_day", "card", ["user_id", "last_study_day"])
    op.create_index("ix_card_user_id_state_due_day", "card", ["user_id", "state", "due_day"])
    op.create_index("ix_card_user_id_state_due_at", "card", ["user_id", "state", "due_at"])

    op.create_table(
        "content_alias",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("import_run_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name="fk_content_alias_import_run_id"),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_content_alias_item_id"),
        sa.PrimaryKeyConstraint("alias", name="pk_content_alias"),
    )
    op.create_index("ix_content_alias_item_id", "content_alias", ["item_id"])

    op.create_table(
        "content_version",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("stem_hash", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("source_path", sa.String(), nullable=False),
        sa.Column("line_from", sa.Integer(), nullable=False),
        sa.Column("line_to", sa.Integer(), nullable=False),
        sa.Column("git_sha", sa.String(), nullable=True),
        sa.Column("import_run_id", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["import_run_id"], ["import_run.id"], name="fk_content_version_import_run_id"),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_content_version_item_id"),
        sa.PrimaryKeyConstraint("item_id", "number", name="pk_content_version"),
    )
    op.create_table(
        "question_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_question_report_item_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_question_report_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_question_report"),
    )
    op.create_index("ix_question_report_item_id", "question_report", ["item_id"])

    op.create_table(
        "review_event",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("client_event_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("voids", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("client_at", INSTANT, nullable=True),
        sa.Column("client_offset_ms", sa.Integer(), nullable=True),
        sa.Column("tz_name", sa.String(), nullable=False),
        sa.Column("utc_offset_min", sa.Integer(), nullable=False),
        sa.Column("rollover_h", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("profile_id", sa.String(), nullable=False),
        sa.Column("expected_rev", sa.Integer(), nullable=False),
        sa.Column("state_before", JSON, nullable=False),
        sa.Column("state_after", JSON, nullable=False),
        sa.CheckConstraint("(rating IS NULL) = (voids IS NOT NULL)", name=op.f("ck_review_event_answer_or_undo")),
        sa.CheckConstraint("rating BETWEEN 1 AND 4", name=op.f("ck_review_event_rating")),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_review_event_item_id"),
        sa.ForeignKeyConstraint(["profile_id"], ["scheduler_profile.id"], name="fk_review_event_profile_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_review_event_user_id"),
        sa.ForeignKeyConstraint(["voids"], ["review_event.number"], name="fk_review_event_voids"),
        sa.PrimaryKeyConstraint("number", name="pk_review_event"),
        sa.UniqueConstraint("user_id", "client_event_id", name="uq_review_event_user_id_client_event_id"),
        sa.UniqueConstraint("voids", name="uq_review_event_voids"),
    )
    op.create_index("ix_review_event_user_id_item_id_ord", "review_event", ["user_id", "item_id", "ord"])
    op.create_index("ix_review_event_user_id_study_day", "review_event", ["user_id", "study_day"])

    op.create_table(
        "attempt_item",
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("option_order", JSON, nullable=False),
        sa.Column("variant_seed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_attempt_item_attempt_id"),
        sa.ForeignKeyConstraint(
            ["item_id", "version"],
            ["content_version.item_id", "content_version.number"],
            name="fk_attempt_item_item_id_version",
        ),
        sa.PrimaryKeyConstraint("attempt_id", "pos", name="pk_attempt_item"),
    )
    op.create_index("ix_attempt_item_item_id", "attempt_item", ["item_id"])

    op.create_table(
        "answer_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("client_event_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.String(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("autosave", sa.Boolean(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("study_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "pos"],
            ["attempt_item.attempt_id", "attempt_item.pos"],
            name="fk_answer_event_attempt_id_pos",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_answer_event_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_event"),
        sa.UniqueConstraint("attempt_id", "pos", "seq", name="uq_answer_event_attempt_id_pos_seq"),
        sa.UniqueConstraint(
            "attempt_id", "pos", "client_event_id", name="uq_answer_event_attempt_id_pos_client_event_id"
        ),
    )
    op.create_table(
        "grade_event",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("grader", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("fraction", sa.Double(), nullable=False),
        sa.Column("breakdown", JSON, nullable=False),
        sa.Column("supersedes", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name="fk_grade_event_actor_id"),
        sa.ForeignKeyConstraint(["answer_id"], ["answer_event.id"], name="fk_grade_event_answer_id"),
        sa.ForeignKeyConstraint(["supersedes"], ["grade_event.id"], name="fk_grade_event_supersedes"),
        sa.PrimaryKeyConstraint("id", name="pk_grade_event"),
        sa.UniqueConstraint("supersedes", name="uq_grade_event_supersedes"),
    )
    op.create_index("ix_grade_event_answer_id", "grade_event", ["answer_id"])
