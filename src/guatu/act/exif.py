"""Where and when a photo says it was taken: a small reader of EXIF in JPEG; it shows, it does not prove."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from guatu.base.exact import half_even

TAKEN, TAKEN_MAIN, EXIF_PART, GPS_PART = 0x9003, 0x0132, 0x8769, 0x8825
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Shot:
    """What a photo says of itself: local time, latitude and longitude [°, WGS-84], each None where it says nothing."""

    taken: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def shot(data: bytes) -> Shot:
    """Read a JPEG's EXIF. A file without, or with a broken one, says nothing: never an error."""
    try:
        block = _block(data)
        return Shot() if block is None else _read(block)
    except (struct.error, ValueError, IndexError, ZeroDivisionError):
        return Shot()


def _block(data: bytes) -> bytes | None:
    """The TIFF block inside the first APP1 segment that is EXIF."""
    at = 2 if data[:2] == b"\xff\xd8" else len(data)
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (0xD9, 0xDA):
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            return data[at + 10 : at + 2 + length]
        at += 2 + length
    return None


def _read(block: bytes) -> Shot:
    order = {b"II": "<", b"MM": ">"}[block[:2]] if block[:2] in (b"II", b"MM") else ""
    if not order:
        return Shot()
    (start,) = struct.unpack(order + "I", block[4:8])
    main = _part(block, order, start)
    inner = _part(block, order, _number(main.get(EXIF_PART), order))
    place = _part(block, order, _number(main.get(GPS_PART), order))
    return Shot(
        _time(inner.get(TAKEN) or main.get(TAKEN_MAIN)),
        _degrees(place.get(LATITUDE), place.get(LATITUDE_REF), b"S", 90, order),
        _degrees(place.get(LONGITUDE), place.get(LONGITUDE_REF), b"W", 180, order),
    )


def _part(block: bytes, order: str, at: int) -> dict[int, bytes]:
    """The entries of one directory as raw bytes; an empty one where there is none."""
    if not at:
        return {}
    (count,) = struct.unpack(order + "H", block[at : at + 2])
    entries = {}
    for n in range(count):
        here = at + 2 + 12 * n
        tag, kind, number = struct.unpack(order + "HHI", block[here : here + 8])
        size = SIZES.get(kind, 0) * number
        where = here + 8
        if size > 4:
            (where,) = struct.unpack(order + "I", block[here + 8 : here + 12])
        entries[tag] = block[where : where + size]
    return entries


def _number(raw: bytes | None, order: str) -> int:
    return int(struct.unpack(order + "I", raw)[0]) if raw and len(raw) == 4 else 0


def _time(raw: bytes | None) -> datetime | None:
    try:
        return datetime.strptime(raw.split(b"\0")[0].decode("ascii"), "%Y:%m:%d %H:%M:%S") if raw else None
    except (ValueError, UnicodeDecodeError):
        return None


def _degrees(raw: bytes | None, ref: bytes | None, negative: bytes, most: int, order: str) -> Decimal | None:
    if raw is None or ref is None or len(raw) != 24:
        return None
    parts = struct.unpack(order + "6I", raw)
    degrees, minutes, seconds = (Fraction(parts[n], parts[n + 1]) for n in (0, 2, 4))
    angle = degrees + minutes / 60 + seconds / 3600
    if angle > most:
        return None
    return half_even(-angle if ref[:1] == negative else angle, DECIMALS)
