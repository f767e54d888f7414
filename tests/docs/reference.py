"""The reference, made from the program: commands, faults, rules, indicator cards, addresses; and the questions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import click
from typer.main import get_command

from guatu.cli.app import app
from guatu.rules.book import CONFIDENCE
from guatu.rules.cards import all_cards
from guatu.rules.register import HEADS, entries
from tests.docs.faults_said import codes, every

MADE = "<!-- 由 sh dev docs 生成，不要手改 -->\n\n"
ROOMS = {
    "base": "时段、数值", "rules": "规则", "read": "读通知", "load": "收数据", "compute": "计算", "act": "任务、问题",
    "judge": "判断", "score": "考核", "report": "简报", "cli": "命令", "office": "网页", "demo": "演示",
    "scale": "批量",
}  # fmt: skip


def row(*cells: object) -> str:
    """A row of a table; what would break the table is escaped."""
    return "| " + " | ".join(re.sub(r"\s+", " ", str(cell)).replace("|", "\\|") for cell in cells) + " |"


def table(heads: tuple[str, ...], rows: Iterator[str] | list[str]) -> str:
    """A table with its headings."""
    return "\n".join([row(*heads), row(*("---" for _ in heads)), *rows]) + "\n"


def office() -> None:
    """Start the office without a workspace; under pytest it stands already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.office.settings")
    import django

    django.setup()


def commands() -> str:
    """Every command with what it takes."""
    group: Any = get_command(app)
    head = (
        "# 命令\n\n每条命令前都可以写 `-C 工作区`，默认是当前文件夹。"
        "退出码：0 办成，1 数据或文件有错（逐条列出），2 命令写错。\n"
    )
    parts = [MADE, head]
    for path, one in _walked(group, ("guatu",)):
        arguments = [p for p in one.params if p.param_type_name == "argument"]
        options = [p for p in one.params if p.param_type_name == "option" and p.name != "help"]
        usage = " ".join([*path, *(_argument(p) for p in arguments)])
        told = [f"\n## `{usage}`\n\n{(one.help or '').strip()}\n"]
        rows = [row(f"`{p.human_readable_name.lower()}`", _help(p), _default(p)) for p in arguments if _help(p)]
        rows += [row("、".join(f"`{name}`" for name in (*p.opts, *p.secondary_opts)), _help(p), _default(p))
                 for p in options]  # fmt: skip
        if rows:
            told.append("\n" + table(("写法", "意思", "默认"), rows))
        parts += told
    return "".join(parts)


def _walked(group: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        if not hasattr(one, "list_commands") or one.invoke_without_command:
            yield (*path, name), one
        if hasattr(one, "list_commands"):
            yield from _walked(one, (*path, name))


def _argument(one: Any) -> str:
    name = one.human_readable_name.lower() + ("…" if one.nargs != 1 else "")
    return name if one.required else f"[{name}]"


def _help(one: Any) -> str:
    return getattr(one, "help", "") or ""


def _default(one: Any) -> str:
    value = one.default
    plain = isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""
    return "必写" if one.required else f"`{value}`" if plain else ""


def faults() -> str:
    """Every code with what is wrong, why it matters and what to do."""
    said = every()
    told = {one.code for one in said}
    rows = [row(f"`{one.code}`", ROOMS.get(one.room, one.room), one.what, one.why, one.remedy) for one in said]
    left = sorted(codes() - told)
    rest = (
        f"\n另有 {len(left)} 个代号的话全由当时的内容组成：{'、'.join(f'`{one}`' for one in left)}。\n" if left else ""
    )
    head = (
        "# 出错代号\n\n每句话都写明在哪里、错在什么、为什么要紧、怎么办，句末是代号；代号的意思不变，可以照它查这一页。"
        "“…”是当时才知道的内容。\n\n"
    )
    return MADE + head + table(("代号", "哪一步", "错在", "为什么要紧", "怎么办"), rows) + rest


def rules() -> str:
    """Every entry of the law."""
    head = (
        "# 规则\n\n程序里的限值和方法都是带日期的数据，一天按那天在用的规定判。"
        "网页“规则”和 `guatu rules list` 是同一批行，"
        "还能看两个日期之间有什么不同。\n\n可信度："
        + "，".join(f"{letter} {words}" for letter, words in CONFIDENCE.items())
        + "。\n\n"
    )
    return MADE + head + table(tuple(HEADS), [row(*one.row) for one in entries()])


def cards() -> str:
    """Every indicator card."""
    rows = [
        row(f"`{one.id}`", one.name, one.unit or "—", "、".join(one.say), one.clause, CONFIDENCE[one.confidence])
        for one in all_cards()
    ]
    head = (
        "# 指标卡\n\n一张卡管一个指标：通知里怎么说、单位、依据。读、算、判、报都用它。编号用在命令和地址里。"
        "本市自己的指标写在工作区的 `cards.toml`，写法见 [reported-figures.md](../reported-figures.md) 第 6 节。\n\n"
    )
    return MADE + head + table(("编号", "名称", "单位", "通知里的说法", "依据", "可信度"), rows)


def addresses() -> str:
    """Every page and every call of the interface."""
    office()
    from guatu.office.urls import urlpatterns

    rows = []
    for one in urlpatterns:
        if not hasattr(one, "callback"):
            continue
        view = getattr(one.callback, "view_class", one.callback)
        said = (view.__doc__ or "").strip().splitlines()
        address = re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", str(one.pattern))
        rows.append(row(f"`/{address}`", said[0] if said else ""))
    head = (
        "# 地址\n\n网页的地址都可以收藏、发给同事，有权限的人打开看到的一样；"
        "`?` 后面是筛选条件。谁能打开哪一页，逐页逐角色列在"
        " `tests/office/access/` 里。程序用的接口在 `/api/`，见 [interface.md](../interface.md)。\n\n"
    )
    return MADE + head + table(("地址", "说明（取自源码）"), rows)


def questions() -> str:
    """The questions of an ordinary day with their commands and pages."""
    office()
    from tests.office_questions import of_duties, of_figures, of_problems
    from tests.office_questions.questions import QUESTIONS

    assert of_duties and of_figures and of_problems, "each enters its questions into the table"
    rows = [
        row(one.number, one.who, one.ask, "<br>".join(f"`{words}`" for words in one.commands),
            "<br>".join(f"`{words}`" for words in one.pages), one.answer)
        for one in sorted(QUESTIONS.values(), key=lambda one: one.number)
    ]  # fmt: skip
    head = (
        "# 常问的三十二个问题\n\n命令和网页用同一个函数作答，数字相同；测试在演示工作区里逐格核对。"
        "命令前加 `-C 工作区`。\n\n"
    )
    return MADE + head + table(("", "谁问", "问什么", "命令", "网页", "答什么"), rows)


PAGES: dict[str, Callable[[], str]] = {
    "questions.md": questions,
    "reference/commands.md": commands,
    "reference/faults.md": faults,
    "reference/rules.md": rules,
    "reference/cards.md": cards,
    "reference/addresses.md": addresses,
}
