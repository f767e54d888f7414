"""guatu duties, guatu log: the breakdown of the notice's sentences, its gaps and states, and the log behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.cli.office import prepare
from guatu.errors import GuatuError

if TYPE_CHECKING:
    from guatu.load.workspace import Workspace

Person = Annotated[str, typer.Option("--person", help="操作人，记入留痕；默认为电脑的登录名")]
Reason = Annotated[str, typer.Option(help="理由；分解表批准后必须写")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至哪一天，默认今天")]


def register(app: typer.Typer) -> None:
    """Add the commands of duties and of the log."""
    duties = typer.Typer(no_args_is_help=True, help="任务分解：分解、修改、拆并、缺口、状态、附件。")
    for name, command in _COMMANDS.items():
        duties.command(name)(command)
    app.add_typer(duties, name="duties")
    log = typer.Typer(no_args_is_help=True, help="留痕：校验、查一条的来去、看过去某天。")
    log.command("verify")(log_verify)
    log.command("show")(log_show)
    log.command("at")(log_at)
    app.add_typer(log, name="log")


def opened(context: typer.Context) -> Workspace:
    """The workspace with its database ready."""
    from guatu.load.workspace import Workspace

    workspace = Workspace.open(context.obj)
    prepare(workspace.folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return workspace


def day_of(given: datetime | None) -> date:
    """The day asked for, else the day the pages stand on; the workspace is open by then."""
    if given:
        return given.date()
    from guatu.office.views.answers import today

    day: date = today()
    return day


def begin(context: typer.Context, person: Person = "") -> None:
    """把文件里的每句任务分解成行，列出缺口。"""
    workspace = opened(context)
    from guatu.judge.board import plan_of
    from guatu.office import breakdowns, duties

    duties.take_over(plan_of(workspace))
    made = breakdowns.begin(workspace, person or getuser())
    typer.echo(f"分解出 {made} 条措施" if made else "已经分解过，没有变动")
    typer.echo(f"缺口 {len(breakdowns.all_gaps())} 处，用 guatu duties gaps 查看")


def gaps(context: typer.Context) -> None:
    """缺口清单：没有责任单位、没有节点、牵头未确认、没有覆盖的区域。"""
    opened(context)
    from guatu.office import breakdowns

    for gap in breakdowns.all_gaps():
        typer.echo(f"{gap.kind}\t{gap.row or '—'}\t{gap.words}")


def show(
    context: typer.Context,
    as_of: AsOf = None,
    unit: Annotated[str, typer.Option(help="只看这个单位")] = "",
    state: Annotated[str, typer.Option(help="只看这个状态")] = "",
    behind: Annotated[bool, typer.Option("--behind", help="只看滞后和逾期的")] = False,
) -> None:
    """各条措施的状态；--behind 列出滞后和逾期的，附牵头单位。"""
    opened(context)
    from guatu.act.breakdown_gaps import owners
    from guatu.office import behind as late
    from guatu.office import breakdowns

    day = day_of(as_of)
    counties = breakdowns.head().get("counties", [])
    found = breakdowns.stands(day)
    if behind:
        heads, rows = late.table(found)
        for cells in (heads, *(row for row in rows if not unit or any(unit in cell for cell in row[7:]))):
            typer.echo("\t".join(cells))
        typer.echo(late.sentence(found))
        return
    shown = [
        one for one in found if (not unit or unit in owners(one.row, counties)) and (not state or one.state == state)
    ]
    for one in shown:
        late = f"（迟 {one.late} 天）" if one.late else ""
        others = "、".join(body for body, word in one.row.bodies() if word != one.row.lead_word)
        who = f"{one.row.lead_word}：{one.row.lead or '无'}" + (f"；{others}" if others else "")
        typer.echo(f"{one.row.id}\t{one.state}{late}\t{one.count or '—'}\t{one.row.text}\t{who}\t{one.row.place}")
    bar = breakdowns.bar(found, day)
    typer.echo(f"共 {len(shown)} 条" + (f"；到期 {bar[1]} 条，办结 {bar[0]} 条" if bar else "；还没有到期的"))
    for gap in breakdowns.all_gaps():
        if gap.kind == "未覆盖":
            typer.echo(f"未覆盖：{gap.words}")


def edit(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="措施编号，如 M012")],
    lead: Annotated[str | None, typer.Option(help="牵头单位，写明即为确认")] = None,
    responsible: Annotated[str | None, typer.Option(help="责任单位，用顿号隔开")] = None,
    cooperating: Annotated[str | None, typer.Option(help="配合单位，用顿号隔开")] = None,
    node: Annotated[str | None, typer.Option(help="完成节点，如 2021-06-30")] = None,
    quantity: Annotated[str | None, typer.Option(help="总数")] = None,
    unit: Annotated[str | None, typer.Option(help="数量的单位")] = None,
    done: Annotated[str | None, typer.Option(help="完成标志：paper count indicator ledger standing")] = None,
    contact: Annotated[str | None, typer.Option(help="联络员")] = None,
    leader: Annotated[str | None, typer.Option(help="责任领导")] = None,
    reason: Reason = "",
    person: Person = "",
) -> None:
    """修改一条措施：单位、节点、数量、完成标志、联络员、责任领导。"""
    opened(context)
    from guatu.office import breakdowns

    plain = {"lead": lead, "node": node, "quantity": quantity, "unit": unit, "done": done, "contact": contact}
    changes: dict[str, Any] = {key: value for key, value in {**plain, "leader": leader}.items() if value is not None}
    for key, value in (("responsible", responsible), ("cooperating", cooperating)):
        if value is not None:
            changes[key] = tuple(part for part in value.split("、") if part)
    if lead is not None:
        changes["confirmed"] = bool(lead)
    changed = breakdowns.edit(name, changes, person or getuser(), reason)
    typer.echo(f"{name} 已修改" if changed else f"{name} 没有变动")


def split(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="措施编号")],
    before: Annotated[str, typer.Argument(help="从这几个字前面拆开")],
    reason: Reason = "",
    person: Person = "",
) -> None:
    """把一条措施拆成两条。"""
    opened(context)
    from guatu.office import breakdowns

    made = breakdowns.split(name, breakdowns.row(name).text.find(before), person or getuser(), reason)
    typer.echo(f"{name} 已拆分为 {'、'.join(made)}")


def merge(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="措施编号，两个以上")],
    reason: Reason = "",
    person: Person = "",
) -> None:
    """把几条措施并成一条。"""
    opened(context)
    from guatu.office import breakdowns

    typer.echo(f"{'、'.join(names)} 已并入 {breakdowns.merge(names, person or getuser(), reason)}")


def lead(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="措施编号；不写就是全部")] = None,
    person: Person = "",
) -> None:
    """确认首位单位就是牵头单位。"""
    opened(context)
    from guatu.office import breakdowns

    chosen = names or [row.id for row in breakdowns.rows()]
    typer.echo(f"确认 {breakdowns.confirm_leads(chosen, person or getuser())} 条的牵头单位")


def zone(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="区域名，如 高新区")],
    reason: Annotated[str, typer.Option(help="依据")],
    person: Person = "",
) -> None:
    """把没有覆盖的区域纳入“各县（市、区）”。"""
    opened(context)
    from guatu.office import breakdowns

    breakdowns.cover_zone(name, person or getuser(), reason)
    typer.echo(f"{name} 已纳入")


def counties(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="县（市、区）名，一个一个写")],
    reason: Reason = "",
    person: Person = "",
) -> None:
    """登记“各县（市、区）”是哪几个：落在全体县区头上的措施，照此发表。"""
    opened(context)
    from guatu.office import breakdowns

    breakdowns.set_counties(names, person or getuser(), reason)
    typer.echo(f"各县（市、区）：{'、'.join(names)}")


def comment(
    context: typer.Context,
    due: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="哪天前反馈")] = None,
    person: Person = "",
) -> None:
    """分解表发出征求意见，列出发给了谁。"""
    opened(context)
    from guatu.office import commenting

    bodies = commenting.send(person or getuser(), due.date() if due else None)
    typer.echo(f"分解表已转入征求意见，向 {len(bodies)} 个单位：{'、'.join(bodies)}")


def say(
    context: typer.Context,
    body: Annotated[str, typer.Argument(help="提意见的单位")],
    text: Annotated[str, typer.Argument(help="意见；不写就是无意见")] = "",
    row: Annotated[str, typer.Option("--row", help="哪一条措施；不写是对整张表")] = "",
    person: Person = "",
) -> None:
    """代录一个单位书面反馈的意见或无意见。"""
    opened(context)
    from guatu.office import commenting

    who = person or getuser()
    made = (
        commenting.say(body, row, text, who, recorded=True)
        if text
        else commenting.no_objection(body, who, recorded=True)
    )
    typer.echo(f"{made} {body} {text or '无意见'}（代录）")


def comments(context: typer.Context) -> None:
    """各单位反馈的情况和每条意见的答复。"""
    opened(context)
    from guatu.office import commenting

    for one in commenting.voices():
        typer.echo(f"{one.body}\t{one.word}" + (f"\t待答复 {one.waiting}" if one.waiting else ""))
    for said in commenting.comments():
        if said.text:
            typer.echo(f"{said.id}\t{said.body}\t{said.row or '整张表'}\t{said.text}\t{said.answer}\t{said.reason}")


def settle(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="意见编号，如 Y001")],
    answer: Annotated[str, typer.Argument(help="采纳、部分采纳、不采纳")],
    reason: Annotated[str, typer.Option(help="理由")],
    person: Person = "",
) -> None:
    """答复一条意见。"""
    opened(context)
    from guatu.office import commenting

    commenting.settle(name, answer, reason, person or getuser())
    typer.echo(f"{name} 已答复：{answer}")


def approve(
    context: typer.Context,
    signer: Annotated[str, typer.Option(help="签批人（没有账号时由经办代录）")],
    scan: Annotated[Path, typer.Option(help="签字件的扫描，图片或 PDF", exists=True, dir_okay=False)],
    number: Annotated[str, typer.Option(help="文号")],
    on: Annotated[str, typer.Option(help="签批日期，如 2021-03-26；默认今天")] = "",
    person: Person = "",
) -> None:
    """代录签批：分解表批准生效。主任有账号的须本人在网页里签。"""
    workspace = opened(context)
    from guatu.office import breakdowns, proof, signing
    from guatu.office.models import Role

    who = person or getuser()
    said = {"signer": signer, "number": number, "on": on or day_of(None).isoformat()}
    signed = signing.from_paper(who, Role.OFFICE_CLERK, said, proof.keep(workspace, scan))
    breakdowns.approve(who, signed)
    typer.echo("分解表已批准（代录）")


def annex(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="输出文件，docx 或 xlsx")],
    as_of: AsOf = None,
) -> None:
    """打印任务分解表附件。"""
    workspace = opened(context)
    from guatu.office import breakdowns
    from guatu.report.breakdown_annex import annex_docx, annex_xlsx

    title = f"{workspace.name}任务分解表"
    make = annex_docx if out.suffix.lower() == ".docx" else annex_xlsx
    found = breakdowns.stands(day_of(as_of))
    out.write_bytes(make(title, [(one.row, one.title) for one in found], breakdowns.all_gaps(), workspace.demo))
    typer.echo(f"已写出 {out}，{len(found)} 条")


def log_verify(
    context: typer.Context,
    known: Annotated[str, typer.Option(help="以前抄下的末笔，如 812:9f2c41aa…，核对它还在不在")] = "",
) -> None:
    """校验留痕：有没有被改、被删、被插、被调换、整体重写，台账是否与留痕、留痕是否与记在库外的末笔一致。"""
    workspace = opened(context)
    from guatu.office import log
    from guatu.office.keeping import noted, whole

    faults = whole.faults(known)
    if faults:
        raise GuatuError("the log is not whole", faults)
    noted.note(workspace.folder)
    number, mark = log.tip()
    typer.echo(f"留痕完好，共 {number} 笔，末笔校验值 {mark}" if number else "还没有留痕")


def log_show(
    context: typer.Context, subject: Annotated[str, typer.Argument(help="对象，如 measure/M012；可只写开头")]
) -> None:
    """一条的来去：删过没有、谁改过时限、每一笔改了什么、为什么、代谁。"""
    opened(context)
    from guatu.office import past

    for cells in (past.DONE, *past.history(subject)):
        typer.echo("\t".join(cells))
    typer.echo(past.verdict(subject))


def log_at(
    context: typer.Context,
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="哪一天")],
    kind: Annotated[str, typer.Option(help="只看一类：measure report return collection …")] = "",
) -> None:
    """过去某天结束时台账的样子，以及此后谁改过。"""
    opened(context)
    from guatu.office import past

    stood, since = past.stood(day.date(), kind), past.since(day.date(), kind)
    for cells in (past.STOOD, *stood):
        typer.echo("\t".join(cells))
    typer.echo(f"{day.date()} 结束时共 {len(stood)} 条；此后改过 {len(since)} 笔：")
    for cells in (past.DONE, *since):
        typer.echo("\t".join(cells))


def entry_line(one: Any) -> str:
    """One entry of the log on one line."""
    from guatu.act.log import canonical

    acting = f"（代{one.acting_for}）" if one.acting_for else ""
    words = f"{canonical(one.old).decode()} → {canonical(one.new).decode()}"
    return f"{one.time[:19]}\t{one.person}{acting}\t{one.act}\t{one.subject}\t{words}\t{one.reason}".rstrip()


_COMMANDS: dict[str, Callable[..., None]] = {
    **{"begin": begin, "list": show, "gaps": gaps, "edit": edit, "split": split, "merge": merge, "lead": lead},
    **{"counties": counties, "zone": zone, "comment": comment, "say": say, "comments": comments, "settle": settle},
    **{"approve": approve, "annex": annex},
}
