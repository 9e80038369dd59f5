"""How our cards look in Anki: one note type of ours, readable by day and by night, on screens of any width."""

from quizapp.exchange.bundle import NoteType, Template

NOTE_TYPE = 1_718_204_551  # never changed: Anki knows the note type by it, so that an export updates an older one

OURS = "quizapp:"
ABOVE = "quizapp"  # the deck that all decks of our own files are in

PLACE = " › "  # between the headings of the field Section
FIELDS = ("Front", "Back", "Section", "Lines", "Source", "Id")

FRONT = """<p class="place">{{Section}}</p>
<div class="front">{{Front}}</div>"""
BACK = """{{FrontSide}}
<hr id="answer">
<div class="back">{{Back}}</div>
{{#Source}}<blockquote class="source">{{Source}}</blockquote>{{/Source}}
{{#Lines}}<p class="place">{{Lines}}</p>{{/Lines}}"""

# Anki sets .nightMode (.night_mode on phones) instead of asking the system for its colour scheme.
CSS = """.card {
  --paper: #faf8f4; --ink: #1d2327; --soft: #566069; --line: #e2dcd0; --sunken: #f1ede5;
  margin: 0 auto; padding: 1.5rem; max-width: 38rem;
  background: var(--paper); color: var(--ink);
  font: 1.15rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-align: center; overflow-wrap: anywhere;
}
.card.nightMode, .card.night_mode, .nightMode .card, .night_mode .card {
  --paper: #15181b; --ink: #e8e6e1; --soft: #a9b1b8; --line: #343b41; --sunken: #24292e;
}
.front { font: 600 1.5rem/1.35 Palatino, "Palatino Linotype", P052, Georgia, serif; }
.back { white-space: pre-line; }
.place { margin: .5rem 0; color: var(--soft); font-size: .85rem; }
hr { margin: 1.5rem 0; border: 0; border-top: 1px solid var(--line); }
code {
  padding: .1em .3em; border-radius: 4px; background: var(--sunken);
  font: .9em ui-monospace, Menlo, Consolas, monospace;
}
.source {
  margin: 1.5rem 0 0; padding: .75rem 1rem; border-radius: 10px; background: var(--sunken); color: var(--soft);
  font-size: .9rem; text-align: left; white-space: pre-line;
}
"""


def our_note_type() -> NoteType:
    """The note type of every card that our notes give."""
    return NoteType(NOTE_TYPE, "quizapp", FIELDS, (Template("Card", FRONT, BACK),), CSS)


def guid(item_id: str, ord: int) -> str:  # noqa: A002  (the word of the card table)
    """The name by which Anki finds the note of a card again, whatever becomes of its text."""
    return f"{OURS}{item_id}/{ord}"


def item_of(guid: str) -> str | None:
    """The item whose card has that name; None for a name that others gave."""
    return guid.removeprefix(OURS).rpartition("/")[0] if guid.startswith(OURS) else None
