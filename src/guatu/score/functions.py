"""The ten score functions, each from points and facts to exact points, with the sentence that says how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from guatu.score.facts import ABSENT, Fact
from guatu.score.reading import MissingFactError, Reading, as_number
from guatu.score.scheme import Rule
from guatu.score.wording import plain

ZERO = Fraction(0)
STEPS = {"exact": "按比例计", "started": "不足一个单位按一个计", "full": "满一个单位才计"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exact points with a sentence; readings: what the other readings of a rule would give, where they differ."""

    points: Fraction
    words: str
    readings: Mapping[str, Fraction] = field(default_factory=dict)


def scored(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    """What a rule gives of so many points. Raises MissingFactError where a fact it needs has no number."""
    return FUNCTIONS[rule.kind](rule, points, reading)


def deducted(rule: Rule, fact: Fact) -> tuple[Fraction, str]:
    """Points counted off (or on) by a fact: so much each, or by level of each row; with its sentence.

    min_required n: so much for each one fewer than n. Raises MissingFactError where a row's level has no number.
    """
    count = fact.number if fact.number is not None else ZERO
    k = rule.said["k"]
    if isinstance(k, Mapping):
        by: dict[str, Fraction] = {}
        for row in fact.rows:
            by[row.level] = by.get(row.level, ZERO) + row.number
        strange = [level for level in by if level not in k]
        if strange or (count and not fact.rows):
            named = f"级别“{strange[0]}”没有分值" if strange else "没有写明各是哪一级"
            raise MissingFactError(rule.said["of"], named)
        total = sum((k[level] * number for level, number in by.items()), ZERO)
        each = "、".join(f"{level} {plain(number)} × {plain(k[level])}" for level, number in by.items())
        return total, each or "没有"
    least = rule.said.get("min_required")
    if least is not None:
        short = max(ZERO, Fraction(least) - count)
        return short * k, f"要求 {plain(least)}，实有 {plain(count)}，少 {plain(short)} × {plain(k)}"
    return count * k, f"{plain(count)} × {plain(k)}"


def _all(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    holds = reading.holds(rule.said["when"])
    if all(as_number(name) is not None for name in rule.said["when"].names()):
        return Outcome(points if holds else ZERO, f"从 {plain(points if holds else ZERO)} 分起算")
    return Outcome(points if holds else ZERO, f"{reading.words(rule.said['when'])}：{'达到' if holds else '没有达到'}")


def _ratio(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    """P × min(1, x / t), or past P with over; times and less write the printed form times × rate − less, floor 0."""
    done, whole = reading.number(rule.said.get("of", "x")), reading.number(rule.said["to"])
    if whole == 0:
        raise MissingFactError(str(rule.said["to"]), f"{ABSENT}（应完成数为零）", True)
    share = done / whole
    if "times" in rule.said:
        got = max(ZERO, min(points, rule.number("times", ZERO) * share - rule.number("less", ZERO)))
        words = f"{plain(rule.number('times', ZERO))} × {plain(share)} － {plain(rule.number('less', ZERO))}"
        return Outcome(got, words)
    counted = share if rule.said.get("over") else min(Fraction(1), share)
    return Outcome(points * max(ZERO, counted), f"{plain(done)} ÷ {plain(whole)}，按比例得分")


def _line(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    """0 at x0, P at x1, straight between, flat outside."""
    x = reading.number(rule.said.get("of", "x"))
    low, high = reading.number(rule.said["x0"]), reading.number(rule.said["x1"])
    share = Fraction(int(x >= high)) if low == high else min(Fraction(1), max(ZERO, (x - low) / (high - low)))
    words = f"{plain(x)}，{plain(low)} 得 0 分、{plain(high)} 得满分，其间按比例"
    return Outcome(points * share, words)


def _step(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    """P − k × steps(gap / unit), floor 0; steps exact, every started unit, or full units only."""
    x, base = reading.number(rule.said.get("of", "x")), reading.number(rule.said["base"])
    unit, k = rule.number("unit", Fraction(1)), rule.number("k", ZERO)
    gap = max(ZERO, x - base if rule.said["better"] == "lower" else base - x)
    units = gap / unit
    counted = {"exact": units, "started": Fraction(-(-units // 1)), "full": Fraction(units // 1)}
    floor = rule.said.get("floor", ZERO)

    def left(name: str) -> Fraction:
        got = points - k * counted[name]
        return got if floor == "none" else max(Fraction(floor), got)

    chosen = rule.said.get("steps", "exact")
    if not gap:
        return Outcome(points, f"{plain(x)} 达到 {plain(base)}")
    side = "高" if rule.said["better"] == "lower" else "低"
    words = (
        f"{plain(x)} 比 {plain(base)} {side} {plain(gap)}，每 {plain(unit)} 扣 {plain(k)} 分，"
        f"{STEPS[chosen]}，扣 {plain(points - left(chosen))} 分"
    )
    others = {name: left(name) for name in counted if name != chosen and left(name) != left(chosen)}
    return Outcome(left(chosen), words, others)


def _count(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    taken, words = deducted(rule, reading.fact(rule.said["of"]))
    floor = rule.said.get("floor", ZERO)
    got = points - taken
    return Outcome(got if floor == "none" else max(Fraction(floor), got), f"{words}，扣 {plain(taken)} 分")


def _bands(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    """An entered word, or the highest edge a number reaches; share: the table's numbers are parts of P."""
    fact = reading.fact(rule.said.get("of", "x"))
    table: tuple[tuple[str, Fraction], ...] = rule.said["table"]
    for name, value in table:
        reached = fact.word == name if fact.word else fact.number is not None and fact.number >= Fraction(name)
        if reached:
            got = points * value if rule.said.get("share") else value
            return Outcome(got, f"{fact.word or plain(fact.number or ZERO)}：{plain(got)} 分")
    if fact.word:
        raise MissingFactError(str(rule.said.get("of", "x")), f"“{fact.word}”不在等次表里")
    return Outcome(ZERO, f"{plain(fact.number or ZERO)} 不到最低一档")


def _rank(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    if reading.ranked is None:
        raise MissingFactError("名次", "没有可比的单位")
    place, among = reading.ranked(
        rule.said["terms"], rule.said.get("better", "lower"), rule.said.get("within", "group")
    )
    value = next((number for rank, number in rule.said["ranks"] if rank == place), rule.said["other"])
    return Outcome(min(points, value), f"在 {among} 个中列第 {place}，得 {plain(value)} 分")


def _copy(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    above = reading.number(rule.said["of"])
    if "deduct" in rule.said:
        taken = above * rule.number("deduct", Fraction(1))
        return Outcome(points - taken, f"上级扣 {plain(above)} 分，折扣 {plain(taken)} 分")
    if "full" not in rule.said:
        return Outcome(above, f"照上级给的 {plain(above)}")
    full = reading.number(rule.said["full"])
    return Outcome(points * above / full, f"上级 {plain(above)}／{plain(full)}，折算 {plain(points)} 分")


def _judge(rule: Rule, points: Fraction, reading: Reading) -> Outcome:
    fact = reading.fact(rule.said.get("of", "points"))
    given = reading.number(rule.said.get("of", "points"))
    if not ZERO <= given <= points:
        raise MissingFactError("points", f"给的 {plain(given)} 分不在 0 到 {plain(points)} 之间")
    return Outcome(given, f"酌情给 {plain(given)} 分：{fact.said or '没有写理由'}")


FUNCTIONS: Mapping[str, Callable[[Rule, Fraction, Reading], Outcome]] = {
    "all": _all,
    "ratio": _ratio,
    "line": _line,
    "step": _step,
    "count": _count,
    "bands": _bands,
    "rank": _rank,
    "copy": _copy,
    "judge": _judge,
}
"""checklist is not among them: its parts are scored one by one (see guatu.score.itemising)."""
