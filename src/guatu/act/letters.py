"""Letters that press: proposed with the figures, never a second for one cause, released when the cause is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from guatu.act.ladder import FACTS, Ladder, Number, Trigger
from guatu.errors import ActError, Fault

OPEN = ("拟稿", "签发", "送达", "反馈", "复核")
NEEDED = {"number": "文号", "day": "日期", "scan": "扫描件", "reason": "理由"}


@dataclass(frozen=True, slots=True)
class Case:
    """Something that may call for a letter: its cause, what kind it is, whom it concerns, its facts and figures.

    cause: stable name, such as a problem's number; bodies: for each kind of addressee the body it is here; facts:
    known numbers by name, the unknown left out; missing: why a number is not known, by its name; figures: sentences
    with the numbers, printed in the draft.
    """

    cause: str
    subject: str
    bodies: Mapping[str, str]
    facts: Mapping[str, Number]
    figures: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    def lacking(self, trigger: Trigger) -> str:
        """What a trigger asks and nobody knows here, each with why, in words."""
        unknown = [one.fact for one in trigger.conditions if self.facts.get(one.fact) is None]
        return "；".join(f"{FACTS[one]}（{why}）" if (why := self.missing.get(one)) else FACTS[one] for one in unknown)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on its way; number 文号, day and scan come back from the office's own document system."""

    cause: str
    letter: str
    addressee: str
    state: str = "拟稿"
    number: str = ""
    days: Mapping[str, date] = field(default_factory=dict)
    scans: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    instead_of: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still presses."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal for a person to decide. action: 新发, 并入 (an open letter of the same cause) or 升级 (in its place).

    earlier: the letters this cause has had; cautions: what the person should know before signing.
    """

    action: str
    cause: str
    letter: str
    issuer: str
    addressee: str
    approver: str
    copy_to: tuple[str, ...]
    figures: tuple[str, ...]
    trigger: Trigger
    earlier: tuple[Letter, ...]
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """What to send, what to release, and which triggers could not be told: cause, trigger, the facts wanting."""

    drafts: tuple[Draft, ...]
    releases: tuple[Letter, ...]
    untold: tuple[tuple[str, str, str], ...]


def propose(
    rules: Ladder,
    cases: Iterable[Case],
    letters: Sequence[Letter],
    kinds: Mapping[str, str],
    active: Sequence[str] | None = None,
) -> Proposals:
    """Drafts for the cases whose triggers hold; the highest rung that holds wins.

    kinds: what kind of addressee a body is, where it differs from the trigger's (党委部门…); active: ids of the
    triggers an office has confirmed, None for those active by default. The program proposes, a person signs.
    """
    drafts, untold, holding = [], [], set()
    known = set()
    used: dict[str, list[Trigger]] = {}
    for trigger in rules.triggers:
        if trigger.active if active is None else trigger.id in active:
            used.setdefault(trigger.subject, []).append(trigger)
    of_cause: dict[str, list[Letter]] = {}
    for letter in letters:
        of_cause.setdefault(letter.cause, []).append(letter)
    for case in cases:
        known.add(case.cause)
        met = []
        for trigger in used.get(case.subject, ()):
            holds = trigger.holds(case.facts)
            if holds is None:
                untold.append((case.cause, trigger.id, case.lacking(trigger)))
                holding.add(case.cause)
            elif holds:
                met.append(trigger)
        if met:
            holding.add(case.cause)
            best = max(met, key=lambda trigger: rules.height(trigger.letter))
            if draft := _draft(rules, case, best, of_cause.get(case.cause, ()), kinds):
                drafts.append(draft)
    releases = [one for one in letters if one.is_open and one.cause in known - holding]
    return Proposals(tuple(drafts), tuple(releases), tuple(untold))


def _draft(
    rules: Ladder, case: Case, trigger: Trigger, earlier: Sequence[Letter], kinds: Mapping[str, str]
) -> Draft | None:
    body = case.bodies.get(trigger.addressee) or next(iter(case.bodies.values()))
    kind = kinds.get(body, trigger.addressee)
    found = rules.issue(trigger.letter, kind)
    cautions = []
    if trigger.mark == "D" and not rules.confirmed:
        cautions.append("触发条件是自拟稿，须经环委办确认")
    if found is None:
        return None
    letter, row = found
    if letter != trigger.letter:
        cautions.append(f"条件已到“{trigger.letter}”，但对“{body}”（{kind}）最高只到“{letter}”")
    pressing = [one for one in earlier if one.is_open and one.addressee == body]
    action = "新发"
    if pressing:
        higher = all(rules.height(one.letter) < rules.height(letter) for one in pressing)
        action = "升级" if higher else "并入"
    elsewhere = [one for one in earlier if one.is_open and one.addressee != body]
    if elsewhere:
        cautions.append(f"同一事由已向“{elsewhere[0].addressee}”发出{elsewhere[0].letter}")
    return Draft(
        action,
        case.cause,
        letter,
        row.issuer,
        body,
        row.approver,
        row.copy_to,
        case.figures,
        trigger,
        tuple(earlier),
        tuple(cautions),
    )


def open_letter(draft: Draft, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """All letters after a person took a draft up: a new one, or the open one it goes into or replaces.

    Raises ActError (G-ACT-51) where a letter of the same cause to the same body at the same height is still open.
    """
    pressing = [one for one in letters if one.is_open and (one.cause, one.addressee) == (draft.cause, draft.addressee)]
    if draft.action != "升级" and pressing:
        raise ActError.of(
            f"a letter for {draft.cause} to {draft.addressee} is open",
            "G-ACT-51",
            f"{draft.cause} 致 {draft.addressee}",
            f"已有一份{pressing[0].letter}（{pressing[0].number or pressing[0].state}）没有办结",
            "同一事由不发第二份",
            "把新情况并入原件，或先升级、解除原件",
        )
    made = Letter(draft.cause, draft.letter, draft.addressee, instead_of=pressing[0].number if pressing else "")
    closed = {id(one) for one in pressing}
    kept = [
        replace(one, state="升级", reasons=(*one.reasons, f"升级为{draft.letter}")) if id(one) in closed else one
        for one in letters
    ]
    return (*kept, made)


def step_letter(
    rules: Ladder,
    letter: Letter,
    to: str,
    *,
    day: date | None = None,
    number: str = "",
    scan: str = "",
    reason: str = "",
) -> Letter:
    """Take a letter one step on. Raises ActError: G-ACT-52 no such step, G-ACT-53 what the step needs is missing."""
    where = f"{letter.letter} {letter.number or letter.cause}"
    needs = rules.steps.get((letter.state, to))
    if needs is None:
        ways = "、".join(target for origin, target in rules.steps if origin == letter.state) or "没有"
        raise ActError.of(
            f"no step from {letter.state} to {to}",
            "G-ACT-52",
            where,
            f"现在是“{letter.state}”，不能到“{to}”",
            "次序不对",
            f"可到的是：{ways}",
        )
    said = {"number": number, "day": day, "scan": scan, "reason": reason}
    missing = [NEEDED[name] for name in needs if not said[name]]
    if day and letter.days and day < max(letter.days.values()):
        missing.append("不早于上一步的日期")
    if missing:
        remedy = "公文在本单位的公文系统里办，办完把文号、日期、扫描件录回来"
        faults = [Fault("G-ACT-53", where, f"“{to}”缺{one}", "没有凭据不算", remedy) for one in missing]
        raise ActError(f"{to} lacks {missing}", faults)
    return replace(
        letter,
        state=to,
        number=number or letter.number,
        days={**letter.days, to: day} if day else letter.days,
        scans={**letter.scans, to: scan} if scan else letter.scans,
        reasons=(*letter.reasons, reason) if reason else letter.reasons,
    )
