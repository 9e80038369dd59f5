"""Cards can be suspended and buried, and become leeches: events as answers are.

Answers that were given before leeches were known are not looked at again: profiles of before say nothing about them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ONE_THING = (
    "CASE kind WHEN 'answer' THEN rating IS NOT NULL AND voids IS NULL "
    "WHEN 'undo' THEN rating IS NULL AND voids IS NOT NULL ELSE rating IS NULL AND voids IS NULL END"
)
KINDS = "kind IN ('answer', 'undo', 'suspend', 'unsuspend', 'bury', 'unbury')"


def upgrade() -> None:
    with op.batch_alter_table("review_event") as event:
        event.add_column(sa.Column("kind", sa.String(), nullable=True))
        event.add_column(sa.Column("operation", sa.String(), nullable=True))
        event.drop_constraint(op.f("ck_review_event_answer_or_undo"), type_="check")
    op.execute("UPDATE review_event SET kind = CASE WHEN voids IS NULL THEN 'answer' ELSE 'undo' END")
    op.execute("UPDATE review_event SET operation = client_event_id")
    with op.batch_alter_table("review_event") as event:
        event.alter_column("kind", existing_type=sa.String(), nullable=False)
        event.alter_column("operation", existing_type=sa.String(), nullable=False)
        event.create_check_constraint(op.f("ck_review_event_kind"), KINDS)
        event.create_check_constraint(op.f("ck_review_event_one_thing"), ONE_THING)
        event.create_index("ix_review_event_user_id_operation", ["user_id", "operation"])
    with op.batch_alter_table("scheduler_profile") as profile:
        profile.add_column(sa.Column("leech_lapses", sa.Integer(), nullable=True))
        profile.add_column(sa.Column("leech_suspends", sa.Boolean(), nullable=True))
    with op.batch_alter_table("user_account") as account:
        account.add_column(sa.Column("bury_siblings", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("user_account") as account:
        account.alter_column("bury_siblings", server_default=None)
