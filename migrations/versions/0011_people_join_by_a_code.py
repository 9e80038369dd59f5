"""People join a cohort by a code or a link, of which only the hash is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "join_code",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("role IN ('assistant', 'learner', 'observer')", name=op.f("ck_join_code_role")),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name="fk_join_code_cohort_id"),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"], name="fk_join_code_created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_join_code"),
        sa.UniqueConstraint("code_hash", name="uq_join_code_code_hash"),
    )
    op.create_index("ix_join_code_cohort_id", "join_code", ["cohort_id"])
