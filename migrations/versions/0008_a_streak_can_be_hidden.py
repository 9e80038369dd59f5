"""Who does not want to see a streak hides it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("user_account") as account:
        account.add_column(sa.Column("show_streak", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("user_account") as account:
        account.alter_column("show_streak", server_default=None)
