"""What a search says: the words asked for, what was found of each kind, and where in a text the words stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST = 60  # characters of a question
AROUND = 26  # characters of a text shown before the first word found
LENGTH = 74  # characters of a text shown


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title, its address, what is said of it, and its number if it has one."""

    title: str
    address: str
    told: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first of it, and how many there are in all."""

    kind: str
    title: str
    hits: tuple[Hit, ...]
    total: int


def words_of(asked: str) -> tuple[str, ...]:
    """The words of a question, small and of one width, each once; every one of them must be found."""
    return tuple(dict.fromkeys(folded(asked[:MOST]).split()))


def folded(text: str) -> str:
    """A text as it is compared: full-width figures and letters as half-width, small."""
    return unicodedata.normalize("NFKC", text).casefold()


def holds(words: Iterable[str], *texts: object) -> bool:
    """Whether every word stands in one of the texts; what is none has no words."""
    whole = folded("\n".join(str(text) for text in texts if text is not None))
    return all(word in whole for word in words)


def excerpt(words: Sequence[str], text: str) -> str:
    """The stretch of a text in which the first word found stands; its beginning where none does."""
    plain = " ".join(text.split())
    small = folded(plain)
    if len(small) != len(plain):  # a sign that becomes several would shift every place
        small = plain.casefold()
    at = min((small.find(word) for word in words if word in small), default=0)
    begin = max(0, at - AROUND) if at + LENGTH // 2 > LENGTH else 0
    cut = plain[begin : begin + LENGTH]
    return ("…" if begin else "") + cut + ("…" if begin + LENGTH < len(plain) else "")


def ranked(hits: Iterable[Hit], words: Sequence[str]) -> list[Hit]:
    """The thing whose number was asked for first, then titles that hold the words, then the rest, in their order."""
    whole = " ".join(words)
    return sorted(hits, key=lambda hit: (folded(hit.number) != whole, not holds(words, hit.title, hit.number)))


def pieces(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a word that was asked for."""
    small = folded(text)
    if len(small) != len(text):
        return [(text, False)]
    marks = [False] * len(text)
    for word in words:
        at = small.find(word)
        while at >= 0:
            marks[at : at + len(word)] = [True] * len(word)
            at = small.find(word, at + len(word))
    found: list[tuple[str, bool]] = []
    for sign, marked in zip(text, marks, strict=True):
        if found and found[-1][1] == marked:
            found[-1] = (found[-1][0] + sign, marked)
        else:
            found.append((sign, marked))
    return found


def group(kind: str, title: str, hits: Iterable[Any], words: Sequence[str], most: int) -> Group:
    """A group of what was found, the best first, cut to so many."""
    every = ranked(hits, words)
    return Group(kind, title, tuple(every[:most]), len(every))
