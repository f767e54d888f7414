"""guatu score: what persons enter: points with reason and proof, papers, objections and their review."""

from __future__ import annotations

from collections.abc import Callable
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer

from guatu.cli import score
from guatu.cli.duties import Person
from guatu.cli.score import Bodies, ItemName, SchemeName, Subject, asked
from guatu.cli.telling import AsOf

ProofFile = Annotated[
    Path | None, typer.Option("--proof", help="佐证文件：PDF、图片、Word、Excel", exists=True, dir_okay=False)
]


def enter(
    context: typer.Context,
    subject: Subject,
    item: Annotated[str, typer.Argument(help="项目代号；前置写 gate/代号，否决写 veto/代号")],
    value: Annotated[str, typer.Argument(help="分数、数量或等次")],
    reason: Annotated[str, typer.Option("--reason", help="理由，必写")],
    fact: Annotated[str, typer.Option("--fact", help="填哪个数；默认 points（评分），人工核定写 override")] = "points",
    level: Annotated[str, typer.Option("--level", help="扣分、加分的级别，如 省")] = "",
    on: Annotated[str, typer.Option("--on", help="事情发生的日期")] = "",
    proof: ProofFile = None,
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """人工评分、登记加扣分的事：要有理由，附佐证文件，记入留痕。"""
    _, by, _ = asked(context, scheme, None, "", subject)
    from guatu.office.scoring import entered

    shown = (proof.name, proof.read_bytes()) if proof else None
    entered.enter(by, subject, item, fact, value, person or getuser(), reason, level=level, day=on, proof=shown)
    typer.echo(f"{subject} {item} 已记下" + ("" if proof else "；没有附佐证文件，佐证材料里会列为缺"))


def prove(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    file: Annotated[Path, typer.Argument(help="佐证文件：PDF、图片、Word、Excel", exists=True, dir_okay=False)],
    title: Annotated[str, typer.Option("--as", help="是什么材料，如 断面月度类别表")],
    note: Annotated[str, typer.Option("--note", help="说明")] = "",
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """给一项交佐证：文件按内容存，记入留痕，收进佐证材料。"""
    ws, by, _ = asked(context, scheme, None, "", subject)
    from guatu.office.scoring import filed

    made = filed.file(ws, by, subject, item, title, file.name, file.read_bytes(), person or getuser(), note)
    typer.echo(f"{subject} {item} 已收“{made.title}”（{made.name}，SHA-256 {made.kept[:12]}）")


def object_to(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    reason: Annotated[str, typer.Option("--reason", help="哪个数、哪条规则不对")],
    scheme: SchemeName = "",
    as_of: AsOf = "",
    person: Person = "",
) -> None:
    """对一项的得分提出异议；原来的得分表留底。"""
    ws, by, day = asked(context, scheme, None, as_of, subject)
    from guatu.office.scoring import process

    made = process.raise_objection(ws, by, day, subject, item, reason, person or getuser())
    typer.echo(f"异议 {made.number} 已记下：{subject} {item} 原得分 {made.before}")


def decide(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="异议编号")],
    answer: Annotated[str, typer.Option("--answer", help="复核意见，必写")],
    points: Annotated[str, typer.Option("--points", help="调整后的分；不写为维持")] = "",
    person: Person = "",
) -> None:
    """复核异议：维持，或另定分数；前后都留着。"""
    ws = score.opened(context)
    from guatu.office.scoring import process
    from guatu.score.book import scheme, schemes

    found = next((one for one in process.objections() if one.number == number), None)
    by = scheme(found.scheme, ws.folder) if found else next(iter(schemes(ws.folder).values()))
    process.decide(by, number, person or getuser(), answer, points)
    typer.echo(f"异议 {number} 已复核")


def assess(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    points: Annotated[str, typer.Argument(help="自评分")],
    reason: Annotated[str, typer.Option("--reason", help="理由，必写")],
    proof: ProofFile = None,
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """自评：被考核的县（市、区）、单位自己给一项打分，列在旁边，不计入总分。"""
    ws, by, _ = asked(context, scheme, None, "", subject)
    from guatu.office.scoring import assessing

    shown = (proof.name, proof.read_bytes()) if proof else None
    made = assessing.assess(ws, by, subject, item, points, reason, person or getuser(), shown)
    typer.echo(f"{subject} {item} 自评 {made.points} 分已记下")


def opine(
    context: typer.Context,
    subject: Subject,
    item: ItemName,
    points: Annotated[str, typer.Argument(help="部门给的分")],
    body: Annotated[str, typer.Option("--body", help="评分单位，须是细则写明的")],
    reason: Annotated[str, typer.Option("--reason", help="理由，必写")],
    proof: ProofFile = None,
    scheme: SchemeName = "",
    person: Person = "",
) -> None:
    """部门评分：酌情的项目以它为准，程序算的项目列在旁边。"""
    ws, by, _ = asked(context, scheme, None, "", subject)
    from guatu.office.scoring import assessing

    shown = (proof.name, proof.read_bytes()) if proof else None
    made = assessing.opine(ws, by, subject, item, body, points, reason, person or getuser(), shown)
    typer.echo(f"{subject} {item} {body}评 {made.points} 分已记下")


def owed(context: typer.Context, scheme: SchemeName = "", units: Bodies = False) -> None:
    """自评、部门评分还差谁。"""
    ws, by, day = asked(context, scheme, units, "")
    from guatu.office.scoring import assessing, sheets

    told = list(assessing.owed(by, tuple(one.subject for one in sheets.scores(ws, by, day).sheets)))
    for words in told or ["这份细则没有要求自评和部门评分"]:
        typer.echo(words)


COMMANDS: dict[str, Callable[..., None]] = {
    "enter": enter, "self": assess, "department": opine, "owed": owed, "prove": prove,
    "object": object_to, "decide": decide,
}  # fmt: skip
