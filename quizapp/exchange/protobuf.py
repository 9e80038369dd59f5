"""Reads single fields of a protobuf message, as newer collections keep note types in. Knows no schema."""

from quizapp.exchange.errors import BadFile

VARINT, FIXED_64, LENGTH, FIXED_32 = 0, 1, 2, 5
LONGEST_VARINT = 10


def fields_of(message: bytes) -> dict[int, int | bytes]:
    """The fields by number, numbers and bytes alone, the last one where there are several; raises BadFile."""
    found: dict[int, int | bytes] = {}
    place = 0
    while place < len(message):
        key, place = _varint(message, place)
        number, wire = key >> 3, key & 7
        if wire == VARINT:
            found[number], place = _varint(message, place)
            continue
        if wire == LENGTH:
            size, place = _varint(message, place)
        elif wire in (FIXED_64, FIXED_32):
            size = 8 if wire == FIXED_64 else 4
        else:
            raise BadFile("holds a note type that cannot be read")
        if size > len(message) - place:
            raise BadFile("holds a note type that is cut off")
        if wire == LENGTH:
            found[number] = message[place : place + size]
        place += size
    return found


def text_of(fields: dict[int, int | bytes], number: int) -> str:
    """A field as text; empty when it is missing."""
    value = fields.get(number, b"")
    return value.decode(errors="replace") if isinstance(value, bytes) else ""


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count, byte in enumerate(message[place : place + LONGEST_VARINT]):
        value |= (byte & 127) << (7 * count)
        if byte < 128:
            return value, place + count + 1
    raise BadFile("holds a note type that cannot be read")
