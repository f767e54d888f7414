"""guatu ledger letters, authority, guatu tick: what presses the late, who may send it, and what reminds them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from guatu.cli import ledger as home


def register(app: typer.Typer, ledger: typer.Typer) -> None:
    """Add the letters and the matrix to the commands of ledgers, and the tick beside them."""
    ledger.command()(letters)
    ledger.command()(authority)
    app.command()(tick)


def letters(
    context: typer.Context,
    body: Annotated[str, typer.Option(help="只看给这个单位的")] = "",
    letter: Annotated[str, typer.Option(help="只看这个文种，如 约谈")] = "",
    draft: Annotated[str, typer.Option(help="起草这一件的函：写事由（编号）")] = "",
    out: Annotated[Path | None, typer.Option(help="把起草的函写成 Word 公文稿")] = None,
    as_of: home.AsOf = None,
    as_json: home.Json = False,
) -> None:
    """够条件的催办、督办、约谈：数字、以前的函、可以解除的；--draft 给出一份的各项。"""
    home.opened(context)
    from guatu.office.ledger import declared, pressing
    from guatu.office.ledger.models import Problem

    day = as_of.date() if as_of else declared.today()
    if draft:
        found, form = pressing.draft_of(Problem.objects.all(), day, draft)
        if out:
            out.write_bytes(pressing.document_of(Problem.objects.all(), day, draft))
            typer.echo(f"已写出 {out}")
        typer.echo(f"{found.letter}（拟稿，{found.action}）　{found.issuer}发文，{found.approver}批准")
        for name, text in form.items():
            typer.echo(f"{name}：{text or '（留空）'}")
        for caution in found.cautions:
            typer.echo(f"注意：{caution}")
        return
    home.say(pressing.answer(Problem.objects.all(), day, body=body, letter=letter), as_json)


def tick(context: typer.Context, as_of: home.AsOf = None) -> None:
    """到期、逾期提醒和预警；同一天运行几次，提醒也只有一份，发出去的不再发，没有发出的下次再试。"""
    ws = home.opened(context)
    from guatu.office.keeping import noted
    from guatu.office.ledger import declared, reminders, sending, warned

    noted.note(ws.folder)
    day = as_of.date() if as_of else declared.today()
    made = [*reminders.tick(day), *warned.tick(ws, day)]
    for one in made:
        typer.echo(f"{one.body}\t{one.number}\t{one.text}")
    typer.echo(f"新提醒 {len(made)} 条")
    stuck = sending.send_all(day)
    for one in stuck:
        typer.echo(f"没有发出\t{one.body}\t{one.number}\t{'；'.join(sending.failures(one))}", err=True)
    if stuck:
        raise typer.Exit(1)


def authority(context: typer.Context, as_json: home.Json = False) -> None:
    """发文权限表：谁能给谁发什么函、由谁批准，什么条件触发；是不是本单位确认过的。"""
    home.opened(context)
    from guatu.office.ledger import pressing

    home.say(pressing.powers(), as_json)
