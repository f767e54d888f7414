"""Scores as the office has them: one function for commands and pages, kept while nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from guatu.errors import GuatuError
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.office.ledger import declared
from guatu.office.models import Tip
from guatu.office.scoring import entered
from guatu.office.scoring.rows import Kept
from guatu.read.plan import Plan, Target
from guatu.score.book import scheme, scheme_at, schemes
from guatu.score.facts import Facts
from guatu.score.feeding import Sources, facts_of, subjects_of
from guatu.score.inputs import stamp_of
from guatu.score.scheme import Scheme
from guatu.score.scoring import Scores, scores_of
from guatu.score.what_if import Difference, compared, good_month


def chosen(ws: Workspace, subjects: str, day: date, name: str = "") -> Scheme:
    """The scheme of a name, or the one in force on a day for counties or bodies.

    Raises GuatuError (G-SCORE-30) where there is none.
    """
    return scheme(name, ws.folder) if name else scheme_at(subjects, day, ws.folder, demo=ws.demo)


def offered(ws: Workspace) -> tuple[Scheme, ...]:
    """The schemes an office may score by: its own, and in a demonstration those of the demonstration."""
    return tuple(
        one for one in schemes(ws.folder).values()
        if one.subjects in ("counties", "bodies", "townships", "villages", "cities") and one.complete
        and (ws.demo or not one.demo) and _has(ws, one)
    )  # fmt: skip


def _has(ws: Workspace, by: Scheme) -> bool:
    """Whether the workspace has anybody a scheme scores."""
    try:
        return bool(subjects_of(ws, by))
    except GuatuError:
        return False


def scores(ws: Workspace, by: Scheme, day: date) -> Scores:
    """All sheets of a scheme as known on a day; reckoned anew only when data, plan, entries or the log have changed."""
    tip = Tip.objects.filter(pk=1).values_list("number", "hash").first() or (0, "")
    return _scores(ws, by, day, tip, stamp_of(ws))


@lru_cache(maxsize=16)
def _scores(ws: Workspace, by: Scheme, day: date, tip: tuple[int, str], stamp: str) -> Scores:
    return scores_of(by, facts(ws, by, day), day)


def month_before(ws: Workspace, by: Scheme, day: date) -> Scores | None:
    """The scores at the end of the month before, as known then; None where the period had not begun."""
    end = day.replace(day=1) - timedelta(days=1)
    return scores(ws, by, end) if end >= by.period.first and day <= by.period.last + timedelta(days=31) else None


def facts(ws: Workspace, by: Scheme, day: date, *, good_for: str = "", targets: Sequence[Target] = ()) -> Facts:
    """Every fact of a scheme from the workspace and the office, as known on a day."""
    at = day if day < _today(ws) else None
    kept = Kept(ws, by, day, at)
    sources = Sources(kept.feeders, entered.entries(by, at))
    return facts_of(ws, _plan(ws), by, day, sources, good_for=good_for, targets=targets)


def with_targets(ws: Workspace, by: Scheme, day: date, subject: str, targets: Sequence[Target]) -> Difference:
    """A sheet beside what it would be with other targets of the plan."""
    other = scores_of(by, facts(ws, by, day, targets=targets), day)
    words = tuple(f"{one.id} {one.indicator}（{one.scope}）改为 {one.value}" for one in targets)
    return compared(scores(ws, by, day), other, subject, words)


def with_good_month(ws: Workspace, by: Scheme, day: date, subject: str) -> Difference:
    """A sheet beside what it would be after one more good month; reckoned anew only when something has changed."""
    tip = Tip.objects.filter(pk=1).values_list("number", "hash").first() or (0, "")
    return _with_good_month(ws, by, day, subject, tip, stamp_of(ws))


@lru_cache(maxsize=64)
def _with_good_month(
    ws: Workspace, by: Scheme, day: date, subject: str, _tip: tuple[int, str], _stamp: str
) -> Difference:
    return good_month(by, subject, facts(ws, by, day, good_for=subject), day)


def _today(ws: Workspace) -> date:
    """The last day that is judged with what is known now: yesterday, in a demonstration its last day."""
    from guatu.judge.daily import today_of

    return min(today_of(ws), declared.today(ws))


def _plan(ws: Workspace) -> Plan | None:
    return plan_of(ws) if ws.plan_path.is_file() else None
