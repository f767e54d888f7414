"""Every fault the program can say, read from its source: code, what is wrong, why it matters, what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "guatu"
CODE = re.compile(r"G-[A-Z]+-\d\d")
FAULT = ("code", "where", "what", "why", "remedy")


@dataclass(frozen=True, order=True)
class Said:
    """A fault as one place of the source says it; … stands for what is only known when it happens."""

    code: str
    what: str
    why: str
    remedy: str
    room: str


def every() -> list[Said]:
    """All faults in order of their codes, the same words once."""
    found = {one for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts for one in _of_file(path)}
    return sorted(found)


def codes() -> set[str]:
    """Every code that stands in the source."""
    return {
        code
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        for code in re.findall(r'"(G-[A-Z]+-\d\d)"', path.read_text(encoding="utf-8"))
    }


def _of_file(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    makers = {
        node.name: tuple(one.arg for one in node.args.args if one.arg not in ("self", "cls"))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, makers, room)
        elif isinstance(node, ast.Tuple):
            yield from _in_order(node.elts, room)


def _of_call(node: ast.Call, makers: dict[str, tuple[str, ...]], room: str) -> Iterator[Said]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    names = {"Fault": FAULT, "of": ("message", *FAULT)}.get(name) or makers.get(name, ())
    given = {**dict(zip(names, node.args, strict=False)), **{one.arg: one.value for one in node.keywords if one.arg}}
    code = given.get("code")
    if code is None or "remedy" not in given:
        yield from _in_order(node.args, room)
        return
    what, why, remedy = (_words(given.get(part)) for part in ("what", "why", "remedy"))
    for one in CODE.findall(ast.unparse(code)) if remedy != "…" else ():
        yield Said(one, what, why, remedy, room)


def _in_order(parts: list[ast.expr], room: str) -> Iterator[Said]:
    """A code followed by its words: what and remedy, with why between them, with where before them."""
    at = next((n for n, one in enumerate(parts) if isinstance(one, ast.Constant) and _is_code(one.value)), None)
    if at is None:
        return
    words = [_words(one) for one in parts[at + 1 :]]
    if 2 <= len(words) <= 4 and words[-1] not in ("…", ""):
        what, why = (words[-2], "") if len(words) == 2 else (words[-3], words[-2])
        yield Said(parts[at].value, what, why, words[-1], room)  # type: ignore[attr-defined]


def _is_code(value: object) -> bool:
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def _words(node: ast.expr | None) -> str:
    """The text of an expression, as far as the source knows it."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return re.sub("…+", "…", "".join(_words(one) for one in node.values))
    if isinstance(node, ast.IfExp):
        return f"{_words(node.body)}／{_words(node.orelse)}"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return re.sub("…+", "…", _words(node.left) + _words(node.right))
    return "…"
