"""A cohort gets assignments: a quiz drawn by rules, between dates; an attempt may belong to one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("module_slug", sa.String(), nullable=False),
        sa.Column("sections", JSON, nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("graded", sa.Boolean(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("opens_wall", sa.String(), nullable=False),
        sa.Column("due_wall", sa.String(), nullable=False),
        sa.Column("closes_wall", sa.String(), nullable=False),
        sa.Column("opens_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("counts IN ('best', 'last')", name=op.f("ck_assignment_counts")),
        sa.CheckConstraint("feedback IN ('submit', 'close')", name=op.f("ck_assignment_feedback")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_assignment_cohort_id"),
        sa.ForeignKeyConstraint(["module_slug"], ["module.slug"], name="fk_assignment_module_slug"),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name="fk_assignment_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_cohort_id_due_at", "assignment", ["cohort_id", "due_at"])
    with op.batch_alter_table("attempt") as attempt:
        attempt.add_column(sa.Column("assignment_id", sa.String(), nullable=True))
        attempt.add_column(sa.Column("number", sa.Integer(), nullable=True))
        attempt.create_foreign_key("fk_attempt_assignment_id", "assignment", ["assignment_id"], ["id"])
        attempt.create_unique_constraint(
            "uq_attempt_assignment_id_user_id_number", ["assignment_id", "user_id", "number"]
        )
