"""Indexes with which the next of many cards is found as fast as that of a few."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.drop_index("ix_card_user_id_state_due_at", "card")
    columns = ["user_id", "state", "due_at", "item_id", "ord"]
    op.create_index("ix_card_user_id_state_due_at_item_id_ord", "card", columns)
    op.create_index("ix_content_item_module_slug_fact_item_use", "content_item", ["module_slug", "fact", "item_use"])
    op.create_index("ix_answer_event_user_id_at", "answer_event", ["user_id", "at"])
