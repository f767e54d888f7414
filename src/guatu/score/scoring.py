"""Sheets of subjects by a scheme: one, or all of them with their ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from guatu.errors import GuatuError
from guatu.score.facts import Fact, Facts
from guatu.score.functions import ZERO
from guatu.score.itemising import line_of
from guatu.score.outcome import composed, graded, holding, missing_of, pending_of
from guatu.score.ranking import places_of
from guatu.score.scheme import Scheme
from guatu.score.sheet import NONE, Line, Sheet


@dataclass(frozen=True, slots=True)
class Scores:
    """All sheets of a scheme on a day, best first within each group; facts are those they were made of."""

    scheme: Scheme
    as_of: date
    sheets: tuple[Sheet, ...]
    facts: Facts

    def of(self, subject: str) -> Sheet:
        """The sheet of a subject. Raises GuatuError (G-SCORE-31) where the scheme has no such subject."""
        for one in self.sheets:
            if one.subject == subject:
                return one
        raise GuatuError.of(
            f"no sheet of {subject}", "G-SCORE-31", f"考核对象“{subject}”", f"“{self.scheme.title}”不考核它",
            "没有它的分", f"从中选一个：{'、'.join(one.subject for one in self.sheets)}",
        )  # fmt: skip


def score_of(scheme: Scheme, subject: str, facts: Facts, as_of: date) -> Sheet:
    """The sheet of one subject, without a rank; facts of the others serve group means and ranks of figures.

    as_of: the day the facts are known on; before the end of the scheme's period the sheet is a trial score 试算.
    """
    trial = as_of < scheme.period.last
    lines = tuple(line_of(scheme, item, subject, facts, trial=trial) for item in scheme.items)
    vetoes = holding(scheme, scheme.vetoes, "veto", subject, facts)
    hit = [one for one in scheme.vetoes if vetoes[one.id]]
    zeroed = {one.item: one.title for one in hit if one.effect == "zero_item"}
    lines = tuple(_zeroed(scheme, one, zeroed[one.item]) if one.item in zeroed else one for one in lines)
    exact, words = composed(
        scheme, lines, {one.item: one.exact for one in lines if one.exact is not None}, subject, facts
    )
    rounded, _ = composed(
        scheme, lines, {one.item: Fraction(one.got) for one in lines if one.got is not None}, subject, facts
    )
    if any(one.effect == "zero" for one in hit):
        exact = rounded = ZERO
    total = scheme.rounded(rounded)
    on = exact if scheme.grade_on == "unrounded" else Fraction(total)
    grade, bars = graded(scheme, on, subject, facts)
    if pending_of(lines) and grade:
        hoped = {one.item: one.exact if one.exact is not None else one.points for one in lines if one.state != NONE}
        best, _ = graded(scheme, composed(scheme, lines, hoped, subject, facts)[0], subject, facts)
        bars = (f"暂不评等：待定的分全失为{grade}，全得为{best}", *bars)
        grade = ""
    return Sheet(
        scheme=scheme.id,
        title=scheme.title,
        sha256=scheme.sha256,
        period=str(scheme.period),
        subject=subject,
        group=scheme.group_of(subject),
        as_of=as_of,
        trial=trial,
        lines=lines,
        full=scheme.full,
        missing=missing_of(lines),
        pending=pending_of(lines),
        exact=exact,
        total=total,
        added_up=sum((one.got for one in lines if one.got is not None), scheme.rounded(ZERO)),
        composed=words,
        grade=grade,
        bars=bars,
        data_version=facts.data_version,
        demo=scheme.demo,
    )


def scores_of(scheme: Scheme, facts: Facts, as_of: date, subjects: Sequence[str] = ()) -> Scores:
    """Every subject's sheet with its rank in its group; subjects: all the facts speak of where none are named."""
    named = tuple(subjects) or tuple(facts.of)
    sheets = [score_of(scheme, one, facts, as_of) for one in named]
    if scheme.compose.kind == "rank_sum":
        sheets = _rank_summed(scheme, sheets)
    ranked: list[Sheet] = []
    groups = list(dict.fromkeys(one.group for one in sheets))
    order = [name for name, _ in scheme.groups]
    for group in sorted(groups, key=lambda name: order.index(name) if name in order else len(order)):
        mine = [one for one in sheets if one.group == group]
        places = places_of({one.subject: _keys(scheme, one, facts) for one in mine}, scheme.tie)
        found = [replace(one, rank=places[one.subject], among=len(mine)) for one in mine]
        ranked += sorted(found, key=lambda one: (one.rank, named.index(one.subject)))
    return Scores(scheme, as_of, tuple(ranked), facts)


def _keys(scheme: Scheme, sheet: Sheet, facts: Facts) -> list[Fraction]:
    """What subjects are ordered by: points, then the second keys of the scheme; the smaller the better."""
    best_first = -1 if scheme.compose.kind != "rank_sum" else 1
    exact = sheet.exact if scheme.grade_on == "unrounded" else Fraction(sheet.total)
    keys = [best_first * exact]
    for item, name, better in scheme.then:
        fact = facts.item(sheet.subject, item).get(name, Fact())
        number = fact.number
        keys += [Fraction(0 if number is not None else 1), (number or ZERO) * (1 if better == "lower" else -1)]
    return keys


def _zeroed(scheme: Scheme, line: Line, title: str) -> Line:
    return replace(line, exact=ZERO, got=scheme.rounded(ZERO), words=f"出现“{title}”，此项记 0 分；{line.words}")


def _rank_summed(scheme: Scheme, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Totals that are weighted ranks of blocks, among the subjects of a group."""
    weights: Mapping[str, Fraction] = dict(scheme.compose.said["weights"])
    made = []
    for sheet in sheets:
        peers = [one for one in sheets if one.group == sheet.group]
        total = ZERO
        for title, weight in weights.items():
            got = {
                one.subject: [-sum((line.exact or ZERO for line in one.lines if line.block == title), ZERO)]
                for one in peers
            }
            total += weight * places_of(got)[sheet.subject]
        made.append(
            replace(sheet, exact=total, total=scheme.rounded(total), composed="各板块名次 × 权重相加，小者在前")
        )
    return made
