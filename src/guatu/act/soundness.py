"""What would make a ledger impossible to live by: every such fault, as a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from guatu.act.ledger import KINDS, MARKS, STAGES, Ledger, Move
from guatu.act.problem import Problem
from guatu.errors import Fault
from guatu.rules import book

DERIVED = {"超期", "逾期", "超时限"}
"""Words that follow from a date and a state and so are never a state themselves."""


def refuse(code: str, where: str, what: str, remedy: str) -> Fault:
    """A fault of a ledger file."""
    return Fault(code, f"台账定义 {where}", what, "照它走不通，台账不能启用", remedy)


def unsound(ledger: Ledger, name: str) -> Iterator[Fault]:
    """Every fault of a ledger: G-ACT-21 states, 22 ways, 23 actors, 24 papers, 25 fields, 26 marks."""
    yield from _states(ledger, name)
    if ledger.initial in ledger.states:
        yield from _ways(ledger, name)
    for move in ledger.moves.values():
        yield from _actors(ledger, move, f"{name} 动作“{move.title}”")
        yield from _papers(ledger, move, f"{name} 动作“{move.title}”")
        yield from _named_fields(ledger, move, f"{name} 动作“{move.title}”")
    yield from _fields(ledger, name)
    yield from _obligations(ledger, name)
    yield from _marks(ledger, name)


def stranded(ledger: Ledger, problems: Iterable[Problem]) -> list[Fault]:
    """Problems that stand in a state a changed ledger no longer has (G-ACT-27): asked before the change is taken."""
    return [
        refuse(
            "G-ACT-27",
            f"{ledger.title} {problem.number}",
            f"现在的状态“{problem.state}”在新定义里没有",
            "保留这个状态，或先把这件问题办到别的状态",
        )
        for problem in problems
        if problem.state not in ledger.states
    ]


def _states(ledger: Ledger, name: str) -> Iterator[Fault]:
    if ledger.initial not in ledger.states:
        yield refuse("G-ACT-21", name, f"起始状态“{ledger.initial}”没有声明", "在 state 里加上")
    for state in ledger.states.values():
        if state.stage not in STAGES:
            yield refuse("G-ACT-21", name, f"状态“{state.name}”的阶段“{state.stage}”不在八个阶段里", "改为八阶段之一")
        if state.name in DERIVED:
            yield refuse("G-ACT-21", name, f"“{state.name}”由时限和状态算出，不能当状态", "删去，逾期由程序判断")
    for move in ledger.moves.values():
        for state_name in (*move.origins, move.target):
            if state_name not in ledger.states:
                what = f"动作“{move.title}”用到没有声明的状态“{state_name}”"
                yield refuse("G-ACT-21", name, what, "在 state 里加上，或改正写法")
        if not move.origins:
            yield refuse("G-ACT-21", name, f"动作“{move.title}”没有起点", "写明 from")


def _ways(ledger: Ledger, name: str) -> Iterator[Fault]:
    forward = [(origin, move.target) for move in ledger.moves.values() for origin in move.origins]
    reached = _closure({ledger.initial}, forward)
    ends = {state.name for state in ledger.states.values() if state.closed}
    finishing = _closure(ends, [(target, origin) for origin, target in forward])
    if not ends:
        yield refuse("G-ACT-22", name, "没有一个办结的状态", "给销号的状态写上 closed = true")
    for state in ledger.states:
        if state not in reached:
            yield refuse("G-ACT-22", name, f"状态“{state}”走不到", "补上通向它的动作，或删去")
        if ends and state not in finishing:
            yield refuse("G-ACT-22", name, f"状态“{state}”走不到办结", "补上从它出发的动作")


def _actors(ledger: Ledger, move: Move, where: str) -> Iterator[Fault]:
    if not move.who:
        yield refuse("G-ACT-23", where, "没有写由谁办", "写明 who")
    for role in (*move.who, *move.prepared_by):
        if role not in ledger.roles:
            yield refuse("G-ACT-23", where, f"没有“{role}”这个角色", "改正写法，或在 role 里加上")
    for other in move.apart:
        if other not in ledger.moves:
            yield refuse("G-ACT-23", where, f"须与之分开的动作“{other}”不存在", "改正写法")
    if set(move.who) == set(move.prepared_by) and len(move.who) == 1:
        yield refuse("G-ACT-23", where, "填报和批准是同一个角色", "两道手分给两个角色")


def _papers(ledger: Ledger, move: Move, where: str) -> Iterator[Fault]:
    if not move.papers:
        yield refuse("G-ACT-24", where, "不要任何材料", "写明凭什么材料办")
    for need in move.papers:
        if not need.kind:
            yield refuse("G-ACT-24", where, "有一份材料没有名称", "写明 kind")
        if not need.givers:
            yield refuse("G-ACT-24", where, f"材料“{need.kind}”没有写由谁提供", "写明 from")
        for side in need.givers:
            if side not in ledger.sides:
                yield refuse("G-ACT-24", where, f"材料“{need.kind}”的提供方“{side}”不认识", "改正写法")
    for kind, times in Counter(need.kind for need in move.papers).items():
        if times > 1:
            yield refuse("G-ACT-24", where, f"材料“{kind}”写了 {times} 次", "合为一条")


def _named_fields(ledger: Ledger, move: Move, where: str) -> Iterator[Fault]:
    for one in (*move.fields, *move.may, *([move.after] if move.after else [])):
        if one not in ledger.fields:
            yield refuse("G-ACT-25", where, f"没有“{one}”这个字段", "改正写法，或在 field 里加上")
        elif ledger.fields[one].kind == "private":
            yield refuse("G-ACT-25", where, f"保密字段“{one}”不能由动作填写", "另行存放")
    if move.after in ledger.fields and ledger.fields[move.after].kind != "date":
        yield refuse("G-ACT-25", where, f"“{move.after}”不是日期", "after 只能写日期字段")


def _fields(ledger: Ledger, name: str) -> Iterator[Fault]:
    for one in ledger.fields.values():
        if one.kind not in KINDS:
            yield refuse(
                "G-ACT-25", name, f"字段“{one.title}”的类型“{one.kind}”不认识", f"改为 {'、'.join(KINDS)} 之一"
            )
        if one.kind in ("choice", "choices") and not one.choices:
            yield refuse("G-ACT-25", name, f"字段“{one.title}”没有选项", "写明 choices")
        if one.choices and one.kind not in ("choice", "choices"):
            yield refuse("G-ACT-25", name, f"字段“{one.title}”不是选择却有选项", "kind 写 choice 或 choices")
    for side in ledger.sides.values():
        for field_id in side.fields:
            if field_id not in ledger.fields:
                yield refuse("G-ACT-25", name, f"“{side.title}”取自不存在的字段“{field_id}”", "改正写法")
    for role in ledger.roles.values():
        if role.side not in ledger.sides:
            yield refuse("G-ACT-23", name, f"角色“{role.title}”属于不存在的一方“{role.side}”", "改正写法")
    for column in ledger.columns:
        if column not in ledger.fields and column not in ("sequence", "state", "closed", "number"):
            yield refuse("G-ACT-25", name, f"打印表的列“{column}”没有这个字段", "改正写法")


def _obligations(ledger: Ledger, name: str) -> Iterator[Fault]:
    terms = [("公示", ledger.publicity.term), *((one.title, one.term) for one in ledger.obligations)]
    for title, term in terms:
        if isinstance(term, str) and not any(rule.id == term for rule in book.every(term)):
            yield refuse("G-ACT-28", name, f"“{title}”的期限照规则“{term}”，规则库里没有", "改正规则名，或直接写天数")
    for one in ledger.obligations:
        if one.move not in ledger.moves:
            yield refuse("G-ACT-22", name, f"期限“{one.title}”管的动作“{one.move}”不存在", "改正写法")
        if one.starts not in ledger.fields or ledger.fields[one.starts].kind != "date":
            yield refuse("G-ACT-25", name, f"期限“{one.title}”的起算日“{one.starts}”不是日期字段", "改正写法")
    for one_state in ledger.provisional:
        if one_state not in ledger.states:
            yield refuse("G-ACT-21", name, f"阶段性办结的状态“{one_state}”没有声明", "改正写法")


def _marks(ledger: Ledger, name: str) -> Iterator[Fault]:
    marked = [("台账", ledger.mark), ("公示", ledger.publicity.mark)]
    marked += [(column.title, column.mark) for column in ledger.fields.values()]
    marked += [(move.title, move.mark) for move in ledger.moves.values()]
    marked += [(due.title, due.mark) for due in ledger.obligations]
    marked += [(state.name, state.mark) for state in ledger.states.values()]
    marked += [(need.kind, need.mark) for move in ledger.moves.values() for need in move.papers]
    for title, mark in marked:
        if mark not in MARKS:
            yield refuse("G-ACT-26", name, f"“{title}”的可信度“{mark}”不认识", f"改为 {'、'.join(MARKS)} 之一")


def _closure(start: Iterable[str], edges: list[tuple[str, str]]) -> set[str]:
    found = set(start)
    while more := {target for origin, target in edges if origin in found} - found:
        found |= more
    return found
