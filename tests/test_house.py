"""The rules of the house that a machine can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "guatu"
MODULES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
RECKONING = {"compute", "judge", "scale"}
SITTING = 400  # lines; a module nobody can read at one sitting is two modules

# Numbers that are not of a standard: counts and indices, the calendar and the clock, powers of ten.
PLAIN = {*range(13), 15, 16, 20, 24, 28, 29, 30, 31, 60, 80, 120, 365, 366, 3600, 8192, 65536} | {
    10**n for n in range(10)
}
LAW = {35, 70, 75, 150, 115, 160, 215, 265, 250, 350, 420, 475, 324, 27, 25, 14, 95, 98, 90, 40, 50, 200, 300, 500}


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_can_be_read_at_a_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= SITTING


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?|services?)(\.py|/)")
    assert [name_of(p) for p in MODULES if empty.search(name_of(p))] == []


def literals(path: Path) -> Iterator[tuple[int, float]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node.lineno, node.value


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p).split("/")[0] in RECKONING], ids=name_of)
def test_no_constant_of_a_standard_outside_the_rules(path: Path) -> None:
    """A number in a room that reckons counts plainly, prints a whole number by a power of ten, or is a rule."""
    suspects = [
        (line, value)
        for line, value in literals(path)
        if value in LAW - PLAIN or (isinstance(value, float) and value not in PLAIN)
    ]
    assert suspects == []


def test_no_import_runs_in_a_circle() -> None:
    """Modules that import one another when they are loaded cannot be read one after the other."""
    names = {".".join(("guatu", *p.relative_to(SOURCE).with_suffix("").parts)): p for p in MODULES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        wanted: set[str] = set()
        for node in at_load(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                wanted |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                below = {f"{node.module}.{one.name}" for one in node.names}
                wanted |= below & names.keys() if below & names.keys() else {node.module}
        graph[name] = {one for one in wanted if one in names and one != name}
    tuple(TopologicalSorter(graph).static_order())  # raises CycleError with the circle


def at_load(tree: ast.Module) -> Iterator[ast.AST]:
    """The statements that run when a module is loaded: not those of functions, nor those for types only."""
    left: list[ast.stmt] = list(tree.body)
    while left:
        node = left.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        left += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def test_each_fault_code_means_one_thing() -> None:
    """A code is raised in one room only; a table from codes to status numbers raises none."""
    seen: dict[str, set[str]] = {}
    for path in MODULES:
        for code in re.findall(r'"(G-[A-Z]+-\d\d)"(?!: \d)', path.read_text(encoding="utf-8")):
            seen.setdefault(code, set()).add(path.relative_to(SOURCE).parts[0])
    assert {code: rooms for code, rooms in seen.items() if len(rooms) > 1} == {}


def test_pytest_collects_every_test_written() -> None:
    """A class or function that pytest passes over is a test that never runs."""
    lost = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and re.match("test", node.name):
                lost.append(f"{path.name}: class {node.name}")
        if not path.name.startswith("test_") and re.search(r"^def test_", path.read_text(encoding="utf-8"), re.M):
            lost.append(path.name)
    assert lost == []


def test_the_core_imports_without_django() -> None:
    code = "import sys, guatu.cli.app; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_import_is_cheap() -> None:
    code = "import sys, guatu; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
