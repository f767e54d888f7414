"""guatu init DIR: a workspace of a real city, from its notice and its list of stations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from guatu.read.plan import Plan


def register(app: typer.Typer) -> None:
    """Add the command that makes a workspace."""
    app.command("init")(init)


def init(
    folder: Annotated[Path, typer.Argument(help="新文件夹")],
    notice: Annotated[Path, typer.Argument(help="年度工作要点，各种格式都可以")],
    stations: Annotated[
        Path | None, typer.Option(help="站点清单，CSV 或 Excel：站点编码、站点名称、县区、中心城区（是或空）")
    ] = None,
    city: Annotated[str, typer.Option(help="城市名，默认取自通知")] = "",
) -> None:
    """建一个工作区：读通知，登记站点、范围和责任单位，然后就可以 guatu load 数据。"""
    from guatu.load.founding import city_of, stations_in
    from guatu.load.workspace import Workspace
    from guatu.read import read_notice

    plan = read_notice(notice)
    rows = stations_in(stations) if stations else ()
    name = city or plan.head.region.rpartition("省")[2] or "本市"
    ws = Workspace.create(folder, city_of(name, rows, _scopes_of(plan), _bodies_of(plan)))
    (ws.folder / "plan" / f"notice{notice.suffix}").write_bytes(notice.read_bytes())
    ws.plan_path.write_text(plan.to_toml(), encoding="utf-8", newline="\n")
    typer.echo(f"已建好 {folder}：{name}，{len(plan.targets)} 项目标，{len(plan.tasks)} 个责任块，{len(rows)} 个站点")
    empty = [scope.name for scope in ws.scopes if not scope.sites and not scope.parts]
    if empty:
        typer.echo(f"这些范围还没有站点，目标会是“无法判定”：{'、'.join(empty)}。请在 guatu.toml 补上")
    for scope in ws.scopes:
        if scope.parts:
            typer.echo(
                f"“{scope.name}”按清单里的 {len(scope.parts)} 个县区合成：{'、'.join(scope.parts)}。"
                "还有别的县区就补进 guatu.toml：没有站点的县区，这项目标如实写“无法判定”，不用别处代替"
            )
    typer.echo(f"请核对 {folder}/guatu.toml 和 {folder}/plan/plan.toml，再入库：guatu -C {folder} load 小时数据.csv")
    typer.echo(
        f"水的目标先登记断面：guatu -C {folder} load 断面清单.xlsx --kind sections；"
        f"谁报什么写进 {folder}/plan/figures.toml，指标编号见 guatu figures cards"
    )


def _scopes_of(plan: Plan) -> dict[str, bool]:
    """The scopes of the notice's air targets, and whether each is the whole city."""
    from guatu.judge.indicators import AIR

    words = [target.scope for target in plan.targets if target.indicator_id in AIR]
    return {word: word.startswith("全市") for word in dict.fromkeys(words)}


def _bodies_of(plan: Plan) -> list[str]:
    return [body for task in plan.tasks for body in (*task.units, *task.lead, *task.responsible, *task.coop)]
