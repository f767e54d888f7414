"""guatu collect: sheets out, the heap of returned files in, who has not reported, the bulletin's table."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from guatu.cli.duties import AsOf, Person, day_of, opened
from guatu.errors import GuatuError

Month = Annotated[str, typer.Option("--period", help="填报期，如 2021-09")]


def register(app: typer.Typer) -> None:
    """Add the commands of collection."""
    collect = typer.Typer(no_args_is_help=True, help="收表：发表、汇总退回的表、催报。")
    for command in (send, heap, undo, gaps, verify):
        collect.command(command.__name__)(command)
    collect.command("table")(bulletin_table)
    collect.command("return")(give_back)
    app.add_typer(collect, name="collect")


def send(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="放报送表的文件夹")],
    period: Month,
    due: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="报送截止；默认期后第 5 个工作日")] = None,
    body: Annotated[list[str] | None, typer.Option(help="只发给这些单位")] = None,
    person: Person = "",
) -> None:
    """一键生成每个单位、县区的报送表：只有自己的措施，灰底是上期，状态下拉。"""
    workspace = opened(context)
    from guatu.office import collecting, collecting_figures

    last = due.date() if due else collecting.usual_due(period)
    figures = collecting_figures.owed(workspace, period)
    senders = collecting.begin(period, last, person or getuser(), body or (), figures=figures)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in collecting.sheets(workspace, period, senders).items():
        (folder / name).write_bytes(content)
    numbers = sum(len(one) for one in collecting.figures_asked(period).values())
    told = f"（含 {numbers} 个报送数）" if numbers else ""
    typer.echo(f"已为 {len(senders)} 个单位生成报送表{told}，{collecting.due_of(period)} 前报回：{folder}")


def heap(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="退回来的表所在的文件夹")] = None,
    period: Annotated[str, typer.Option("--period", help="填报期，如 2021-09")] = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="核对结果放在哪里，默认 文件夹-核对")] = None,
    received: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="收到的日期，默认今天；晚于截止即迟报")
    ] = None,
    confirm: Annotated[Path | None, typer.Option(help="核对结果的文件夹：按其中的答复入账，只入一次")] = None,
    person: Person = "",
) -> None:
    """汇总一堆退回的表：只写核对结果（标红副本、疑问、缺报），不入账；--confirm 才入账。"""
    if confirm is not None:
        _confirm(context, confirm, person)
    elif folder is None or not period:
        raise typer.BadParameter("写明退表文件夹和 --period，或用 --confirm 入账")
    else:
        target = out or folder.with_name(f"{folder.resolve().name}-核对")
        _review(context, folder, period, received, target)


def _review(context: typer.Context, folder: Path, period: str, received: datetime | None, out: Path) -> None:
    workspace = opened(context)
    from guatu.office import heap_folder

    found = heap_folder.write(workspace, folder, period, day_of(received), out, _reading)
    review = found.review
    from guatu.act.collection_answers import landing, waiting

    typer.echo(f"{len(found.files)} 个文件，认出 {len(review.seen)} 张表，可入账 {len(landing(review))} 行")
    typer.echo(f"错处 {len(review.faults) + len(found.faults)} 处，疑问 {len(review.questions)} 个")
    for fault in (*found.faults, *review.faults):
        typer.echo(str(fault))
    for question in review.questions:
        typer.echo(f"问：{question.where}：{question.words}（{' / '.join(question.choices[:6])}）")
    held = len({(row.file, row.sheet, row.line) for row in waiting(review)})
    if held:
        typer.echo(f"{held} 行等答复：在 {out / '核对.xlsx'} 的“疑问”表里选好答案")
    typer.echo(f"没有入账。看过后运行：guatu collect heap --confirm {out}")


def _reading(done: int, total: int) -> None:
    """How far the files are read, on one line beside the output."""
    if sys.stderr.isatty() or done == total:
        typer.echo(f"\r读表 {done}／{total}", nl=done == total, err=True)


def undo(
    context: typer.Context,
    period: Month,
    name: Annotated[str, typer.Argument(help="核对结果的编号；不写只列出入过账的")] = "",
    reason: Annotated[str, typer.Option(help="为什么撤销")] = "",
    as_of: AsOf = None,
    person: Person = "",
) -> None:
    """撤销一次入账：逐行恢复到入账以前，记入留痕；此后又改过的不动，逐条列出。"""
    workspace = opened(context)
    from guatu.office import breakdowns, collecting_heap

    if not name:
        for one, said in collecting_heap.confirmed(period):
            undone = f"，已撤销：{said['undone']}" if said.get("undone") else ""
            typer.echo(f"{one}\t{len(said['files'])} 个文件，入账 {said['rows']} 行{undone}")
        return
    day = day_of(as_of)
    done = collecting_heap.undo(workspace, period, name, person or getuser(), day, reason)
    breakdowns.restate(day)
    typer.echo(f"撤销 {done.rows} 行，都已恢复到入账以前")
    for one in done.left:
        typer.echo(f"没有动：{one}（此后又改过）")


def _confirm(context: typer.Context, folder: Path, person: str) -> None:
    workspace = opened(context)
    from guatu.office import breakdowns, collecting_heap, heap_folder

    found = heap_folder.read_again(workspace, folder)
    originals = folder / heap_folder.ORIGINALS
    rows = collecting_heap.confirm(found, person or getuser(), None, workspace, originals)
    if rows:
        breakdowns.restate(found.review.received)
    typer.echo(f"入账 {len(rows)} 行" if rows else "没有新的内容，此前已经入账")
    heap_folder.write_findings(folder, found)
    left = [one for one in found.review.questions if not one.answer]
    if left:
        typer.echo(f"还有 {len(left)} 个疑问没有答复，它们管的行没有入账")


def gaps(
    context: typer.Context,
    period: Month,
    as_of: AsOf = None,
    letters: Annotated[Path | None, typer.Option(help="把催报函（待签的 docx）写进这个文件夹，一个单位一份")] = None,
    by_task: Annotated[bool, typer.Option("--by-task", help="逐项列出：哪个单位、哪项任务、缺哪一条")] = False,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="逐项清单写成 docx 或 xlsx")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """谁没报、谁迟报、漏了哪些；--by-task 逐项列，--letters 写出催报稿。"""
    workspace = opened(context)
    from guatu.office import collecting

    day = day_of(as_of)
    units = collecting.standings(period, day)
    if out is not None:
        heads, rows = collecting.owing(period, day)
        _written(out, f"{workspace.name}{period} 未报、漏报、迟报清单", heads, rows, workspace.demo)
    elif by_task:
        heads, rows = collecting.owing(period, day)
        for cells in (heads, *rows):
            typer.echo("\t".join(cells))
    elif as_json:
        said = [{"unit": u.sender, "asked": u.asked, "reported": u.reported, "late": u.late,
                 "missing": list(u.missing), "figures": u.figures, "given": u.given, "word": u.word}
                for u in units]  # fmt: skip
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        owing = [one for one in units if one.owing]
        for one in owing:
            figures = f"，数据应报 {one.figures}，已报 {one.given}" if one.figures else ""
            lacking = "、".join(collecting.names_of(period, one.missing))
            typer.echo(f"{one.sender}\t{one.word}\t应报 {one.asked}，已报 {one.reported}{figures}\t{lacking}")
        typer.echo(f"共 {len(units)} 个单位，{len(units) - len(owing)} 个按时报齐")
    if letters is not None:
        letters.mkdir(parents=True, exist_ok=True)
        for name, content in collecting.letters(workspace, period, day).items():
            (letters / name).write_bytes(content)


def give_back(
    context: typer.Context,
    period: Month,
    body: Annotated[str, typer.Argument(help="单位")],
    reason: Annotated[str, typer.Option(help="为什么退回")],
    as_of: AsOf = None,
    person: Person = "",
) -> None:
    """退回一个单位本期的报送，写明理由；首次交表的日期不变，迟报仍是迟报。"""
    opened(context)
    from guatu.office import breakdowns, own_reports

    day = day_of(as_of)
    number = own_reports.take_back(period, body, person or getuser(), reason, day, "环委办退回")
    breakdowns.restate(day)
    typer.echo(f"退回 {body} {number} 项")


def verify(
    context: typer.Context,
    period: Month,
    names: Annotated[list[str] | None, typer.Argument(help="措施编号；不写只列出待核实的")] = None,
    as_of: AsOf = None,
    person: Person = "",
) -> None:
    """核实报办结的措施；不写编号只列出待核实的。"""
    opened(context)
    from guatu.office import breakdowns, collecting

    if not names:
        for sender, measure, said in collecting.to_verify(period):
            typer.echo(f"{measure}\t{sender}\t{said.get('proof', '')}\t{said.get('text', '')}")
        return
    day = day_of(as_of)
    claims = [(sender, measure) for sender, measure, _ in collecting.to_verify(period) if measure in names]
    if strange := [one for one in names if one not in {measure for _, measure in claims}]:
        raise GuatuError.of(
            f"not reported as done: {strange}", "G-OFFICE-26", "、".join(strange), "没有报办结", "没有可核实的",
            "先用 guatu collect verify 看待核实的",
        )  # fmt: skip
    typer.echo(f"核实 {collecting.verify(period, claims, person or getuser(), day)} 条")
    breakdowns.restate(day)


def bulletin_table(
    context: typer.Context,
    period: Month,
    as_of: AsOf = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="写成 docx 或 xlsx")] = None,
) -> None:
    """通报用的进展表：各单位应报、已报、各状态数、报送情况。"""
    workspace = opened(context)
    from guatu.office import collecting

    heads, rows = collecting.table(period, day_of(as_of))
    if out is None:
        for cells in (heads, *rows):
            typer.echo("\t".join(cells))
        return
    _written(out, f"{workspace.name}{period} 重点工作进展情况表", heads, rows, workspace.demo)


def _written(out: Path, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], demo: bool) -> None:
    from guatu.report.plain_table import table_docx, table_xlsx

    make = table_docx if out.suffix.lower() == ".docx" else table_xlsx
    out.write_bytes(make(title, heads, rows, demo))
    typer.echo(f"已写出 {out}")
