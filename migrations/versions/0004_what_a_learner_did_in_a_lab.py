"""What a learner did on the page of a lab: hints opened and answers typed, only ever added."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "lab_event",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("lab_run_id", sa.String(), nullable=False),
        sa.Column("step_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("detail", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('hint', 'answer')", name=op.f("ck_lab_event_kind")),
        sa.ForeignKeyConstraint(["lab_run_id"], ["lab_run.id"], name="fk_lab_event_lab_run_id"),
        sa.PrimaryKeyConstraint("number", name="pk_lab_event"),
    )
    op.create_index("ix_lab_event_lab_run_id_step_id_number", "lab_event", ["lab_run_id", "step_id", "number"])
