"""People say how many reviews a day they want, and may fix their time zone instead of following the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COLUMNS = {
    "reviews_per_day": sa.Column("reviews_per_day", sa.Integer(), nullable=False, server_default="200"),
    "tz_fixed": sa.Column("tz_fixed", sa.Boolean(), nullable=False, server_default=sa.false()),
}


def upgrade() -> None:
    with op.batch_alter_table("user_account") as account:
        for column in COLUMNS.values():
            account.add_column(column)
    with op.batch_alter_table("user_account") as account:
        for name in COLUMNS:
            account.alter_column(name, server_default=None)
