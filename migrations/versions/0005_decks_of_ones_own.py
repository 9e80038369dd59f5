"""People bring decks of their own: notes and cards as they came, beside the module and items that show them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("module") as module:
        module.drop_constraint(op.f("ck_module_origin"), type_="check")
        module.create_check_constraint(op.f("ck_module_origin"), "origin IN ('content', 'note', 'deck')")
    op.create_table(
        "own_deck",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note_types", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["slug"], ["module.slug"], name="fk_own_deck_slug"),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name="fk_own_deck_owner_id"),
        sa.PrimaryKeyConstraint("slug", name="pk_own_deck"),
        sa.UniqueConstraint("owner_id", "name", name="uq_own_deck_owner_id_name"),
    )
    op.create_table(
        "own_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("deck_slug", sa.String(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("note_type", sa.String(), nullable=False),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.ForeignKeyConstraint(["deck_slug"], ["own_deck.slug"], name="fk_own_note_deck_slug"),
        sa.PrimaryKeyConstraint("id", name="pk_own_note"),
        sa.UniqueConstraint("deck_slug", "guid", name="uq_own_note_deck_slug_guid"),
    )
    op.create_table(
        "own_card",
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("deck", sa.String(), nullable=False),
        sa.Column("aside", JSON, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["content_item.id"], name="fk_own_card_item_id"),
        sa.ForeignKeyConstraint(["note_id"], ["own_note.id"], name="fk_own_card_note_id"),
        sa.PrimaryKeyConstraint("item_id", name="pk_own_card"),
        sa.UniqueConstraint("note_id", "ord", name="uq_own_card_note_id_ord"),
    )
