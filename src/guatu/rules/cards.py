"""Indicator cards: what the words of a notice mean, which way is good, and how the figure comes about."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from guatu.errors import RuleError
from guatu.rules.book import CONFIDENCE

KINDS = {"level": "水平", "keep": "保持", "growing": "累进", "yearly": "年度", "in_step": "时序"}
BETTER = ("higher", "lower", "band")


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator: the words that mean it, its unit, direction, computation and bulletin sentence.

    say: words that mean it when they stand inside an indicator's name; not_say: words that look alike and do not.
    better: higher, lower or band; direction: reduction or increase, for schedules that do not say.
    kind: level (a state at a date), keep (a state not to be lost), growing (adds up since a base), yearly (one figure
    a year), in_step (against a path of a five-year plan). compute: function of guatu.compute and the column of its
    result, or ``reported``. decimals: places at which it is judged. combine: how the figures of places make one.
    scope: the scope its words carry when none is written. asks: what a person should settle, by what the words lack.
    """

    id: str
    name: str
    say: tuple[str, ...]
    unit: str
    better: str
    kind: str
    compute: str
    numerator: str
    denominator: str
    clause: str
    source: str
    confidence: str
    not_say: tuple[str, ...] = ()
    decimals: int = 1
    combine: str = ""
    sentence: str = ""
    scope: str = ""
    direction: str = ""
    index_kinds: tuple[str, ...] = ()
    asks: str = ""
    asks_unless: str = ""
    note: str = ""

    def index_kind(self, words: str) -> str:
        """For an index with two editions: the one the words name, ``unknown`` when they leave it open."""
        if not self.index_kinds:
            return ""
        if "EQI" in words:
            return "EQI"
        return "EI" if re.search(r"EI|生态环境状况指数", words) else "unknown"


def card(card_id: str) -> Card:
    """The card of an id. Raises RuleError (G-RULE-03) when there is none."""
    found = _by_id().get(card_id)
    if found is None:
        raise RuleError.of(
            f"no indicator card {card_id}",
            "G-RULE-03",
            f"指标 {card_id}",
            "没有指标卡",
            "不知道怎样计算和评判",
            "核对指标名",
        )
    return found


def all_cards() -> tuple[Card, ...]:
    """Every card, by id."""
    return tuple(_by_id().values())


def match(words: str) -> Card | None:
    """The card that the words of an indicator mean: the longest saying inside them wins; a not_say forbids.

    Where the words with their brackets (氮氧化物（NOx）排放总量) mean none, they are tried without.
    """
    return _match(normal(words)) or _match(re.sub(r"\([^()]*\)", "", normal(words)))


@lru_cache(maxsize=4096)
def begins(words: str) -> bool:
    """Whether words begin with a saying of a card, so that what stands before them is no part of the indicator."""
    plain = normal(words)
    return any(plain.startswith(saying) for saying, _ in _sayings())


@lru_cache(maxsize=4096)
def _match(plain: str) -> Card | None:
    best: tuple[int, Card] | None = None
    for saying, found in _sayings():
        longer = saying in plain and (best is None or len(saying) > best[0])
        if longer and not any(normal(word) in plain for word in found.not_say):
            best = (len(saying), found)
    return best[1] if best else None


def normal(words: str) -> str:
    """Words for comparison: full and half width one, spaces, subscripts' braces and quotation marks gone."""
    return re.sub(r"[\s_{}$“”\"'‘’·]", "", unicodedata.normalize("NFKC", words)).lower()


@cache
def _sayings() -> tuple[tuple[str, Card], ...]:
    return tuple((normal(word), found) for found in all_cards() for word in (found.name, *found.say))


@cache
def _by_id() -> dict[str, Card]:
    found: dict[str, Card] = {}
    for path in sorted(files(__package__).joinpath("cards").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            for entry in document["card"]:
                read = _card({**document.get("defaults", {}), **entry}, path.name)
                if read.id in found:
                    raise RuleError(f"{path.name}: card {read.id} stands twice")
                found[read.id] = read
    return dict(sorted(found.items()))


def _card(entry: dict[str, Any], where: str) -> Card:
    known = {field.name for field in fields(Card)}
    if unknown := entry.keys() - known:
        raise RuleError(f"{where}: card {entry.get('id')} has unknown fields {unknown}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    read = Card(**values)
    if read.kind not in KINDS or read.better not in BETTER or read.confidence not in CONFIDENCE:
        raise RuleError(f"{where}: card {read.id} has kind {read.kind}, better {read.better}, {read.confidence}")
    return read
