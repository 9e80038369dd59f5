"""Passwords are chosen anew by a link that holds once, and open logins say where they are."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "password_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_password_link_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_password_link"),
    )
    op.create_index("ix_password_link_user_id", "password_link", ["user_id"])
    with op.batch_alter_table("user_session") as session:
        session.add_column(sa.Column("agent", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("user_session") as session:
        session.alter_column("agent", server_default=None)
