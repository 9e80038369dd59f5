"""People curate: decisions about items that are only ever added, and what they come to beside each item."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "curation_decision",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("module_slug", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("texts", JSON, nullable=True),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("verdict IN ('accepted', 'hidden', 'undecided')", name=op.f("ck_curation_decision_verdict")),
        sa.CheckConstraint("source IN ('page', 'import', 'content')", name=op.f("ck_curation_decision_source")),
        sa.ForeignKeyConstraint(["module_slug"], ["module.slug"], name="fk_curation_decision_module_slug"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_curation_decision_user_id"),
        sa.PrimaryKeyConstraint("number", name="pk_curation_decision"),
    )
    op.create_index(
        "ix_curation_decision_module_slug_item_id_number", "curation_decision", ["module_slug", "item_id", "number"]
    )
    op.add_column("module", sa.Column("curation_hash", sa.String(), nullable=True))
    with op.batch_alter_table("content_item") as item:
        item.add_column(sa.Column("grade", sa.String(), nullable=False, server_default="generated"))
        item.add_column(sa.Column("hidden_at", INSTANT, nullable=True))
        item.add_column(sa.Column("original", JSON, nullable=True))
        item.create_check_constraint(op.f("ck_content_item_grade"), "grade IN ('generated', 'accepted')")
    with op.batch_alter_table("content_item") as item:
        item.alter_column("grade", server_default=None)
