"""Files by SHA-256 and true type; the same file offered twice is asked about; where and when a photo was taken."""

from __future__ import annotations

import hashlib
import struct
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.act.exif import Shot, shot
from guatu.act.problem import Paper, Problem
from guatu.act.proof import asked_of, file_faults, identity, offered_twice


def test_a_file_is_known_by_its_bytes_not_its_name() -> None:
    assert identity(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0....", []),
        ("A.JPEG", b"\xff\xd8\xff\xe1....", []),
        ("a.pdf", b"%PDF-1.7", []),
        ("a.docx", b"PK\x03\x04....", []),
        ("a.mp4", b"\0\0\0\x18ftypmp42", []),
        ("a.pdf", b"\xff\xd8\xff\xe0....", ["G-ACT-61"]),
        ("a.exe", b"MZ......", ["G-ACT-61"]),
        ("a.jpg", b"", ["G-ACT-62"]),
        ("a.pdf", b"%PDF-" + b"x" * 100, ["G-ACT-62"]),
        ("a.txt", b"x" * 105, ["G-ACT-62", "G-ACT-61"]),
    ],
)
def test_the_bytes_decide_what_a_file_is(name: str, data: bytes, codes: list[str]) -> None:
    assert [fault.code for fault in file_faults(name, data, most=100)] == codes


def problem(number: str, *files: tuple[str, str]) -> Problem:
    papers = tuple(
        Paper(kind, "unit", "市住建局", date(2021, 5, 1), hashlib.sha256(b.encode()).hexdigest(), b)
        for kind, b in files
    )
    return Problem("mine", number, "整改中", papers=papers)


def test_one_file_for_two_papers_or_two_problems_is_asked_about() -> None:
    first = problem("1", ("整改前照片", "x.jpg"), ("整改后照片", "x.jpg"), ("整改方案", "p.pdf"), ("整改方案", "p.pdf"))
    second = problem("2", ("整改方案", "p.pdf"), ("自查表", "own.pdf"))
    questions = offered_twice([first, second])
    assert [one.uses for one in questions] == [
        (("1", "整改前照片"), ("1", "整改后照片")),
        (("1", "整改方案"), ("2", "整改方案")),
    ]
    assert questions[0].words == "“x.jpg”同一个文件交作 1的“整改前照片”、1的“整改后照片”，是否确实可以共用"
    assert offered_twice([problem("1", ("整改方案", "a"), ("整改方案", "a"))]) == ()  # put in twice for the same


def test_only_what_the_new_papers_raise_is_asked() -> None:
    first = problem("1", ("整改前照片", "x.jpg"), ("整改后照片", "x.jpg"))
    new = problem("2", ("整改后照片", "y.jpg"), ("现场核查记录", "z.pdf")).papers
    assert asked_of(new, "2", [first]) == ()
    again = problem("2", ("整改后照片", "x.jpg")).papers
    assert len(asked_of(again, "2", [first])[0].uses) == 3


def photo(order: str, *, south: bool = False) -> bytes:
    """A JPEG that says 2021-10-12 09:30:05 at 29°17'36.24", 117°12'3": written here entry by entry."""

    def pack(form: str, *values: int) -> bytes:
        return struct.pack(order + form, *values)

    head = (b"II" if order == "<" else b"MM") + pack("H", 42) + pack("I", 8)
    main = pack("H", 2) + pack("HHII", 0x8769, 4, 1, 38) + pack("HHII", 0x8825, 4, 1, 76) + pack("I", 0)
    assert len(head) + len(main) == 38
    inner = pack("H", 1) + pack("HHII", 0x9003, 2, 20, 56) + pack("I", 0)
    taken = b"2021:10:12 09:30:05\0"
    place = pack("H", 4)
    place += pack("HHI", 1, 2, 2) + (b"S\0\0\0" if south else b"N\0\0\0") + pack("HHII", 2, 5, 3, 130)
    place += pack("HHI", 3, 2, 2) + b"E\0\0\0" + pack("HHII", 4, 5, 3, 154) + pack("I", 0)
    degrees = pack("6I", 29, 1, 17, 1, 3624, 100) + pack("6I", 117, 1, 12, 1, 3, 1)
    block = b"Exif\0\0" + head + main + inner + taken + place + degrees
    other = b"\xff\xe0" + struct.pack(">H", 6) + b"JFIF"
    return b"\xff\xd8" + other + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xda\0\0"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_says_where_and_when(order: str) -> None:
    said = shot(photo(order))
    assert said == Shot(datetime(2021, 10, 12, 9, 30, 5), Decimal("29.293400"), Decimal("117.200833"))
    south = shot(photo(order, south=True))
    assert south.latitude == Decimal("-29.293400")


@given(cut=st.integers(0, 260), at=st.integers(0, 200), value=st.integers(0, 255))
def test_a_broken_photo_says_less_and_never_fails(cut: int, at: int, value: int) -> None:
    data = bytearray(photo("<"))
    data[min(at, len(data) - 1)] = value
    said = shot(bytes(data[:cut]))
    assert said.latitude is None or abs(said.latitude) <= 90
    assert shot(b"not a photo") == Shot()
