"""guatu read FILE: a notice becomes a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guatu.errors import ReadError

if TYPE_CHECKING:
    from guatu.read.bodies import Directory
    from guatu.read.plan import Plan


def register(app: typer.Typer) -> None:
    """Add the commands of the reading room."""
    app.command("read", help="读通知：目标、任务、责任单位、时限，每处都指回原文。")(read)


def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="通知文件")],
    json_: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写成计划文件 plan.toml")] = None,
    amends: Annotated[
        Path | None, typer.Option("--amends", help="这份文件改动的计划 plan.toml；新数连同日期、文号写进计划")
    ] = None,
    above: Annotated[str, typer.Option("--above", help="上级计划在哪里：文件或文号，记进计划")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="写成网页：原文在左，读出的内容在右")] = None,
) -> None:
    """Read a notice and print a summary, its JSON, or write a plan file."""
    from guatu.load.cards import cards_in
    from guatu.read.notice import document_of, read_document

    document = document_of(file)
    plan = read_document(document, _bodies(context.obj), cards_in(context.obj or Path()))
    if amends is not None:
        from guatu.read.amendment import amended_by
        from guatu.read.plan import Plan

        plan = amended_by(Plan.from_toml(_text(amends)), plan)
    if above:
        from dataclasses import replace

        plan = replace(plan, above=above)
    if json_:
        import json

        typer.echo(json.dumps(plan.to_dict(), ensure_ascii=False, indent=1))
    if output is not None:
        _write(output, plan.to_toml())
        counts = f"目标 {len(plan.targets)} 个，任务 {len(plan.tasks)} 项，提示 {len(plan.notes)} 条"
        typer.echo(f"已写入 {output}：{counts}。", err=json_)
    if html is not None:
        from guatu.read.side_by_side import html_page

        _write(html, html_page(plan, document.text, document.places))
        typer.echo(f"已写入 {html}：用浏览器打开，原文在左，读出的内容在右。", err=json_)
    if not json_ and output is None and html is None:
        show(plan)


def _text(path: Path) -> str:
    """The text of a plan file; raises ReadError (G-READ-17) where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError.of(
            f"cannot read {path}: {error}", "G-READ-17", str(path), "计划文件读不出来", "没有改动任何计划", "核对路径"
        ) from None


def _write(path: Path, words: str) -> None:
    """Write a file; raises ReadError (G-READ-14) where the place does not take one."""
    try:
        path.write_text(words, encoding="utf-8")
    except OSError as error:
        raise ReadError.of(
            f"cannot write {path}: {error}", "G-READ-14", str(path), "写不进去", "结果没有保存", "换一个可写的位置"
        ) from None


def _bodies(workspace: Path | None) -> Directory | None:
    """The workspace's own directory of bodies on top of the one that comes with guatu, where it has one."""
    own = (workspace or Path()) / "bodies.toml"
    if not own.is_file():
        return None
    from guatu.read.bodies import directory

    return directory().with_file(own)


def show(plan: Plan) -> None:
    """Print a readable summary."""
    from guatu.cli.read_summary import print_summary

    print_summary(plan)
