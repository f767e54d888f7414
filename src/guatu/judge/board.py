"""All targets of a plan on one day: the table on the wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from guatu.base.period import Period
from guatu.base.still import still
from guatu.base.value import Value
from guatu.errors import GuatuError, WorkspaceError
from guatu.judge.chances import chance_of
from guatu.judge.daily import data_until
from guatu.judge.figure import figure_of, last_year_of
from guatu.judge.indicators import AIR, settled
from guatu.judge.outlook import Outlook
from guatu.judge.pace import due_by
from guatu.judge.paths import with_number
from guatu.judge.reported import answer_of, note_of
from guatu.judge.room import Room, room_of
from guatu.judge.room_counts import counted_room
from guatu.judge.status import Status, printed_doubt, status_of
from guatu.judge.versions import plan_on, versions_of
from guatu.load.official import Official, official_of
from guatu.load.weather import Product, products_of
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan, Target

SEASON = 120  # days ahead that a page looks for records of the meteorological bureau


@dataclass(frozen=True, slots=True)
class Row:
    """One target with its figure, its state and the room left (None where nothing is computed).

    official: the figure of the level above for the same period, once published; the state is then judged on it.
    chance: the outlook of a yearly target of PM2.5 or good days; None for any other.
    """

    target: Target
    value: Value
    status: Status
    room: Room | None = None
    official: Official | None = None
    chance: Outlook | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Every target of the plan, in the order of the document, as known on a day.

    data_until: last day with any air data; data_version: newest batch that counts; demo: whether the data are made up;
    weather: what the meteorological bureau says of the days to come, as given.
    """

    as_of: date
    data_until: date | None
    data_version: str
    demo: bool
    rows: tuple[Row, ...]
    weather: tuple[Product, ...] = ()

    def counts(self) -> dict[str, int]:
        """Number of targets a status code."""
        tally: dict[str, int] = {}
        for row in self.rows:
            tally[row.status.code] = tally.get(row.status.code, 0) + 1
        return tally


def plan_of(ws: Workspace) -> Plan:
    """The confirmed plan of a workspace. Raises WorkspaceError (G-JUDGE-01) where none is kept."""
    if not ws.plan_path.is_file():
        raise WorkspaceError.of(
            f"{ws.folder} has no plan",
            "G-JUDGE-01",
            f"工作区 {ws.folder}",
            "还没有签字生效的目标",
            "没有目标就没有可判的状态",
            "先用 guatu read 通知 -o plan/plan.toml 读入工作要点",
        )
    try:
        text = ws.plan_path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WorkspaceError.of(
            f"{ws.plan_path} is not UTF-8", "G-JUDGE-01", "plan/plan.toml", "不是 UTF-8 文字", "计划读不出来",
            "另存为 UTF-8 编码，或从备份恢复",
        ) from None  # fmt: skip
    return Plan.from_toml(text)


def period_of(target: Target, year: int) -> Period:
    """The period a target speaks of: its own where it says a year, quarter or month, else the plan's year."""
    try:
        return Period.of(target.period)
    except GuatuError:
        return Period.of(str(year))


def board_of(ws: Workspace, plan: Plan, as_of: date, *, explained: bool = True) -> Board:
    """Judge every target of the plan as known on a day. What no data speak of stays undecided, with the reason.

    explained: whether the figures carry their trees.
    """
    year = plan.head.year or as_of.year
    targets = plan_on(plan, versions_of(ws), as_of, ws.cards).targets
    with still():
        rows = tuple(row_of(ws, target, period_of(target, year), as_of, explained=explained) for target in targets)
    weather = products_of(ws, as_of, as_of + timedelta(days=1), as_of + timedelta(days=SEASON))
    return Board(as_of, data_until(ws, as_of), ws.data_version(as_of), ws.demo, rows, weather)


def wall_of(ws: Workspace, plan: Plan, as_of: date, places: Sequence[str] = ()) -> Mapping[str, Board]:
    """The board of each place, every target asked of that place, without the trees; by name of the place.

    places: the areas of the workspace where none are named. explain an address to open a figure.
    """
    targets = plan_on(plan, versions_of(ws), as_of, ws.cards).targets
    year = plan.head.year or as_of.year
    until, version = data_until(ws, as_of), ws.data_version(as_of)
    found = {}
    with still():
        for place in places or [place.name for place in ws.places]:
            asked = [replace(target, scope=place) for target in targets]
            rows = (row_of(ws, target, period_of(target, year), as_of, explained=False) for target in asked)
            found[place] = Board(as_of, until, version, ws.demo, tuple(rows))
    return found


def row_of(ws: Workspace, target: Target, period: Period, as_of: date, *, explained: bool = True) -> Row:
    """Figure, state and room of one target on a day; explained: whether the figure carries its tree."""
    indicator = AIR.get(target.indicator_id or "")
    if indicator is None:
        return _not_air(ws, target, period, as_of)
    figure = figure_of(ws, indicator, target.scope, period, as_of, explained=explained)
    room = None
    if figure.value.raw is not None and not figure.value.reason:
        rest = Period(max(period.first, as_of + timedelta(days=1)), period.last)
        last_year = last_year_of(ws, indicator, target.scope, rest, as_of)
        room = room_of(target, figure.daily(indicator.item), period, as_of, last_year)
    official = official_of(ws.data, indicator.id, target.scope, period, as_of)
    judged = figure.value
    if official is not None:
        judged = replace(judged, number=official.value, raw=Fraction(official.value), reason="")
    outlook = None if figure.value.raw is None or figure.value.reason else chance_of(ws, target, period, as_of)
    state = _state(ws, target, judged, period, as_of, room, outlook)
    if official is not None:
        note = f"以“{official.paper}”（{official.day}）{official.value} 为准，计算值 {figure.value.number or '无'}"
        doubt = printed_doubt(target, official.value, period.last)
        state = replace(state, note=f"{note}；{doubt}" if doubt else note)
    return Row(target, figure.value, state, room, official, outlook)


def _state(
    ws: Workspace,
    target: Target,
    value: Value,
    period: Period,
    as_of: date,
    room: Room | None = None,
    outlook: Outlook | None = None,
) -> Status:
    """The state; a chance decides only where it rests on days of earlier years too."""
    due, over = due_by(target, period, as_of, cards=ws.cards), as_of >= period.last
    sure = outlook if outlook is not None and not outlook.tentative else None
    return status_of(
        target, value, over=over, room=room, due=due, conventions=ws.city.judge, outlook=sure, cards=ws.cards
    )


def _not_air(ws: Workspace, target: Target, period: Period, as_of: date) -> Row:
    """Figure and state of a target of water, soil, ecology, climate or living; a schedule takes its year's number."""
    name = target.indicator_id or target.indicator
    answer = answer_of(ws, name, target.scope, period, as_of, target.index_kind, target.unit or "")
    numbered, _ = with_number(ws, settled(target, period.last, ws.cards), period.last.year, as_of)
    room = counted_room(ws, numbered, answer.judged, as_of, own=answer.official is None)
    state = _state(ws, numbered, answer.judged, period, as_of, room)
    notes = (note_of(answer), state.note, *answer.judged.flags)
    state = replace(state, note="；".join(note for note in notes if note))
    return Row(numbered, answer.value, state, room, answer.official)
