"""A roster gives places that wait for their person, and invitations to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
TEXTS = ("name", "section", "external_id")


def upgrade() -> None:
    with op.batch_alter_table("membership") as place:
        place.alter_column("user_id", existing_type=sa.String(), nullable=True)
        place.add_column(sa.Column("email", sa.String(), nullable=True))
        place.add_column(sa.Column("email_key", sa.String(), nullable=True))
        for name in TEXTS:
            place.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        place.add_column(sa.Column("labels", JSON, nullable=False, server_default="[]"))
        place.create_unique_constraint("uq_membership_cohort_id_email_key", ["cohort_id", "email_key"])
        place.create_check_constraint(op.f("ck_membership_somebody"), "user_id IS NOT NULL OR email_key IS NOT NULL")
    with op.batch_alter_table("membership") as place:
        for name in (*TEXTS, "labels"):
            place.alter_column(name, server_default=None)
    with op.batch_alter_table("join_code") as code:
        code.add_column(sa.Column("membership_id", sa.String(), nullable=True))
        code.create_foreign_key("fk_join_code_membership_id", "membership", ["membership_id"], ["id"])
    op.create_index("ix_join_code_membership_id", "join_code", ["membership_id"])
