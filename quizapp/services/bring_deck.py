"""A deck from another program becomes one of a person's own, with its cards, tags and history. Knows no page.

Bringing the same file again changes what changed and adds what is new; nothing is ever taken away. Cards that our own
notes give are recognised by their name: their text stays that of the notes, and what was answered elsewhere is added.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import IO

from quizapp.exchange.apkg_read import read_apkg
from quizapp.exchange.bundle import Bundle, BundleNote, Review
from quizapp.exchange.errors import BadFile
from quizapp.exchange.look import ABOVE, NOTE_TYPE, item_of
from quizapp.exchange.table import DELIMITERS, LARGEST, read_table
from quizapp.exchange.table_bundle import table_bundle
from quizapp.notes.read import module_slug
from quizapp.scheduling.card import NEW
from quizapp.scheduling.events import act
from quizapp.scheduling.history import Replayed
from quizapp.services.chronicle import Happening, record
from quizapp.services.context import Context
from quizapp.services.desk import BROUGHT, Desk, kept_profile, sit_down
from quizapp.services.errors import BadInput
from quizapp.services.own_cards import IN_DECK, Counts, Placed, keep_cards
from quizapp.services.rebuild import told_cards
from quizapp.services.review_log import Place, as_events, instant, is_believable, names
from quizapp.storage import cards, decks, items
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile
from quizapp.storage.tables.decks import OwnDeck, OwnNote
from quizapp.storage.tables.notes import Module

PACKAGES = (".apkg", ".colpkg")
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file: cards that are new, changed, as they were (`kept`), or the notes' own (`ours`).

    `reviews` were added, `known` were here already, `aside` are no answers: own cards keep them for a later export.
    `slug` and `name` are those of the deck for new cards, empty when there was no need of one.
    """

    slug: str
    name: str
    new: int
    changed: int
    kept: int
    ours: int
    reviews: int
    known: int
    aside: int


@dataclass(slots=True)
class _Parted:
    """Notes by where they belong: by own deck, to no deck yet, and cards that stay as they are."""

    by_deck: dict[str, list[BundleNote]] = field(default_factory=dict)
    fresh: list[BundleNote] = field(default_factory=list)
    ours: list[Placed] = field(default_factory=list)
    kept: list[Placed] = field(default_factory=list)


def bring_deck(ctx: Context, user_id: str, source: IO[bytes], file: str, *, name: str | None = None) -> Brought:
    """Takes a file in, whole or not at all; raises BadInput that says why it cannot be used.

    Without a `name` the deck is the one that has these notes already, else it is called as in the file.
    """
    try:
        bundle = _read(source, file)
    except BadFile as error:
        raise BadInput(file, str(error)) from error
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        parted = _part(session, user_id, bundle.notes)
        deck = _deck(session, desk, parted.fresh, file, name) if parted.fresh else None
        if deck:
            parted.by_deck.setdefault(deck.slug, []).extend(parted.fresh)
        counts = Counts(kept=len(parted.kept))
        placed = [*parted.ours, *parted.kept]
        for one in decks.own_decks(session, user_id):
            if one.slug in parted.by_deck:
                placed += keep_cards(session, one, bundle, parted.by_deck[one.slug], desk.moment.at, counts)
        added, known, aside = _add_reviews(session, desk, placed)
    return Brought(
        slug=deck.slug if deck else "",
        name=deck.name if deck else "",
        new=counts.new,
        changed=counts.changed,
        kept=counts.kept,
        ours=len(parted.ours),
        reviews=added,
        known=known,
        aside=aside,
    )


def _read(source: IO[bytes], file: str) -> Bundle:
    form = PurePath(file).suffix.lower()
    if form in PACKAGES:
        return read_apkg(source)
    if form in DELIMITERS:
        return table_bundle(read_table(source.read(LARGEST + 1), DELIMITERS[form]), PurePath(file).stem)
    raise BadFile(f"ends in {form or 'nothing'!r}; it ends in one of {', '.join((*PACKAGES, *DELIMITERS))}")


def _part(session: Session, user_id: str, notes: Sequence[BundleNote]) -> _Parted:
    """Which notes are cards of ours already, by the name that our own files give them."""
    wanted = {note.guid: item_id for note in notes if (item_id := item_of(note.guid)) is not None}
    found = decks.card_items(session, user_id, set(wanted.values()))
    own = decks.own_rows_of(session, found)
    slugs = {deck.slug for deck in decks.own_decks(session, user_id)}
    parted = _Parted()
    for note in notes:
        item = found.get(wanted.get(note.guid, ""))
        guid, _, slug = note.guid.rpartition(IN_DECK)
        if slug in slugs:
            parted.by_deck.setdefault(slug, []).append(replace(note, guid=guid))
        elif item is None:
            parted.fresh.append(note)
        elif item.id not in own:
            parted.ours.append(Placed(item.id, item.version, note.cards[0], is_new=False))
        elif own[item.id].note.note_type == str(note.type_id) == str(NOTE_TYPE):
            there = own[item.id].note
            parted.by_deck.setdefault(there.deck_slug, []).append(_as_there(note, there))
        else:
            parted.kept.append(Placed(item.id, item.version, note.cards[0], is_new=False))
    return parted


def _as_there(note: BundleNote, there: OwnNote) -> BundleNote:
    """A row of a table as the note that it was made from; the field Id is ours and never theirs to change."""
    return replace(note, guid=there.guid, fields=(*note.fields[:-1], there.fields[-1]))


def _deck(session: Session, desk: Desk, notes: Sequence[BundleNote], file: str, name: str | None) -> OwnDeck:
    """The deck for new notes, made when there is none."""
    user_id, now = desk.user.id, desk.moment.at
    there = {deck.slug: deck for deck in decks.own_decks(session, user_id)}
    if name is None:
        for slug, _count in decks.decks_with(session, user_id, [note.guid for note in notes]).most_common(1):
            return there[slug]
    wanted = " ".join((name or _name_in(notes) or PurePath(file).stem).split())[:LONGEST_NAME] or "Deck"
    found = next((deck for deck in there.values() if deck.name == wanted), None)
    if found:
        return found
    slug = f"{module_slug(wanted)[:40]}-{new_id()[:8]}"
    module = Module(slug=slug, origin="deck", owner_id=user_id, title=wanted, path=file[:LONGEST_NAME])
    module.text_hash = module.generator = ""
    module.outline, module.warnings = [], []
    deck = OwnDeck(slug=slug, owner_id=user_id, name=wanted, source=file[:LONGEST_NAME], note_types={}, created_at=now)
    items.add_rows(session, [module])
    items.add_rows(session, [deck])
    return deck


def _name_in(notes: Iterable[BundleNote]) -> str | None:
    """The deck that all others are in, of which our own files have one above."""
    paths = {tuple(card.deck.split("::")) for note in notes for card in note.cards}
    while len({path[:1] for path in paths}) == 1:
        first = next(iter(paths))[0]
        if first != ABOVE:
            return first
        paths = {path[1:] for path in paths}
    return None


def _add_reviews(session: Session, desk: Desk, placed: Sequence[Placed]) -> tuple[int, int, int]:
    """Stores the answers that are not here yet, oldest first; returns how many, how many were, and the rest."""
    lines, known, aside = _new_lines(session, desk, placed)
    waiting = {(one.item_id, 0) for one in placed if one.is_new and one.card.suspended}
    if not lines and not waiting:
        return 0, known, aside
    profile = kept_profile(session, desk)
    rows = cards.cards_of(session, desk.user.id)
    standing = {card: Replayed(cards.state_of(row), row.rev) for card, row in rows.items()}
    if lines:
        lines.sort(key=lambda entry: (entry[2].id, entry[0]))
        decks.add_many(session, ReviewEvent, as_events(desk, profile, lines, standing))
    touched = dict.fromkeys(card for card, _version, _line in lines)
    standing |= told_cards(session, desk.user.id, _in_turns(lines, rows))
    for card in dict.fromkeys((*touched, *sorted(waiting))):
        row, now = rows.get(card) or Card(user_id=desk.user.id, item_id=card[0], ord=card[1]), standing.get(card)
        cards.keep_state(row, now.card if now else NEW, now.rev if now else 0)
        session.add(row)
        rows[card] = row
    _suspend(session, desk, profile, [one for one in placed if (one.item_id, 0) in waiting], rows)
    return len(lines), known, aside


def _new_lines(
    session: Session, desk: Desk, placed: Sequence[Placed]
) -> tuple[list[tuple[Place, int, Review]], int, int]:
    """The answers that are not here yet, how many are, and how many lines are no answers."""
    if not any(one.card.reviews for one in placed):
        return [], 0, 0
    here = names(decks.answers(session, desk.user.id, with_states=False))
    lines: list[tuple[Place, int, Review]] = []
    known = aside = 0
    for one in placed:
        card = (one.item_id, 0)
        for line in one.card.reviews:
            if (card, line.id) in here:
                known += 1
            elif is_believable(line, desk.moment.at):
                lines.append((card, one.version, line))
            else:
                aside += 1
    return lines, known, aside


def _suspend(
    session: Session, desk: Desk, profile: SchedulerProfile, waiting: Sequence[Placed], rows: Mapping[Place, Card]
) -> None:
    """What was set aside in the other program is set aside here, as an event that no undo of an evening takes back."""
    happenings = [
        Happening(
            kind="suspend",
            item_id=one.item_id,
            ord=0,
            version=one.version,
            row=rows[one.item_id, 0],
            after=act(cards.state_of(rows[one.item_id, 0]), "suspend", desk.moment),
            study_day=desk.deck.today,
        )
        for one in waiting
    ]
    if happenings:
        record(session, desk, happenings, new_id(), source=BROUGHT, profile=profile)


def _in_turns(lines: Iterable[tuple[Place, int, Review]], rows: Mapping[Place, Card]) -> set[Place]:
    """The cards that were answered here after what a file brings."""
    seen = {card: row.last_review_at for card, row in rows.items() if row.last_review_at}
    return {card for card, _version, line in lines if card in seen and instant(line) < seen[card]}
