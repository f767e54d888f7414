"""What may call for a letter besides a problem: late measures, late reports, lost targets, sections past their aim."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache

from guatu.act.letters import Case, Letter
from guatu.base.period import Period
from guatu.errors import GuatuError
from guatu.judge.sections_now import SectionMonth, roman, sections_now
from guatu.office import breakdowns, collecting, records, snapshots
from guatu.office.ledger import causes_air, causes_year
from guatu.office.models import Snapshot

UNIT, COUNTY = "责任单位", "县（市、区）"
GROUP = "各"
BUREAU = "市生态环境局"
"""Who hears of a target that no measure of the breakdown is tied to, as the declared warnings have it."""
RUN = 3
"""How many months or collections back a run is followed."""


def other_cases(
    day: date, subjects: Collection[str] = (), letters: Mapping[str, Letter] | None = None
) -> Iterator[Case]:
    """Every case that is no problem, with the facts known of it; what is not known is left out.

    subjects: those some trigger in use asks about; the air of counties, which costs most, is looked at only then.
    """
    yield from _measures(day)
    yield from _reports(day)
    shot = snapshots.latest()
    if shot is not None:
        yield from _targets(shot)
        known = min(shot.as_of, day)
        yield from _sections(shot.data_version, known)
        if causes_air.SUBJECT in subjects:
            yield from causes_air.air_cases(shot.data_version, known, letters or {})
        if causes_year.SUBJECT in subjects:
            yield from causes_year.year_cases(shot.data_version, known)


def _measures(day: date) -> Iterator[Case]:
    """Measures of the breakdown past their node; one that all counties lead is theirs together and presses nobody."""
    for one in breakdowns.stands(day):
        lead = one.row.lead
        if one.late <= 0 or not lead or lead.startswith(GROUP) or one.state == "办结":
            continue
        figures = (
            f"{one.row.id} {one.row.text[:60]}",
            f"节点 {one.row.node}，至 {day} 逾期 {one.late} 天，{one.state}",
        )
        yield Case(f"任务 {one.row.id}", "任务", {UNIT: lead}, {"overdue_days": one.late}, figures)


def _reports(day: date) -> Iterator[Case]:
    """Units that were late, or sent nothing, in the newest collections running; one not yet due is passed over."""
    periods = sorted(
        (name for name, said in records.of_kind("collection").items() if said["due"] < day.isoformat()), reverse=True
    )[:RUN]
    words: dict[str, list[str]] = {}
    for n, period in enumerate(periods):
        for one in collecting.standings(period, day):
            if (one.late or one.first is None) and len(words.get(one.sender, [])) == n:
                words.setdefault(one.sender, []).append(f"{period}：{one.word}")
    for sender, said in words.items():
        yield Case(
            f"报送 {sender}", "报送", {UNIT: sender}, {"late_running": len(said)}, ("月报报送情况", "；".join(said))
        )


def _targets(shot: Snapshot) -> Iterator[Case]:
    """Targets of the picture that are missed, that no rest of the year can mend, or whose room is used up."""
    leads = {one.indicator: one.lead for one in breakdowns.rows() if one.indicator and not one.lead.startswith(GROUP)}
    bureau = BUREAU if any(one.name == BUREAU for one in snapshots.opened().bodies) else ""
    for row in shot.picture["rows"]:
        room, lead = row["room"], leads.get(row["indicator_id"]) or bureau
        if not lead or row["class"] == "undecided":
            continue
        lost = room is not None and room["outcome"] == "lost"
        facts = {"missed": int(row["class"] == "missed" or lost)}
        if room is not None:
            facts["room"] = -1 if lost else int(room["bad_left"] or 0)
        name = f"{row['short_scope']}{row['indicator']}"
        figures = (f"{name}：目标 {row['goal']}", f"至 {shot.as_of} 为 {row['figure']}，{row['word']}")
        more = (room["sentence"],) if room and room["sentence"] else ()
        subject = "指标" if room is not None else "年度指标"  # a figure reported once a year has no room to use up
        yield Case(f"目标 {row['id']}", subject, {UNIT: lead}, facts, (*figures, *more))


def _sections(version: str, day: date) -> Iterator[Case]:
    """Sections by month: how long past their aim, and against the same month and months of last year."""
    for now, running, before in _of_sections(version, day):
        section = now.section
        if not section.place or now.grade is None:
            continue
        facts = {"month_class": now.grade, "bad_months": running}
        if now.year_ago is not None:
            facts["month_classes_worse"] = now.grade - now.year_ago
        told = f"{now.month.words}{roman(now.grade)}类，目标{roman(section.aim)}类" + (
            f"，{now.factors}" if now.factors else ""
        )
        figures = [f"{section.name}断面（{section.river}）", told]
        grade, last_year = before
        if grade is not None:
            facts["cumulative_class"] = grade
            if section.aim:
                facts["misses_year_target"] = int(grade > section.aim)
            figures.append(f"累计{roman(grade)}类" + (f"，上年同期{roman(last_year)}类" if last_year else ""))
            if last_year is not None:
                facts["cumulative_classes_worse"] = grade - last_year
        missing = {
            "month_classes_worse": f"上年{now.month.last.month}月没有类别",
            "cumulative_class": "今年到目前没有累计类别",
            "cumulative_classes_worse": "今年或上年同期没有累计类别",
            "misses_year_target": "没有累计类别" if section.aim else "断面没有目标类别",
        }
        yield Case(f"断面 {section.name}", "断面", {COUNTY: section.place}, facts, tuple(figures), missing)


@lru_cache(maxsize=2)
def _of_sections(version: str, day: date) -> tuple[tuple[SectionMonth, int, tuple[int | None, int | None]], ...]:
    """Each section in the newest month, for how many months running it missed, its class so far and a year before."""
    ws = snapshots.opened()
    try:
        newest = sections_now(ws, day)
        if not newest:
            return ()
        month = newest[0].month
        months = [{one.section.id: one.missed for one in newest}]
        for n in range(1, RUN):
            first = _back(month.first, n)
            at = sections_now(ws, day, month=Period.of(f"{first:%Y-%m}"))
            months.append({one.section.id: one.missed for one in at})
        so_far = Period(month.first.replace(month=1), month.last)
        grades = [
            {one.section.id: one.grade for one in sections_now(ws, day, month=part)}
            for part in (so_far, so_far.year_before)
        ]
    except GuatuError:
        return ()
    found = []
    for one in newest:
        key = one.section.id
        running = next((n for n, at in enumerate(months) if at.get(key) is not True), RUN)
        found.append((one, running, (grades[0].get(key), grades[1].get(key))))
    return tuple(found)


def _back(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
