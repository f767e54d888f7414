"""What a person reads who mistyped a command: one Chinese sentence, and where the usage stands."""

from __future__ import annotations

import re
from typing import Any

import typer

from guatu.errors import Fault

# The base of every wrong call (missing argument, unknown option or command); typer gives no public name to it.
UsageError: type[Exception] = typer.BadParameter.__mro__[1]
_HAN = re.compile(r"[\u4e00-\u9fff]")


def fault_of(error: Any) -> Fault:
    """The sentence for a wrong call; ``error`` is a UsageError of typer."""
    command = error.ctx.command_path if getattr(error, "ctx", None) else "guatu"
    return Fault("G-CLI-01", command, _what(error), "命令没有运行", f"用 {command} --help 看用法")


def _what(error: Any) -> str:
    kind, message = type(error).__name__, str(getattr(error, "message", "") or "")
    name = message.rsplit("(", 1)[-1].rstrip(").'").split("'")[-1]
    if kind == "MissingParameter":
        return f"缺少{_parameter(error)}"
    if kind == "NoSuchOption":
        near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if kind == "BadOptionUsage":
        return f"选项 {error.option_name} 用得不对，它后面要写一个值，或不能带值"
    if kind == "BadParameter":
        return f"{_parameter(error)}的值不对" + (f"：{message}" if _HAN.search(message) else _form(message))
    if message.startswith("No such command"):
        return f"没有命令 {name}"
    if message.startswith("Got unexpected extra argument"):
        return f"多出了 {name}"
    if message.startswith("Missing command"):
        return "没有写要运行哪个子命令"
    return message if _HAN.search(message) else "命令写得不对"


def _form(message: str) -> str:
    """What a value should look like, as far as the message lets one know."""
    if "%Y-%m-%d" in message:
        return "，日期写成 2021-09-30"
    if "integer" in message or " int" in message:
        return "，要写整数"
    if "float" in message or "number" in message:
        return "，要写数"
    choices = re.findall(r"'([^']+)'", message)[1:]
    return f"，可以是 {'、'.join(choices)}" if choices else ""


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return str(getattr(error, "param_hint", None) or "参数")
    names = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    said = getattr(parameter, "help", None) or ""
    return (f"选项 {'/'.join(names)}" if names else f"参数 {parameter.name}") + (f"（{said}）" if said else " ")
