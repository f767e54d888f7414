"""Changes that know the form of what they change: parts of archives, tags of XML, trees, cells, tokens.

Every function takes bytes and a Random and gives other bytes; the same Random gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
import struct
import tomllib
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import tomlkit

Change = Callable[[bytes, Random], bytes]
MOST = 400_000  # [byte]; larger results are cut, so that a run makes many inputs and not a few large ones

WORDS = (
    "", " ", "0", "-1", "00", "1e999", "-0", "NaN", "inf", "９９", "²", "Ⅲ", "١٢", "2147483648", "99999999999999999999",
    "0.1L", "<0.1", "＜0.05", "达标", "合计", "小计", "2021-13-45", "0000-00-00", "9999-12-31", "2021年", "2021-09",
    "二○二一年", "=1+1", "@x", "#REF!", "\0", "\ufeff", "\u200b", "\u202e", "\U0001f600", "\ud7ff", "\x0b", "\x1b[2J",
    "</w:t>", "<!--", "]]>", "&amp;", "&#0;", "%s", "{}", "../..", "/etc/passwd", "第一条",
    "（责任单位：", "一、", "（一）",
    "1.", "①", "《", "》", "乡" * 300, "一" * 40, "9" * 400, "(" * 200, "（" * 200, "、" * 200,
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 7, 127, 128, 255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 1, 2**63, -(2**31), 10**30)
_TAG = re.compile(r"<[^>]*>|[^<]+")
_NUMBER = re.compile(r"\d+")


def raw(data: bytes, rng: Random) -> bytes:
    """Bits, bytes, ends and pieces, whatever the form."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(out) + 1)
        length = rng.choice((1, 1, 2, 4, 16, 64, 512))
        match rng.randrange(7):
            case 0:
                del out[at : at + length]
            case 1:
                out[at:at] = rng.randbytes(length)
            case 2:
                out[at : at + length] = rng.randbytes(length)
            case 3:
                out[at:at] = out[at : at + length] * rng.choice((1, 2, 50))
            case 4 if at < len(out):
                out[at] ^= 1 << rng.randrange(8)
            case 5:
                number = rng.choice(NUMBERS) % 2**32
                out[at : at + 4] = struct.pack(rng.choice("<>") + "I", number)
            case _:
                if rng.random() < 0.3:
                    del out[at:]
    return bytes(out[:MOST])


def words(text: str, rng: Random) -> str:
    """Lines, numbers and words of a text."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(lines))
        match rng.randrange(8):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines[at:at] = [lines[rng.randrange(len(lines))]] * rng.choice((1, 1, 3, 60))
            case 2:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = _NUMBER.sub(lambda _: rng.choice(WORDS), lines[at], count=rng.randint(1, 3))
            case 4:
                lines[at] += lines[rng.randrange(len(lines))]
            case 5:
                cut = rng.randrange(len(lines[at]) + 1)
                lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]
            case _:
                cut = rng.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:cut] + rng.choice(WORDS) + lines[at][cut + rng.randrange(4) :]
    return "\n".join(lines)[:MOST]


def text(data: bytes, rng: Random) -> bytes:
    """A text in one of the encodings of offices; now and then broken as bytes."""
    changed = words(data.decode("utf-8", "replace"), rng).encode(
        rng.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig")), "replace"
    )
    return raw(changed, rng) if rng.random() < 0.1 else changed


def tags(data: bytes, rng: Random) -> bytes:
    """XML and HTML: tags lost, doubled, moved, nested without end, attributes out of range, words changed."""
    tokens = _TAG.findall(data.decode("utf-8", "replace")) or [""]
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(tokens))
        match rng.randrange(9):
            case 0 if len(tokens) > 1:
                del tokens[at]
            case 1:
                tokens[at:at] = tokens[at : at + rng.randint(1, 12)] * rng.choice((1, 2, 40))
            case 2:
                other = rng.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = _NUMBER.sub(lambda _: str(rng.choice(NUMBERS)), tokens[at])
            case 4 if tokens[at].startswith("<") and rng.random() < 0.2:
                tokens[at:at] = [tokens[at]] * 600
            case 5 if rng.random() < 0.1:
                tokens.insert(min(1, at), '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>')
            case 6:
                tokens[at] = re.sub(r'"[^"]*"', lambda _: f'"{rng.choice(WORDS)}"', tokens[at], count=1)
            case _:
                if not tokens[at].startswith("<"):
                    tokens[at] = words(tokens[at], rng)
    return "".join(tokens).encode("utf-8", "replace")[:MOST]


def parts(data: bytes, rng: Random) -> bytes:
    """An archive: its parts changed by their own form, lost, doubled, badly named, said larger than they are."""
    if rng.random() < 0.1:
        return raw(data, rng)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            held = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except Exception:
        return raw(data, rng)
    for _ in range(rng.randint(1, 3)):
        if not held:
            break
        at = rng.randrange(len(held))
        name, content = held[at]
        match rng.randrange(10):
            case 0:
                del held[at]
            case 1:
                held.insert(at, (name, content))
            case 2:
                held[at] = (rng.choice(("../../x", "/x", "C:\\x", "a" * 300, "", "x\0y", name.upper())), content)
            case 3:
                held[at] = (name, raw(content, rng))
            case _:
                xml = name.endswith((".xml", ".rels"))
                held[at] = (name, tags(content, rng) if xml else other_part(name, content, rng))
    out = io.BytesIO()
    warnings.simplefilter("ignore", UserWarning)  # names twice are wanted here
    pack = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED))
    try:
        with zipfile.ZipFile(out, "w", pack) as archive:
            for name, content in held:
                archive.writestr(zipfile.ZipInfo(name or "x"), content, pack)
    except (ValueError, UnicodeError):
        return raw(data, rng)
    made = out.getvalue()
    return lied(made, rng) if rng.random() < 0.1 else made


def other_part(name: str, content: bytes, rng: Random) -> bytes:
    """A part that is no XML."""
    return tree_of_json(content, rng) if name.endswith(".json") else raw(content, rng)


def lied(made: bytes, rng: Random) -> bytes:
    """An archive whose directory says another size or packing than its parts have."""
    out = bytearray(made)
    at = out.rfind(b"PK\x01\x02")
    if at >= 0:
        where, form = rng.choice(((10, "H"), (16, "I"), (20, "I"), (24, "I"), (42, "I"), (8, "H")))
        number = rng.choice(NUMBERS) % (2**16 if form == "H" else 2**32)
        struct.pack_into(f"<{form}", out, at + where, number)
    return bytes(out)


def leaf(rng: Random) -> Any:
    """A value nobody expects there."""
    return rng.choice(
        (rng.choice(WORDS), rng.choice(NUMBERS) % 2**62, rng.choice((0.0, -1.5, 1e300, 0.1)), True, [], {}, [[]],
         {"": ""}, [1, "a"], date(2021, 2, 28), datetime(1, 1, 1), [{}], ["", ""])
    )  # fmt: skip


def tree(value: Any, rng: Random, depth: int = 0) -> Any:
    """One place of a tree changed: a leaf replaced, an entry lost, doubled, renamed, nested."""
    if rng.random() < 0.05 + 0.05 * depth or not isinstance(value, dict | list) or not value:
        return leaf(rng)
    if isinstance(value, dict):
        key = rng.choice(list(value))
        match rng.randrange(6):
            case 0:
                return {name: one for name, one in value.items() if name != key}
            case 1:
                return {**value, rng.choice((*WORDS[:30], "id", "name")): leaf(rng)}
            case _:
                return {**value, key: tree(value[key], rng, depth + 1)}
    at = rng.randrange(len(value))
    match rng.randrange(6):
        case 0:
            return value[:at] + value[at + 1 :]
        case 1:
            return value[: at + 1] * rng.choice((1, 2, 30)) + value[at:]
        case _:
            return [*value[:at], tree(value[at], rng, depth + 1), *value[at + 1 :]]


def tree_of_toml(data: bytes, rng: Random) -> bytes:
    """A TOML file changed as a tree; as a text where the tree cannot be written, and now and then anyway."""
    if rng.random() < 0.3:
        return text(data, rng)
    try:
        document = tomllib.loads(data.decode())
        for _ in range(rng.randint(1, 3)):
            document = tree(document, rng)
        return tomlkit.dumps(document).encode()[:MOST] if isinstance(document, dict) else b""
    except Exception:
        return text(data, rng)


def tree_of_json(data: bytes, rng: Random) -> bytes:
    """A JSON file changed as a tree, now and then as a text, and nested deeply."""
    if rng.random() < 0.2:
        return text(data, rng)
    if rng.random() < 0.02:
        depth = rng.choice((50, 2000, 60_000))
        return b"[" * depth + b"1" + b"]" * depth
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return raw(data, rng)
    for _ in range(rng.randint(1, 3)):
        document = tree(document, rng)
    said = json.dumps(document, ensure_ascii=rng.random() < 0.5, default=str)
    return said.encode("utf-8", "replace")[:MOST]


def cells(data: bytes, rng: Random) -> bytes:
    """A CSV: cells, rows, columns and marks of division changed; headings shuffled."""
    if rng.random() < 0.1:
        return text(data, rng)
    rows = [line.split(",") for line in data.decode("utf-8", "replace").splitlines()] or [[""]]
    for _ in range(rng.randint(1, 5)):
        row = rng.choice(rows)
        at = rng.randrange(max(1, len(row)))
        match rng.randrange(8):
            case 0:
                row[at : at + 1] = []
            case 1:
                row.insert(at, rng.choice(WORDS))
            case 2:
                rows[rng.randrange(len(rows))] = list(row)
            case 3:
                rng.shuffle(rows[0])
            case 4:
                rows.insert(rng.randrange(len(rows)), list(rng.choice(rows)))
            case 5:
                row[at : at + 1] = ['"' + rng.choice(WORDS)]
            case _:
                row[at : at + 1] = [rng.choice(WORDS)]
    mark = rng.choice((",", ",", ",", "\t", ";"))
    said = rng.choice(("\n", "\r\n", "\r")).join(mark.join(row) for row in rows)
    return said.encode(rng.choice(("utf-8", "utf-8", "gb18030", "utf-16")), "replace")[:MOST]


def tokens(data: bytes, rng: Random) -> bytes:
    """A PDF: its numbers, names and objects changed in place; its table of places is left wrong, as in real files."""
    if rng.random() < 0.15:
        return raw(data, rng)
    found = re.findall(rb"\d+|/[A-Za-z]+|\s+|[^\d/\s]+|/", data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(found))
        match rng.randrange(5):
            case 0 if len(found) > 1:
                del found[at]
            case 1:
                found[at:at] = found[at : at + rng.randint(1, 30)] * rng.choice((1, 2, 20))
            case 2:
                found[at] = rng.choice(found)
            case _:
                if found[at].isdigit():
                    found[at] = str(rng.choice(NUMBERS)).encode()
    return b"".join(found)[:MOST]
