"""Indicator cards: what the words of a notice mean, which way is good, and how the figure comes about."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from guatu.errors import RuleError
from guatu.rules.book import CONFIDENCE

KINDS = {"level": "水平", "keep": "保持", "growing": "累进", "yearly": "年度", "in_step": "时序"}
BETTER = ("higher", "lower", "band")
_REMEMBERED = 8192  # words whose meaning is kept


@dataclass(frozen=True, slots=True)
class Card:
    """One indicator: the words that mean it, its unit, direction, computation and bulletin sentence.

    say: words that mean it when they stand inside an indicator's name; not_say: words that look alike and do not.
    better: higher, lower or band; direction: reduction or increase, for schedules that do not say.
    kind: level (a state at a date), keep (a state not to be lost), growing (adds up since a base), yearly (one figure
    a year), in_step (against a path of a five-year plan). compute: function of guatu.compute and the column of its
    result, or ``reported``. decimals: places at which it is judged. combine: how the figures of places make one.
    scope: the scope its words carry when none is written. asks: what a person should settle, by what the words lack.
    counted_in, flow, stock: of an office's own card what rules reported.units, .flow and .stock say of those of guatu.
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
    counted_in: str = ""
    flow: bool = False
    stock: bool = False

    def index_kind(self, words: str) -> str:
        """For an index with two editions: the one the words name, ``unknown`` when they leave it open."""
        if not self.index_kinds:
            return ""
        if "EQI" in words:
            return "EQI"
        return "EI" if re.search(r"EI|生态环境状况指数", words) else "unknown"


class Cards:
    """A set of cards to look words up in: those of guatu, or with an office's own beside them."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._by_id = dict(sorted((card.id, card) for card in cards))
        said = ((normal(word), card) for card in self._by_id.values() for word in (card.name, *card.say))
        self._sayings = tuple(said)
        self._meant: dict[str, Card | None] = {}

    def __iter__(self) -> Iterator[Card]:
        return iter(self._by_id.values())

    def get(self, card_id: str | None) -> Card | None:
        """The card of an id; None when there is none."""
        return self._by_id.get(card_id) if isinstance(card_id, str) else None

    def card(self, card_id: str) -> Card:
        """The card of an id. Raises RuleError (G-RULE-05) when there is none."""
        found = self._by_id.get(card_id)
        if found is None:
            raise RuleError.of(
                f"no indicator card {card_id}",
                "G-RULE-05",
                f"指标 {card_id}",
                "没有指标卡",
                "不知道怎样计算和评判",
                "核对指标名",
            )
        return found

    def match(self, words: str) -> Card | None:
        """The card that the words of an indicator mean: the longest saying inside them wins; a not_say forbids.

        Where the words with their brackets (氮氧化物（NOx）排放总量) mean none, they are tried without.
        """
        return self._match(normal(words)) or self._match(re.sub(r"\([^()]*\)", "", normal(words)))

    def begins(self, words: str) -> bool:
        """Whether words begin with a saying of a card, so that what stands before them is no part of the indicator."""
        plain = normal(words)
        return any(plain.startswith(saying) for saying, _ in self._sayings)

    def named(self, word: str) -> Card | None:
        """The card of an id, a name, or words that mean one."""
        text = normal(word)
        return next((one for one in self if text in (normal(one.id), normal(one.name))), None) or self.match(word)

    def meant(self, scope: str, word: str) -> Card | None:
        """The card that words of a table mean beside a scope: 县级城市建成区, 黑臭水体消除 is not 黑臭水体消除."""
        by_id = next((one for one in self if normal(word) == normal(one.id)), None)
        return by_id or self.match(scope + word) or self.named(word)

    def says(self, word: str) -> Card | None:
        """The card whose name or saying is exactly this word."""
        return next((card for saying, card in self._sayings if saying == normal(word)), None)

    def _match(self, plain: str) -> Card | None:
        if plain not in self._meant:
            if len(self._meant) > _REMEMBERED:
                self._meant.clear()
            self._meant[plain] = self._longest(plain)
        return self._meant[plain]

    def _longest(self, plain: str) -> Card | None:
        best: tuple[int, Card] | None = None
        for saying, found in self._sayings:
            longer = saying in plain and (best is None or len(saying) > best[0])
            if longer and not any(normal(word) in plain for word in found.not_say):
                best = (len(saying), found)
        return best[1] if best else None


def card(card_id: str) -> Card:
    """The card of guatu of an id. Raises RuleError (G-RULE-05) when there is none."""
    return built_in().card(card_id)


def all_cards() -> tuple[Card, ...]:
    """Every card of guatu, by id; a workspace may have its own beside them (guatu.load.cards)."""
    return tuple(built_in())


def match(words: str) -> Card | None:
    """The card of guatu that the words of an indicator mean; see Cards.match."""
    return built_in().match(words)


def begins(words: str) -> bool:
    """Whether words begin with a saying of a card of guatu."""
    return built_in().begins(words)


def normal(words: str) -> str:
    """Words for comparison: full and half width one, spaces, subscripts' braces and quotation marks gone."""
    return re.sub(r"[\s_{}$“”\"'‘’·]", "", unicodedata.normalize("NFKC", words)).lower()


@cache
def built_in() -> Cards:
    """The cards that come with guatu."""
    found: dict[str, Card] = {}
    for path in sorted(files(__package__).joinpath("cards").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            for entry in document["card"]:
                read = _card({**document.get("defaults", {}), **entry}, path.name)
                if read.id in found:
                    raise RuleError(f"{path.name}: card {read.id} stands twice")
                found[read.id] = read
    return Cards(found.values())


def _card(entry: dict[str, Any], where: str) -> Card:
    known = {field.name for field in fields(Card)}
    if unknown := entry.keys() - known:
        raise RuleError(f"{where}: card {entry.get('id')} has unknown fields {unknown}")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    read = Card(**values)
    if read.kind not in KINDS or read.better not in BETTER or read.confidence not in CONFIDENCE:
        raise RuleError(f"{where}: card {read.id} has kind {read.kind}, better {read.better}, {read.confidence}")
    return read
