"""What is different between two days: states, figures and room of each target, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from guatu.judge.board import Board, Row


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed of a target.

    kind: ``state`` (its word), ``figure`` or ``room``; before, now: as printed, a dash for none; worse: whether a
    state went down (None for what is neither).
    """

    target: str
    kind: str
    before: str
    now: str
    text: str
    worse: bool | None = None


ORDER = ("missed", "behind", "close", "undecided", "met", "aspired")


def changes_between(old: Board, new: Board) -> tuple[Change, ...]:
    """Every change of a target from one day to another, states first, the worse ones before the better."""
    earlier = {row.target.id: row for row in old.rows}
    found = [one for row in new.rows if row.target.id in earlier for one in _of(earlier[row.target.id], row)]
    rank = {"state": 0, "room": 1, "figure": 2}
    return tuple(sorted(found, key=lambda one: (rank[one.kind], one.worse is not True)))


def _of(old: Row, new: Row) -> list[Change]:
    name = f"{new.target.scope} {new.target.indicator}"
    found = []
    if old.status.word != new.status.word:
        worse = ORDER.index(new.status.code) < ORDER.index(old.status.code)
        text = f"{name}：{old.status.word} → {new.status.word}"
        undecided = "undecided" in (old.status.code, new.status.code)
        found.append(
            Change(new.target.id, "state", old.status.word, new.status.word, text, None if undecided else worse)
        )
    before, now = _spare(old), _spare(new)
    if before is not None and now is not None and before != now:
        text = f"{name}：还可超标 {before} 天 → {now} 天"
        found.append(Change(new.target.id, "room", f"{before}", f"{now}", text, now < before))
    before_figure, figure = _figure(old), _figure(new)
    if before_figure != figure:
        text = f"{name}：{before_figure} → {figure}"
        found.append(Change(new.target.id, "figure", before_figure, figure, text))
    return found


def _spare(row: Row) -> int | None:
    return row.room.bad_left if row.room is not None and row.room.kind == "days" else None


def _figure(row: Row) -> str:
    number = row.official.value if row.official else row.value.number
    return "—" if number is None else f"{number}"
