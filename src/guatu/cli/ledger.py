"""guatu ledger: problems listed, shown, moved, taken in, given out and counted."""

from __future__ import annotations

import json
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from guatu.cli import duties
from guatu.errors import GuatuError

if TYPE_CHECKING:
    from guatu.load.workspace import Workspace
    from guatu.office.ledger.answers import Answer

AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="截至哪一天，默认今天")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
LedgerName = Annotated[str, typer.Option("--ledger", help="台账的代号或名称，如 SJ、provincial_inspection")]
Round = Annotated[str, typer.Option("--round", help="督察类别或轮次，照台账里的写法")]
County = Annotated[str, typer.Option("--county", help="属地")]
Unit = Annotated[str, typer.Option("--unit", help="牵头单位")]
Fields = Annotated[list[str] | None, typer.Option("--set", help="栏目=内容，可写多次；多项用分号隔开")]


def register(app: typer.Typer) -> None:
    """Add the commands of ledgers, of letters and the tick."""
    from guatu.cli import pressing

    ledger = typer.Typer(no_args_is_help=True, help="问题台账：清单、一件、办理、导入、导出、完成率、到期、催办。")
    ledger.command("list")(show_list)
    for command in (
        kinds,
        show,
        form,
        move,
        take_in,
        export,
        rates,
        due,
        received,
        counts,
        visits,
        same,
    ):
        ledger.command({"take_in": "import"}.get(command.__name__, command.__name__))(command)
    pressing.register(app, ledger)
    app.add_typer(ledger, name="ledger")


def opened(context: typer.Context) -> Workspace:
    """The workspace with its database ready; a demonstration's problems are taken over first."""
    workspace = duties.opened(context)
    from guatu.office.ledger import generated

    generated.take_over(workspace)
    return workspace


def kinds(context: typer.Context) -> None:
    """有哪些台账，各有多少件。"""
    opened(context)
    from guatu.office.ledger import declared
    from guatu.office.ledger.models import Problem

    for one in declared.ledgers().values():
        draft = "（自拟稿）" if one.draft else ""
        typer.echo(f"{one.code}\t{one.id}\t{one.title}{draft}\t{Problem.objects.filter(ledger=one.id).count()}")


def show_list(
    context: typer.Context,
    ledger: LedgerName = "",
    stage: Annotated[str, typer.Option(help="阶段")] = "",
    state: Annotated[str, typer.Option(help="状态")] = "",
    county: County = "",
    unit: Unit = "",
    turn: Round = "",
    due: Annotated[str, typer.Option(help="overdue 逾期、soon 7 天内到期、unset 时限未定")] = "",
    q: Annotated[str, typer.Option(help="问题、编号、来源编号里的字")] = "",
    page: Annotated[int, typer.Option(min=1, help="第几页，每页 50 件")] = 1,
) -> None:
    """问题清单，和网页上同一份：各阶段件数和逾期，一页 50 件。"""
    opened(context)
    from guatu.office.ledger import declared, listing
    from guatu.office.ledger.models import Problem

    name = declared.ledger(ledger).id if ledger else ""
    asked = listing.Asked(name, stage, state, county, unit, turn, due, q=q, page=page)
    found = listing.listed(Problem.objects.all(), asked, declared.today())
    for one in found.stages:
        typer.echo(f"{one.name}\t{one.count} 件\t逾期 {one.overdue}")
    for row in found.rows:
        where = f"{row.lead_unit or '未填'}\t{row.county or '未填'}\t{row.deadline or row.deadline_kind or '时限未定'}"
        typer.echo(f"{row.number}\t{row.state}\t{row.title[:60]}\t{where}")
    typer.echo(f"共 {found.shown} 件，第 {min(page, found.pages)}／{found.pages} 页")


def show(
    context: typer.Context, number: Annotated[str, typer.Argument(help="编号，或来源编号")], as_json: Json = False
) -> None:
    """一件问题：走到哪一步，下一步还缺什么、由谁提供，已有哪些材料。"""
    opened(context)
    from guatu.office.ledger import answers, declared, storage

    say(answers.missing(storage.find(number), None, declared.today()), as_json)


def form(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="编号")],
    out: Annotated[Path, typer.Argument(help="输出的 docx")],
    notice_from: Annotated[
        datetime | None, typer.Option("--notice-from", formats=["%Y-%m-%d"], help="做公示稿：从哪天开始公示")
    ] = None,
) -> None:
    """销号申请表和材料清单；写了 --notice-from 的是公示稿，六栏表，公示到哪天按台账的期限算。"""
    opened(context)
    from guatu.office.ledger import declared, forms, storage

    row, day = storage.find(number), declared.today()
    content = forms.public_notice(row, notice_from.date(), day) if notice_from else forms.closing_form(row, day)
    out.write_bytes(content)
    typer.echo(f"已写出 {out}")


def move(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="编号")],
    to: Annotated[str, typer.Argument(help="动作，如 assign 或 交办")],
    acting_for: Annotated[str, typer.Option(help="代谁录入（签字的人），须先传他的签批件")],
    fields: Fields = None,
    paper: Annotated[
        list[str] | None, typer.Option(help="材料：种类=文件=提供方=单位=日期[=文号]，可写多次；提供方如 office、unit")
    ] = None,
    reason: Annotated[str, typer.Option(help="说明")] = "",
    person: Annotated[str, typer.Option("--person", help="经办，记入留痕；默认为电脑的登录名")] = "",
) -> None:
    """环委办经办代录一步：材料齐了才办，办完说明到了哪里。"""
    opened(context)
    from guatu.act.problem import Person
    from guatu.office.ledger import declared, papers, storage

    clerk = Person(person or getuser(), frozenset({"office_clerk"}), frozenset({"市环委办"}))
    row = storage.get(number)
    ledger = declared.ledger(row.ledger)
    name = next((one.id for one in ledger.moves.values() if to in (one.id, one.title)), to)
    for said in paper or ():
        row = papers.put_in(number, _handed(said, papers), clerk, version=row.version)
    told = _fields(ledger, fields)
    row = storage.make(number, name, clerk, version=row.version, fields=told, reason=reason, acting_for=acting_for)
    typer.echo(f"{number} 已到“{row.state}”（{row.stage}）")


def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Excel 台账")],
    ledger: Annotated[str, typer.Option("--ledger", help="台账的代号或名称")],
    page: Annotated[str, typer.Option(help="工作表，默认第一张")] = "",
    columns: Annotated[list[str] | None, typer.Option("--map", help="表头=栏目，改正程序猜的")] = None,
    same: Annotated[list[str] | None, typer.Option("--same", help="栏目=内容，整张表相同的")] = None,
    year: Annotated[int, typer.Option(help="没写年的时限算哪一年")] = 0,
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="台账截至哪一天")] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="核对无误后登记；不写只核对")] = False,
    again: Annotated[bool, typer.Option("--again", help="看来登记过的行也登记")] = False,
    person: Annotated[str, typer.Option("--person", help="经办")] = "",
) -> None:
    """导入本单位的 Excel 台账：照原表头，整张表核对，有一处错就一行也不存。"""
    opened(context)
    from guatu.act.problem import Person
    from guatu.errors import ActError, Fault
    from guatu.office.ledger import declared, taking
    from guatu.office.ledger.models import TakenSheet

    who = person or getuser()
    taken = taking.begin(
        declared.ledger(ledger), file, file.name, by=who, year=year, since=since.date() if since else None, page=page
    )
    faults = taking.settle(taken, _pairs(columns), _pairs(same))
    if faults:
        taking.drop(taken)
        raise ActError("the layout has faults", faults)
    for column in taking.layout_of(taken).columns:
        typer.echo(f"{column.heading or '（没有表头）'}\t→ {column.field or '原样带着'}")
    sheet = taking.check(taken, lambda done, total: typer.echo(f"读到 {done}／{total} 行", err=True))
    if taken.state == TakenSheet.State.FAULTY:
        found = [Fault(**one) for one in taken.faults]
        taking.drop(taken)
        raise ActError(f"{len(found)} faults in the sheet", found)
    typer.echo(f"没有错：{taken.total} 件，其中看来已登记过 {len(taken.known)} 件")
    if not confirm:
        taking.drop(taken)
        typer.echo("没有登记；加上 --confirm 登记")
        return
    clerk = Person(who, frozenset({"office_clerk"}))
    made = taking.store(
        taken, clerk, again=again, progress=lambda done, total: typer.echo(f"登记 {done}／{total}", err=True),
        sheet=sheet,
    )  # fmt: skip
    typer.echo(f"已登记 {made} 件，导入编号 {taken.pk}")


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(help="输出的 xlsx")],
    ledger: LedgerName = "",
    sheet: Annotated[int, typer.Option("--import", help="导入编号：按那张表原来的列导出")] = 0,
) -> None:
    """导出：--import 按原来的列，--ledger 按通行的 A3 表。"""
    workspace = opened(context)
    from guatu.act.workbook import printed, write_page
    from guatu.office.ledger import declared, storage, taking
    from guatu.office.ledger.models import Problem, TakenSheet

    if sheet:
        taken = TakenSheet.objects.filter(pk=sheet).first()
        if taken is None:
            raise GuatuError.of(
                f"no sheet {sheet}", "G-CLI-31", f"导入编号 {sheet}", "没有这一张", "没有可以导出的", "核对编号"
            )
        typer.echo(f"已写出 {out}，{taking.give_out(taken, out)} 件")
        return
    one = declared.ledger(ledger)
    items = storage.items(Problem.objects.filter(ledger=one.id))
    title = f"{one.title}（截至 {declared.today()}）" + ("　演示数据，非实测" if workspace.demo else "")
    write_page(out, [[title], *printed(one, items)], 2, one.title[:20], titled=True)
    typer.echo(f"已写出 {out}，{len(items)} 件")


def rates(context: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    """督察整改完成率：每个百分数对自己的清单，长期坚持另计，各有哪些件。"""
    opened(context)
    from guatu.office.ledger import answers, declared

    say(answers.rates(as_of.date() if as_of else declared.today()), as_json)


def due(
    context: typer.Context,
    ledger: LedgerName = "",
    turn: Round = "",
    county: County = "",
    unit: Unit = "",
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """完成多少，到期没完成的有哪些、谁的、迟几天、原定哪天。"""
    opened(context)
    from guatu.office.ledger import answers, declared, listing
    from guatu.office.ledger.models import Problem

    day = as_of.date() if as_of else declared.today()
    name = declared.ledger(ledger).id if ledger else ""
    asked = listing.Asked(ledger=name, county=county, unit=unit, round=turn)
    say(answers.due(listing.chosen(Problem.objects.all(), asked, day), day), as_json)


def received(context: typer.Context, on: AsOf = None, ledger: LedgerName = "", as_json: Json = False) -> None:
    """某天转来的件：受理编号、来源、重点件、属地、可能重复的。"""
    opened(context)
    from guatu.office.ledger import answers, declared, listing
    from guatu.office.ledger.models import Problem

    day = on.date() if on else declared.today()
    asked = listing.Asked(ledger=declared.ledger(ledger).id if ledger else "")
    say(answers.received(listing.chosen(Problem.objects.all(), asked, day), day), as_json)


def counts(context: typer.Context, ledger: LedgerName = "petition", as_json: Json = False) -> None:
    """累计交办、办结、阶段性办结、未办结，按属地和类型。"""
    opened(context)
    from guatu.office.ledger import answers
    from guatu.office.ledger.models import Problem

    say(answers.counts(Problem.objects.all(), ledger), as_json)


def visits(context: typer.Context, as_of: AsOf = None, as_json: Json = False) -> None:
    """尾矿库本年查了几次，汛前查了没有。"""
    opened(context)
    from guatu.office.ledger import answers, declared
    from guatu.office.ledger.models import Problem

    say(answers.visits(Problem.objects.all(), as_of.date() if as_of else declared.today()), as_json)


def same(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="台账，默认中央督察和绿盾")] = None,
    as_json: Json = False,
) -> None:
    """几本台账里可能是同一处的：只提示，各清单仍各算各的。"""
    opened(context)
    from guatu.office.ledger import answers
    from guatu.office.ledger.models import Problem

    say(answers.same_place(Problem.objects.all(), names or ["central_inspection", "nature_reserve"]), as_json)


def say(answer: Answer, as_json: bool) -> None:
    """Print an answer, as lines or as JSON."""
    from guatu.office.ledger import answers

    if as_json:
        typer.echo(json.dumps(answers.as_json(answer), ensure_ascii=False, indent=1))
        return
    for line in answers.as_text(answer):
        typer.echo(line)


def _pairs(said: list[str] | None) -> dict[str, str]:
    found = {}
    for one in said or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise GuatuError.of(
                f"not a pair: {one}", "G-CLI-32", f"“{one}”", "不是“名称=内容”", "不知道写到哪里", "中间加等号"
            )
        found[name] = value
    return found


def _fields(ledger: Any, said: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in _pairs(said).items():
        field = next((one for one in ledger.fields.values() if name in (one.id, one.title)), None)
        if field is not None and field.kind == "measures":
            from guatu.act.measure_rows import cell_read

            found[field.id] = cell_read(text)
            continue
        listed = field is not None and field.kind in ("list", "choices")
        found[field.id if field else name] = [part for part in text.split("；") if part] if listed else text
    return found


def _handed(said: str, papers: Any) -> Any:
    parts = said.split("=")
    try:
        kind, file, side, giver, day, *number = parts
        content = Path(file).read_bytes()
        on = datetime.strptime(day, "%Y-%m-%d").date()
    except (ValueError, OSError) as error:
        raise GuatuError.of(
            f"not a paper: {said}", "G-CLI-33", f"材料“{said}”", f"看不懂（{error}）", "没有办",
            "写成 种类=文件=提供方=单位=2021-06-30[=文号]",
        ) from None  # fmt: skip
    return papers.Handed(kind, side, giver, on, Path(file).name, content, *number[:1])
