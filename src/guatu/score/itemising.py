"""One item of a scheme for one subject: rule, parts and places, modifiers, the policy for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from guatu.score.facts import Fact, Facts
from guatu.score.functions import ZERO, Outcome, scored
from guatu.score.modifying import Worth, modified, names_of, waiver_of
from guatu.score.ranking import ranked_by
from guatu.score.reading import MissingFactError, Reading
from guatu.score.scheme import MISSING_WORDS, Item, Rule, Scheme
from guatu.score.sheet import COMPUTED, HAND, NONE, PENDING, Change, Line
from guatu.score.vocabulary import titles, vocabulary
from guatu.score.wording import plain

OVERRIDE = "override"
"""The fact that takes the place of a computed result: points a person gives, with the reason."""
NOT_ASKED = "不考核这一项"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An item reckoned: its exact points and the steps there."""

    points: Fraction
    changes: tuple[Change, ...]
    readings: Mapping[str, Fraction]


def line_of(scheme: Scheme, item: Item, subject: str, facts: Facts, *, trial: bool) -> Line:
    """The line of an item, with everything that led to its points."""
    own = facts.item(subject, item.id)
    blank = Line(
        item=item.id,
        title=item.title,
        block=item.block,
        points=item.points,
        state=PENDING,
        exact=None,
        got=None,
        words="",
        span=item.span,
        clause=item.clause,
        scored_by=item.scored_by,
        evidence=item.evidence,
        facts=own,
        origin=item.origin,
        note=item.note,
    )
    if not scheme.applies(item, subject):
        return _without(scheme, item, subject, facts, blank, NOT_ASKED, item.missing)
    reading = reading_of(scheme, item, subject, facts)
    try:
        reckoned = _reckoned(item, reading)
        made = _with(scheme, blank, reckoned, item, own)
        if trial:
            made = replace(made, may_change=tuple(_may_change(item, own, reading, made.changes)))
    except MissingFactError as missing:
        policy = item.missing if missing.absent else item.unreported
        made = _without(scheme, item, subject, facts, blank, missing.reason, policy, missing.name)
    given = own.get(OVERRIDE)
    if given is not None and given.number is not None:
        words = f"人工核定 {plain(given.number)} 分：{given.said}"
        before = made.exact if made.exact is not None else ZERO
        step = Change("override", "人工核定", before, given.number, words, (OVERRIDE,))
        return replace(
            made, state=HAND, exact=given.number, got=scheme.rounded(given.number), words=words, person=given.person,
            reason=given.said, computed=made.got, changes=(*made.changes, step), may_change=(), policy="",
        )  # fmt: skip
    return made


def reading_of(scheme: Scheme, item: Item, subject: str, facts: Facts) -> Reading:
    """The facts of an item as its rules read them."""
    others = tuple(facts.of)
    own = facts.item(subject, item.id)
    target = scheme.targets[item.target].of(subject) if item.target else None
    given: dict[str, Fraction | None] = {"points": item.points, "target": target}
    peers = {one: facts.item(one, item.id) for one in scheme.members(subject, others)}
    values = [fact.number for named in peers.values() if (fact := named.get("x")) and fact.number is not None]
    given["group_mean"] = sum(values, ZERO) / len(values) if values else None

    def ranked(terms: tuple[tuple[str, Fraction], ...], better: str, within: str) -> tuple[int, int]:
        compared = peers if within == "group" else {one: facts.item(one, item.id) for one in others}
        return ranked_by(subject, compared, terms, better)

    named = {name: str(source.said["title"]) for name, source in item.facts.items() if "title" in source.said}
    return Reading(own, given, ranked=ranked, titles=named)


def _reckoned(item: Item, reading: Reading) -> Reckoned:
    changes: list[Change] = []
    readings: dict[str, Fraction] = {}
    if item.rule is None:
        points = ZERO
    elif item.parts:
        points = ZERO
        for part in item.parts:
            inside = reading.of_part(part.id)
            inside = replace(inside, given={**inside.given, "points": part.points})
            out = scored(part.rule, part.points, inside)
            steps = [_first(part.rule, part.points, out, part.id, part.title)]
            steps += modified(item, inside, out.points, part.id, Worth(part.points, ZERO))
            changes += steps
            points += steps[-1].after
    else:
        out = _whole(item, item.rule, reading)
        changes.append(_first(item.rule, item.points, out))
        readings = dict(out.readings)
        points = out.points
    floor = item.floor
    if item.rule is not None and item.rule.said.get("floor") == "none":
        floor = None
    changes += modified(item, reading, points, "", Worth(item.points, floor))
    last = [one for one in changes if not one.part]
    return Reckoned(last[-1].after if last else points, tuple(changes), readings)


def _first(rule: Rule, points: Fraction, out: Outcome, part: str = "", title: str = "") -> Change:
    name = rule.title or vocabulary()["score"][rule.kind].title
    facts = tuple(f"{part}.{one}" if part else one for one in names_of(rule))
    return Change(rule.kind, f"{title}：{name}" if title else name, points, out.points, out.words, facts, part)


def _whole(item: Item, rule: Rule, reading: Reading) -> Outcome:
    """The rule over the item, or over each of its places, with the neighbour's water mixed in first."""
    for one in item.modifiers:
        if one.kind == "inflow" and one.said["how"] == "mix":
            reading = _mixed(one, reading)
    places = next((one for one in item.modifiers if one.kind == "over_places"), None)
    if places is None:
        return scored(rule, item.points, reading)
    name = places.said.get("of", "x")
    found = reading.fact(name).places
    if not found:
        raise MissingFactError(name, "没有列出各断面（地方）")
    how = places.said["how"]
    worth = item.points / len(found) if how == "each_equal_part" else item.points
    outs = [(place, scored(rule, worth, reading.at_place(name, fact))) for place, fact in found]
    got = [out.points for _, out in outs]
    total = sum(got, ZERO)
    points = {
        "mean": total / len(got),
        "sum": total,
        "worst": min(got),
        "share": item.points * sum(one >= item.points for one in got) / len(got),
        "each_equal_part": total,
    }[how]
    words = "；".join(f"{place} {plain(out.points)} 分（{out.words}）" for place, out in outs)
    return Outcome(points, words)


def _mixed(rule: Rule, reading: Reading) -> Reading:
    """x × own + neighbour × (1 − own)."""
    name, own = rule.said.get("of", "x"), rule.number("own", Fraction(1))
    x, other = reading.fact(name), reading.fact(rule.said["neighbour"])
    if x.number is None or other.number is None:
        raise MissingFactError(name, "两省的数没有齐")
    return reading.at_place(name, replace(x, number=x.number * own + other.number * (1 - own)))


def _with(scheme: Scheme, blank: Line, reckoned: Reckoned, item: Item, own: Mapping[str, Fact]) -> Line:
    used = {name for one in reckoned.changes for name in one.facts}
    hands = [fact for name, fact in own.items() if fact.person and (name in used or "." in name)]
    by_hand = item.rule is not None and item.rule.kind in ("judge", "checklist") and bool(hands)
    return replace(
        blank, state=HAND if by_hand else COMPUTED, exact=reckoned.points, got=scheme.rounded(reckoned.points),
        words="；".join(one.words for one in reckoned.changes if one.words) or "没有加分、扣分",
        changes=reckoned.changes, readings=reckoned.readings,
        person="、".join(dict.fromkeys(one.person for one in hands)) if hands else "",
        reason="；".join(dict.fromkeys(one.said for one in hands if one.said)),
    )  # fmt: skip


def _without(
    scheme: Scheme, item: Item, subject: str, facts: Facts, blank: Line, reason: str, policy: str, name: str = ""
) -> Line:
    """A line whose rule cannot be applied: by the scheme's policy; nothing missing is ever taken for zero unsaid."""
    where = f"{_titled(item, name)}：" if name else ""
    words = f"{where}{reason}，{MISSING_WORDS[policy]}"
    made = replace(blank, words=words, policy=policy)
    if policy == "hold":
        return made
    if policy == "rescale":
        return replace(made, state=NONE)
    exact = {"full": item.points, "zero": ZERO}.get(policy)
    if exact is None:
        exact = _peers_mean(scheme, item, subject, facts)
        if exact is None:
            return replace(made, words=f"{where}{reason}，同组也没有可取平均的分：待定", policy="hold")
    return replace(made, state=COMPUTED, exact=exact, got=scheme.rounded(exact))


def _titled(item: Item, name: str) -> str:
    bare = name.rpartition(".")[2]
    source = item.facts.get(name)
    return str(source.said["title"]) if source and "title" in source.said else titles().get(bare, bare)


def _peers_mean(scheme: Scheme, item: Item, subject: str, facts: Facts) -> Fraction | None:
    held = replace(item, missing="hold", unreported="hold")
    others = [one for one in scheme.members(subject, tuple(facts.of)) if one != subject]
    found = [line_of(scheme, held, one, facts, trial=False).exact for one in others]
    known = [one for one in found if one is not None]
    return sum(known, ZERO) / len(known) if known else None


def _may_change(item: Item, own: Mapping[str, Fact], reading: Reading, changes: tuple[Change, ...]) -> Iterator[str]:
    """Why a trial score is not the last word: running figures, deductions that may be waived at the year's end."""
    used = {name for one in changes for name in one.facts}
    open_still = [name for name, fact in own.items() if name in used and not fact.settled]
    if open_still:
        yield "时段没有结束，数还会变"
    for rule in item.modifiers:
        waiver = waiver_of(rule, item) if rule.kind == "count" else None
        if waiver is None:
            continue
        fact = own.get(str(rule.said["of"]))
        if fact is None or not fact.number:
            continue
        taken = fact.number * rule.said["k"] if isinstance(rule.said["k"], Fraction) else ZERO
        if reading.holds(waiver.said["when"]):
            yield f"现按“{reading.words(waiver.said['when'])}”免扣 {plain(taken)} 分，年底不满足仍要扣"
        else:
            yield f"年底满足“{reading.words(waiver.said['when'])}”可免扣 {plain(taken)} 分"
