"""People have a day of their own: time zone, the hour it begins, and how many new cards it brings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = {
    "tz_name": sa.Column("tz_name", sa.String(), nullable=False, server_default="UTC"),
    "rollover_h": sa.Column("rollover_h", sa.Integer(), nullable=False, server_default="4"),
    "new_per_day": sa.Column("new_per_day", sa.Integer(), nullable=False, server_default="20"),
}


def upgrade() -> None:
    with op.batch_alter_table("user_account") as account:
        for column in COLUMNS.values():
            account.add_column(column)
        account.create_check_constraint(op.f("ck_user_account_rollover_h"), "rollover_h BETWEEN 0 AND 23")
    with op.batch_alter_table("user_account") as account:
        for name in COLUMNS:
            account.alter_column(name, server_default=None)
