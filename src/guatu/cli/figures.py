"""guatu figures: tables to fill in, who has not reported, rates of rectification."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from guatu.cli.telling import DEMO, known_on

if TYPE_CHECKING:
    from guatu.load.figures.due import Due
    from guatu.load.workspace import Workspace


figures = typer.Typer(no_args_is_help=True, help="报送数：生成填报表、看谁还没有报、督察整改完成率。")


def register(app: typer.Typer) -> None:
    """Add the commands of reported figures."""
    app.add_typer(figures, name="figures")


@figures.command("template")
def template(
    context: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", help="生成的 Excel 文件")],
    period: Annotated[str, typer.Option(help="时段，如 2021Q3、2021-09、2021")],
    indicator: Annotated[list[str] | None, typer.Option(help="指标，可写多次；不写则按报送安排全部生成")] = None,
    body: Annotated[str, typer.Option(help="只要这个单位该报的")] = "",
) -> None:
    """按指标卡生成填报表：锁定表头，地区和时段下拉选择，上期数灰显。"""
    from guatu.base.period import Period
    from guatu.load.figures.template import forms_of, write_template
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    forms = forms_of(ws, _duties(ws, indicator or [], body), Period.of(period))
    write_template(ws, forms, out, datetime.now().date())
    for form in forms:
        typer.echo(f"{form.card.name}：{form.body or '未定单位'}，{len(form.places)} 个地区，{form.period}")
    typer.echo(f"已生成 {out}" + (f"。{DEMO}" if ws.demo else ""))


@figures.command("cards")
def indicator_cards(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="只看名称、说法或编号里有这些字的")] = "",
) -> None:
    """指标卡：编号、名称、单位、分子分母、依据；工作区自己的标“自有”。"""
    from guatu.load.cards import cards_in
    from guatu.rules.book import CONFIDENCE
    from guatu.rules.cards import built_in

    own = 0
    for card in cards_in(context.obj or Path()):
        if words and not any(words in text for text in (card.id, card.name, *card.say)):
            continue
        mine = built_in().get(card.id) is None
        own += mine
        parts = f"；分子 {card.numerator}，分母 {card.denominator}" if card.denominator not in ("", "-") else ""
        typer.echo(f"{card.id}  {card.name}（{card.unit}）{'自有' if mine else ''}{parts}")
        typer.echo(f"    {card.clause}，{CONFIDENCE[card.confidence]}")
    typer.echo(f"自有 {own} 张；怎样加自己的指标卡见 docs/reported-figures.md 第 6 节")


@figures.command("gaps")
def gaps(
    context: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天所知，默认今天")] = "",
    body: Annotated[str, typer.Option(help="只看这个单位")] = "",
) -> None:
    """谁还没有报：按报送安排逐项核对，写明欠报的时段、地区和逾期天数。"""
    from guatu.load.figures.due import dues_of, gaps_of
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    if not dues_of(ws):
        typer.echo("没有报送安排：在 plan/figures.toml 写明哪个单位报哪个指标、多久一次")
        return
    missing = [gap for gap in gaps_of(ws, day) if body in ("", gap.due.body)]
    for (due, period), group in groupby(missing, key=lambda gap: (gap.due, gap.period)):
        owing = list(group)
        late = f"，已过期 {owing[0].late} 天" if owing[0].late else f"，{owing[0].owed} 前报"
        places = "、".join(gap.place for gap in owing)
        typer.echo(f"{due.body} {ws.cards.card(due.indicator).name} {period}{late}：{places}")
    typer.echo(f"欠报 {len(missing)} 项（按 {day} 所知）" + (f"。{DEMO}" if ws.demo else ""))


@figures.command("rates")
def rates(
    context: typer.Context,
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天所知，默认今天")] = "",
) -> None:
    """督察整改完成率：每份清单的方案完成率，旁列到期任务完成率和逾期任务。"""
    from guatu.judge.board import plan_of
    from guatu.judge.rectification import bound_rates
    from guatu.load.workspace import Workspace

    ws = Workspace.open(context.obj)
    day = known_on(ws, as_of)
    found = bound_rates(ws, plan_of(ws) if ws.plan_path.is_file() else None, day)
    for bound in found:
        value = bound.value
        typer.echo(f"{value.scope}：{'—' if value.number is None else f'{value.number}%'}（{value.n_valid} 项）")
        if bound.asked is not None:
            kept = f"还差 {bound.missing} 项" if bound.missing else "已达到"
            typer.echo(f"    {bound.task} 要求 {bound.asked}%：{kept}（{bound.text}）")
        for flag in value.flags:
            typer.echo(f"    {flag}")
        typer.echo(f"    来历：guatu explain {value.address}@{day}")
    if not found:
        typer.echo("还没有整改清单：guatu load 文件 --kind list --list problems --label 清单名 --period 2021-09")
    if ws.demo:
        typer.echo(DEMO)


def _duties(ws: Workspace, words: list[str], body: str) -> list[Due]:
    """The duties asked for: those of the workspace, or of the indicators named."""
    from guatu.load.figures.due import Due, dues_of
    from guatu.load.figures.row import reported

    dues = [due for due in dues_of(ws) if body in ("", due.body)]
    if not words:
        return dues
    found = []
    for word in words:
        card = ws.cards.named(word)
        if card is None or not reported(card):
            raise typer.BadParameter(f"“{word}”不是报送的指标", param_hint="--indicator")
        found.append(next((due for due in dues if due.indicator == card.id), Due(card.id, body)))
    return found
