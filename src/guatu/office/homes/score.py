"""The score of a county or body on its home page: total, rank, what was lost and whether it can be won back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guatu.errors import GuatuError
from guatu.load.workspace import Workspace
from guatu.office.scoring import answers, sheets
from guatu.score.lost import losses_of

HEADS = ("项目", "失分", "为什么", "还能挽回吗")


@dataclass(frozen=True, slots=True)
class Score:
    """A sheet in short: scheme (id and title), total and full marks, rank of how many, its mark, how it moved, losses.

    lost: rows under HEADS, the largest first; regainable: how many of them may come back.
    """

    scheme: str
    title: str
    subject: str
    total: str
    full: str
    rank: int
    among: int
    mark: str
    moved: str
    lost: tuple[tuple[str, ...], ...]
    regainable: int


def score_of(ws: Workspace, name: str, county: bool, day: date) -> Score | None:
    """The score of a name on a day; None where no scheme is in force or it scores nobody of this name."""
    try:
        by = sheets.chosen(ws, "counties" if county else "bodies", day)
        found = sheets.scores(ws, by, day)
        before = sheets.month_before(ws, by, day)
    except GuatuError:
        return None
    one = next((sheet for sheet in found.sheets if sheet.subject == name), None)
    if one is None:
        return None
    losses = losses_of(one)
    rows = tuple((loss.title, f"{loss.lost}", loss.words, answers.regained(loss)) for loss in losses)
    return Score(
        by.id, by.title, name, answers.shown(by, one), answers.plain(by.full), one.rank, one.among, one.mark,
        answers.moved(one, before), rows, sum(not loss.fixed for loss in losses),
    )  # fmt: skip


def totals(ws: Workspace, county: bool, day: date) -> dict[str, tuple[str, str]]:
    """Of every county or body scored: its total, and its rank of how many; empty where no scheme is in force."""
    try:
        by = sheets.chosen(ws, "counties" if county else "bodies", day)
        found = sheets.scores(ws, by, day)
    except GuatuError:
        return {}
    return {
        one.subject: (answers.shown(by, one), f"{one.rank}／{one.among}" if one.rank else "—") for one in found.sheets
    }
