"""What the pages of scores draw: bars of blocks, losses with their rows and links, forms of what a person enters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.contrib.auth.models import AbstractBaseUser
from django.urls import NoReverseMatch, reverse

from guatu.office.scoring import answers, entered
from guatu.office.scoring.assessing import Hand, Hands, hands_of
from guatu.score.facts import Row
from guatu.score.itemising import OVERRIDE
from guatu.score.lost import Loss, losses_of, row_words, words_of
from guatu.score.scheme import Scheme
from guatu.score.scoring import Scores
from guatu.score.sheet import PENDING, Line, Sheet
from guatu.score.wording import plain

BAR = 240
"""Width of a whole bar [drawing units]."""
PAGES = {"measure": "measure", "problem": "problem", "collect": "collect", "target": "target"}
SEE = {"measure": "office.see_tasks", "problem": "ledger.see_whole", "collect": "office.see_collection"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's part of a bar [drawing units]."""

    name: str
    points: str
    left: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of the ranking."""

    sheet: Sheet
    total: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]
    open: bool
    moved: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A row behind a point, with where it opens; empty where the user may not."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of a loss with its rows."""

    title: str
    lost: str
    words: str
    rows: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact behind an item, with what opens it."""

    words: str
    href: str
    proof: tuple[tuple[str, str], ...] = ()
    unproved: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An item of a sheet, as the page opens it."""

    line: Line
    words: str
    lost: str
    gained: str
    regained: str
    fixed: bool
    steps: tuple[ShownStep, ...]
    facts: tuple[ShownFact, ...]
    readings: str
    got: str
    points: str
    own: Hand | None = None
    departments: tuple[tuple[str, Hand], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact that a person enters."""

    item: str
    title: str
    name: str
    words: str
    levels: tuple[str, ...]
    now: str


def ranked(by: Scheme, sheets: tuple[Sheet, ...], user: AbstractBaseUser, before: Scores | None = None) -> list[Ranked]:
    """The rows of the ranking with their bars, and how each stands against the month before's end."""
    return [
        Ranked(
            one,
            answers.shown(by, one),
            tuple(_pieces(by, one)),
            (*one.bars, *([one.composed] if one.composed else [])),
            user.has_perm("scoring.see_sheet", one.subject),
            answers.moved(one, before),
        )
        for one in sheets
    ]


def lines(by: Scheme, one: Sheet, user: AbstractBaseUser) -> tuple[list[ShownLine], Linked | None]:
    """The items, the largest loss first, then those that lost nothing; and what composition adds or takes."""
    losses = {loss.item: loss for loss in losses_of(one)}
    order = [loss.item for loss in losses_of(one) if loss.item]
    rest = [line.item for line in one.lines if line.item not in losses]
    hands = hands_of(by, one.subject) if by.process else Hands({}, {})
    found = [
        replace(
            _line(by, line, losses.get(line.item), user),
            own=hands.own.get(name),
            departments=tuple(hands.departments.get(name, {}).items()),
        )
        for name in (*order, *rest)
        if (line := one.line(name))
    ]
    other = losses.get("")
    return found, Linked(f"{other.title}：{other.lost} 分（{other.words}）", "") if other else None


def entries(by: Scheme, one: Sheet) -> Iterator[Entry]:
    """What a person may enter for a subject, item by item."""
    for item in by.items:
        line = one.line(item.id)
        named = {**entered.asked_by_hand(by, item.id), OVERRIDE: {"title": "人工核定"}}
        for name, said in named.items():
            fact = line.facts.get(name) if line else None
            now = (
                ""
                if fact is None or not fact.person
                else f"{fact.shown or plain(fact.number or Fraction(0))}（{fact.person}）"
            )
            title = str(said.get("title") or answers.title_of(item, name))
            unit = f"（{said['unit']}）" if said.get("unit") else ""
            most = f"，0 到 {plain(said['most'])}" if "most" in said else ""
            yield Entry(
                item.id,
                item.title,
                name,
                f"{item.id} {item.title}：{title}{unit}{most}",
                tuple(said.get("levels", ())),
                now,
            )
    for kind, word, bars in (("gate", "前置", by.gates), ("veto", "否决", by.vetoes), ("money", "奖惩", by.money)):
        for bar in bars:
            for name, said in entered.asked_by_hand(by, f"{kind}/{bar.id}").items():
                yield Entry(
                    f"{kind}/{bar.id}", bar.title, name, f"{word} {bar.title}", tuple(said.get("levels", ())), ""
                )


def href_of(address: str, user: AbstractBaseUser) -> str:
    """Where an address opens, empty where the user may not go."""
    kind, _, name = address.partition("/")
    if not address:
        return ""
    try:
        if kind in PAGES:
            allowed = kind not in SEE or user.has_perm(SEE[kind])
            return reverse(PAGES[kind], args=[name]) if allowed else ""
        return reverse("explain", args=[address]) if user.has_perm("office.explain", address) else ""
    except NoReverseMatch:
        return ""


def _pieces(by: Scheme, one: Sheet) -> Iterator[Piece]:
    blocks = by.blocks or (("全部", by.full),)
    left = Decimal(0)
    for number, (name, _) in enumerate(blocks):
        mine = [line.got for line in one.lines if line.got is not None and (line.block == name or not by.blocks)]
        points = max(Decimal(0), sum(mine, Decimal(0)))
        width = points * BAR / (Decimal(by.full.numerator) / by.full.denominator)
        yield Piece(name, f"{points}", f"{left:.2f}", f"{width:.2f}", f"p{number % 4}")
        left += width


def _line(by: Scheme, line: Line, loss: Loss | None, user: AbstractBaseUser) -> ShownLine:
    steps = tuple(
        ShownStep(one.title, plain(one.lost), one.words, tuple(_linked(row, user) for row in one.rows))
        for one in (loss.steps if loss else ())
    )
    facts = tuple(
        ShownFact(
            answers.head_of(one),
            href_of(one.fact.address, user),
            one.fact.proof,
            bool(one.fact.person and not one.fact.proof),
            answers.aside_of(one),
        )
        for one in answers.used(by, line, overridden=True)
    )
    readings = "、".join(f"{answers.WAYS[name]}得 {plain(points)} 分" for name, points in line.readings.items())
    waits = "待定" if line.state == PENDING else "—"
    return ShownLine(
        line=line,
        words=words_of(line),
        lost=f"{loss.lost}" if loss else "0",
        gained=f"{-loss.lost}" if loss and loss.lost < 0 else "",
        regained=answers.regained(loss) if loss else "",
        fixed=bool(loss and loss.fixed),
        steps=steps,
        facts=facts,
        readings=readings,
        got=waits if line.got is None else f"{line.got}",
        points=plain(line.points),
    )


def _linked(row: Row, user: AbstractBaseUser) -> Linked:
    return Linked(row_words(row), href_of(row.address, user))
