"""What may be done with a problem now, and for what may not: exactly what is missing, from whom and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from guatu.act.deadlines import LONG_TERM
from guatu.act.ledger import Ledger, Move, Need
from guatu.act.problem import Paper, Person, Problem

SIGNED = "签批件"
"""The scan of a signature on paper, by which a clerk records what someone without an account decided."""
RECORDER = "office_clerk"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a move lacks. kind: role, body, hand, apart, paper, field or wait; givers: the sides that supply it."""

    kind: str
    what: str
    givers: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Option:
    """A move from where the problem stands: open to this person, or refused for what it lacks.

    hand: 填报 when the person is the first of two hands, 办理 otherwise.
    """

    move: Move
    lacks: tuple[Lack, ...]
    hand: str = "办理"

    @property
    def allowed(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


def moves_of(ledger: Ledger, problem: Problem, person: Person, today: date) -> tuple[Option, ...]:
    """Every move out of the problem's state, each with what it lacks for this person today."""
    moves = ledger.leaving[problem.state]
    if not moves:
        return ()
    papers = papers_in_round(problem)
    return tuple([_option(ledger, problem, move, person, today, papers) for move in moves])


def papers_in_round(problem: Problem) -> dict[str, list[Paper]]:
    """The papers of the present round that have opened no step yet, by type."""
    found: dict[str, list[Paper]] = {}
    start = problem.round_at
    for paper in problem.papers:
        if paper.at >= start and not paper.used:
            found.setdefault(paper.kind, []).append(paper)
    return found


def lacks_of(
    ledger: Ledger, problem: Problem, move: Move, person: Person, today: date, acting_for: str = ""
) -> tuple[Lack, ...]:
    """What one move lacks for a person; acting_for: the signer whose decision a clerk records from paper."""
    papers = papers_in_round(problem)
    if not acting_for:
        return _option(ledger, problem, move, person, today, papers).lacks
    lacks = [] if RECORDER in person.roles else [Lack("role", "代录人", ("office",), "代录只由环委办经办办理")]
    if move.apart and acting_for in _makers(problem, move):
        lacks.append(_apart(move))
    side = ledger.roles[move.who[0]].side
    if not any(_serves(paper, (side,), False, ledger, problem, today) for paper in papers.get(SIGNED, ())):
        lacks.append(_paper_lack(Need(SIGNED, (side,))))
    return (*lacks, *_things(ledger, problem, move, today, papers))


def _option(
    ledger: Ledger, problem: Problem, move: Move, person: Person, today: date, papers: dict[str, list[Paper]]
) -> Option:
    lacks: list[Lack] = []
    hand = "办理"
    roles = person.roles
    if not roles.isdisjoint(move.who):
        if not _belongs(ledger, problem, move.who[0], person):
            lacks.append(_body_lack(ledger, move.who[0]))
        if move.prepared_by:
            prepared, by = problem.prepared
            if prepared != move.id:
                lacks.append(_unprepared(ledger, move))
            elif by == person.name:
                lacks.append(_same_hand(move))
    elif move.prepared_by and not roles.isdisjoint(move.prepared_by):
        hand = "填报"
        if not _belongs(ledger, problem, move.prepared_by[0], person):
            lacks.append(_body_lack(ledger, move.prepared_by[0]))
    else:
        lacks.append(_role_lack(ledger, move))
    if move.apart and person.name in _makers(problem, move):
        lacks.append(_apart(move))
    lacks += _things(ledger, problem, move, today, papers)
    return Option(move, tuple(lacks), hand)


def _things(ledger: Ledger, problem: Problem, move: Move, today: date, papers: dict[str, list[Paper]]) -> list[Lack]:
    """The papers, fields and days a move lacks, whoever makes it."""
    lacks = []
    for need in move.papers:
        for paper in papers.get(need.kind, ()):
            if _serves(paper, need.givers, need.numbered, ledger, problem, today):
                break
        else:
            lacks.append(_paper_lack(need))
    fields = problem.fields
    for name in move.fields:
        if not fields.get(name) and not (name == "deadline" and fields.get("deadline_kind") == LONG_TERM):
            lacks.append(_field_lack(ledger.fields[name].title, ledger.roles[(move.prepared_by or move.who)[0]].side))
    if move.after:
        end = problem.date_of(move.after)
        if end is not None and today <= end:
            lacks.append(Lack("wait", f"{ledger.fields[move.after].title} {end} 还没有过", (), f"{end} 之后再办"))
    return lacks


def opening_papers(ledger: Ledger, problem: Problem, move: Move, today: date, signed: str = "") -> tuple[Paper, ...]:
    """The papers that open a move, one for each need; signed: the side whose signature is recorded from paper."""
    needs = (*move.papers, *([Need(SIGNED, (signed,))] if signed else []))
    papers = papers_in_round(problem)
    found = []
    for need in needs:
        for paper in papers.get(need.kind, ()):
            if _serves(paper, need.givers, need.numbered, ledger, problem, today):
                found.append(paper)
                break
    return tuple(found)


def _serves(
    paper: Paper, givers: tuple[str, ...], numbered: bool, ledger: Ledger, problem: Problem, today: date
) -> bool:
    """Whether a paper is dated, from a side that must give it and of the body that is that side."""
    if paper.side not in givers or paper.day is None or paper.day > today:
        return False
    if numbered and not paper.number:
        return False
    names = ledger.sides[paper.side].fields
    return not names or any(problem.fields.get(name) == paper.giver for name in names)


def _belongs(ledger: Ledger, problem: Problem, role: str, person: Person) -> bool:
    names = ledger.sides[ledger.roles[role].side].fields
    return not names or any(problem.fields.get(name) in person.bodies for name in names)


def _makers(problem: Problem, move: Move) -> set[str]:
    """Everyone whose hand was in the moves this one must be kept apart from, in any round."""
    steps = [step for step in problem.steps if step.move in move.apart]
    return {step.signer for step in steps} | {step.person for step in steps} | {step.prepared_by for step in steps}


@cache
def _paper_lack(need: Need) -> Lack:
    number = "、写明文号" if need.numbered else ""
    how = f"在材料栏选“{need.kind}”上传，注明日期{number}"
    return Lack("paper", need.kind, need.givers, how)


@cache
def _field_lack(title: str, side: str) -> Lack:
    return Lack("field", title, (side,), f"填写“{title}”")


def _role_lack(ledger: Ledger, move: Move) -> Lack:
    return _role_of(tuple(ledger.roles[role].title for role in move.who), (ledger.roles[move.who[0]].side,))


@cache
def _role_of(titles: tuple[str, ...], sides: tuple[str, ...]) -> Lack:
    return Lack("role", "、".join(titles), sides, f"由{'或'.join(titles)}办理")


def _body_lack(ledger: Ledger, role: str) -> Lack:
    side = ledger.sides[ledger.roles[role].side]
    return _body_of(side.id, side.title)


@cache
def _body_of(side: str, title: str) -> Lack:
    return Lack("body", title, (side,), f"由本件的{title}办理，您不在这个单位")


def _unprepared(ledger: Ledger, move: Move) -> Lack:
    return _unfilled(
        tuple(ledger.roles[role].title for role in move.prepared_by), ledger.roles[move.prepared_by[0]].side
    )


@cache
def _unfilled(titles: tuple[str, ...], side: str) -> Lack:
    return Lack("hand", "填报", (side,), f"先由{'或'.join(titles)}填报，再批准")


@cache
def _same_hand(move: Move) -> Lack:
    return Lack("apart", "另一个人", (), f"“{move.title}”由一人填报、另一人批准")


@cache
def _apart(move: Move) -> Lack:
    return Lack("apart", "另一个人", (), "自查和验收不能是同一个人，换一位办理")


def bodies_of(ledger: Ledger, problem: Problem, sides: tuple[str, ...]) -> str:
    """The sides in words, with the bodies they are for this problem: 责任单位（市住建局、乐平市）."""
    said = []
    for one in sides:
        side = ledger.sides[one]
        bodies = "、".join(str(problem.fields[name]) for name in side.fields if problem.fields.get(name))
        said.append(f"{side.title}（{bodies}）" if bodies else side.title)
    return "或".join(said)


def sentence(ledger: Ledger, problem: Problem, lack: Lack) -> str:
    """One lack as the screen says it: what is missing, who supplies it, how."""
    match lack.kind:
        case "paper":
            return f"缺“{lack.what}”，由{bodies_of(ledger, problem, lack.givers)}提供：{lack.how}"
        case "field":
            return f"“{lack.what}”还没有填，由{bodies_of(ledger, problem, lack.givers)}填写"
        case "body":
            return f"{lack.how}（{bodies_of(ledger, problem, lack.givers)}）"
        case _:
            return lack.how if lack.kind != "wait" else f"{lack.what}，{lack.how}"
