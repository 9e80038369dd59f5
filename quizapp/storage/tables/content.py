"""What can be asked: items, their immutable versions, the names they are found by, the imports that made them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, RowNumber, UtcDateTime, json_column, new_id


class ImportRun(Base):
    """One reconciliation of a module's items with its text: what was planned, and when it was applied."""

    __tablename__ = "import_run"
    __table_args__ = (Index(None, "module_slug"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    module_slug: Mapped[str] = mapped_column(ForeignKey("module.slug"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    text_hash: Mapped[str]
    generator: Mapped[str]
    plan: Mapped[dict[str, Any]] = mapped_column(Json)
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContentItem(Base):
    """A question or card; never deleted, since people have a history with it.

    `version` is the newest ContentVersion; section and lines say where the item stands in the notes now. The newest
    CurationDecision is kept here as well: `grade` and `hidden_at`, and while texts of a person's own stand, `original`
    is the item as the notes give it.
    """

    __tablename__ = "content_item"
    __table_args__ = (
        CheckConstraint("item_use IN ('quiz', 'card')", name="item_use"),
        CheckConstraint("grade IN ('generated', 'accepted')", name="grade"),
        Index(None, "module_slug", "item_use", "position"),
        Index(None, "module_slug", "fact", "item_use"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    module_slug: Mapped[str] = mapped_column(ForeignKey("module.slug"))
    use: Mapped[str] = mapped_column("item_use")
    kind: Mapped[str]
    fact: Mapped[str]
    position: Mapped[int]
    section: Mapped[list[str]] = mapped_column(Json)
    line_from: Mapped[int]
    line_to: Mapped[int]
    version: Mapped[int]
    grade: Mapped[str] = mapped_column(default="generated")
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    original: Mapped[dict[str, Any] | None] = mapped_column(json_column(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ContentVersion(Base):
    """What an item said at one time, never changed again; equal hashes mean equal wording, stem or key."""

    __tablename__ = "content_version"

    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    content_hash: Mapped[str]
    stem_hash: Mapped[str]
    key_hash: Mapped[str]
    source_path: Mapped[str]
    line_from: Mapped[int]
    line_to: Mapped[int]
    git_sha: Mapped[str | None]
    import_run_id: Mapped[str] = mapped_column(ForeignKey("import_run.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContentAlias(Base):
    """A name by which the generator finds an item; reconciliation moves the name, never the history."""

    __tablename__ = "content_alias"
    __table_args__ = (Index(None, "item_id"),)

    alias: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"))
    reason: Mapped[str]
    import_run_id: Mapped[str] = mapped_column(ForeignKey("import_run.id"))


class CurationDecision(Base):
    """What somebody decided about an item; only ever added, and the newest row of an item says all that holds for it.

    No foreign key to the item: a decision outlives an item that the notes no longer give, and may come before it.
    `user_id` is empty for what a file said; `texts` are a person's own, `wording` names what the notes gave then.
    """

    __tablename__ = "curation_decision"
    __table_args__ = (
        CheckConstraint("verdict IN ('accepted', 'hidden', 'undecided')", name="verdict"),
        CheckConstraint("source IN ('page', 'import', 'content')", name="source"),
        Index(None, "module_slug", "item_id", "number"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    module_slug: Mapped[str] = mapped_column(ForeignKey("module.slug"))
    item_id: Mapped[str]
    verdict: Mapped[str]
    texts: Mapped[dict[str, Any] | None] = mapped_column(json_column(none_as_null=True))
    wording: Mapped[str | None]
    source: Mapped[str]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionReport(Base):
    """Somebody finds an item wrong or unclear."""

    __tablename__ = "question_report"
    __table_args__ = (Index(None, "item_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"))
    version: Mapped[int]
    says: Mapped[str]
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
