"""guatu score: the schemes themselves: which there are, whether one is sound, its printed examples, a trial."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from guatu.cli.telling import plain


def schemes(context: typer.Context) -> None:
    """有哪些细则：生效时段、满分、项数；没有写全的缺什么。"""
    from guatu.score.book import schemes as every

    for one in every(_folder(context)).values():
        until = one.until or "至今"
        whole = "全文" if one.complete else f"节录，缺 {len(one.left_out)} 处"
        typer.echo(
            f"{one.id}\t{one.title}\t{one.since} 至 {until}\t满分 {plain(one.full)}\t{len(one.items)} 项\t{whole}"
        )
        for title, because in one.left_out:
            typer.echo(f"\t缺：{title}（{because}）")


def check(file: Annotated[Path, typer.Argument(help="细则文件，TOML", exists=True, dir_okay=False)]) -> None:
    """核对一份细则：所有毛病一次列出，写明行号。"""
    from guatu.score.definition import load

    one = load(file)
    typer.echo(f"“{one.title}”可用：{len(one.items)} 项，满分 {plain(one.full)}，版本 {one.sha256[:12]}")


def examples(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="细则的代号；不写为全部")] = "",
) -> None:
    """细则原文印出的例子重算一遍：印的多少、算得多少、是否相同。"""
    from guatu.errors import Fault, GuatuError
    from guatu.score.book import scheme, schemes
    from guatu.score.wording import plain as digits
    from guatu.score.worked import reckoned

    folder = _folder(context)
    wrong = []
    for one in (scheme(name, folder),) if name else schemes(folder).values():
        for example in reckoned(one):
            got = "没有数" if example.got is None else digits(example.got)
            same = "相同" if example.same else "不同"
            typer.echo(f"{one.id}\t{same}\t印 {digits(example.gives)}，算得 {got}\t{example.says}")
            if not example.same:
                what = f"例子“{example.says}”算得 {got}"
                wrong.append(Fault("G-SCORE-42", one.id, what, "规则与原文不合", "核对细则"))
    if wrong:
        raise GuatuError("examples do not come out", wrong)


def try_out(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="细则的代号")],
    file: Annotated[Path | None, typer.Argument(help="所给的数，TOML；不写用细则自带的例子", exists=True)] = None,
    template: Annotated[bool, typer.Option("--template", help="印出要填的数，存成文件再填")] = False,
    subject: Annotated[list[str] | None, typer.Option("--subject", help="模板里的考核对象，可写多次")] = None,
) -> None:
    """不用工作区，照一份细则和所给的数算出得分表；任何一份细则都能这样试。"""
    from guatu.cli.score import tables
    from guatu.office.scoring import answers
    from guatu.score import given
    from guatu.score.book import scheme
    from guatu.score.worked import facts_of, worked_out

    by = scheme(name, _folder(context))
    if template:
        groups = tuple(one for _, members in by.groups for one in members)
        typer.echo(given.template(by, tuple(subject or ()) or groups or ("甲",)), nl=False)
        return
    for says, facts in [("", given.read(file, by))] if file else facts_of(by):
        scores = worked_out(by, facts)
        if says:
            typer.echo(says)
        for sheet in scores.sheets:
            tables(answers.sheet(by, sheet))
        if by.complete:
            tables(answers.ranking(scores))
        if by.money:
            tables(answers.money(scores))
    if not by.complete:
        typer.echo("这份细则没有写全，只能逐项看，不能合计：" + "；".join(f"缺 {title}" for title, _ in by.left_out))


def _folder(context: typer.Context) -> Path | None:
    from guatu.load.workspace import Workspace

    return Workspace.open(context.obj).folder if (context.obj / "guatu.toml").is_file() else None


COMMANDS: dict[str, Callable[..., None]] = {
    "schemes": schemes, "check": check, "examples": examples, "try": try_out,
}  # fmt: skip
