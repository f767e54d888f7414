"""Every command and every block of the documents is run, or read as far as it can be."""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from typer.main import get_command

from guatu.cli.app import app
from tests.docs import starter
from tests.docs.blocks import ROOT, Block, blocks, indented, inline_commands, pages

PAGES = pages()
SHELL = [page for page in PAGES if any(one.language == "sh" and not one.said for one in blocks(page))]


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with ``guatu`` first on the path and a demonstration that was served once."""
    folder = tmp_path_factory.mktemp("docs")
    address = str(folder / "guatu.socket")
    starter.client(folder, address)
    server = subprocess.Popen([sys.executable, "-m", "tests.docs.starter", address], cwd=ROOT, stdout=subprocess.PIPE)
    assert server.stdout is not None and server.stdout.readline() == b"ready\n"
    try:
        run(folder, folder, "guatu demo 工作区")
        with served(folder, folder, "guatu -C 工作区 serve"):
            pass
        yield folder
    finally:
        server.kill()
        server.wait()


def environment(world: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("LANG", "LC_ALL", "HOME", "PYTHONPATH") if key in os.environ}
    return {
        **kept,
        "PATH": f"{world}:{os.environ['PATH']}",
        "LOGNAME": "jingban",
        "COLUMNS": "200",
        "TMPDIR": str(world),
    }


def run(world: Path, folder: Path, command: str) -> str:
    done = subprocess.run(
        ["sh", "-ec", command], cwd=folder, env=environment(world), text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


@contextlib.contextmanager
def served(world: Path, folder: Path, command: str) -> Iterator[None]:
    """A server is up as long as this lasts; it must answer with its login page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "serve.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [*shlex.split(command), "--port", str(port)], cwd=folder, env=environment(world),
            executable=world / "guatu", stdout=out, stderr=out,
        )  # fmt: skip
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/login/", timeout=5).read().decode()
                assert "登录" in page
                yield
                return
            assert server.poll() is None, log.read_text()
            time.sleep(0.5)
        pytest.fail(f"{command}: no answer\n{log.read_text()}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def steps(block: Block) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block with the words each must print; a here-document belongs to its command."""
    command, expected, ends = "", [], ""
    for line in block.text.splitlines():
        if line.startswith("#> "):
            expected.append(line[3:])
            continue
        if expected and not ends:
            yield command, expected
            command, expected = "", []
        command += line + "\n"
        if ends:
            ends = "" if line == ends else ends
        elif found := re.search(r"<<'?(\w+)'?", line):
            ends = found[1]
    yield command, expected


@pytest.mark.parametrize("page", SHELL, ids=named)
def test_the_shell_blocks_of_a_page_run_in_order(page: Path, world: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    shutil.copytree(world / "工作区", here / "工作区")
    for block in blocks(page):
        if block.said.startswith("not-run") or block.language not in ("sh", "python") or ">>>" in block.text:
            continue
        if block.language == "python":
            (here / "example.py").write_text(block.text, encoding="utf-8")
            run(world, here, f"{sys.executable} example.py")
            continue
        if block.said == "serve":
            with served(world, here, block.text.strip().splitlines()[-1]):
                pass
            continue
        assert not block.said, block.where
        for command, expected in steps(block):
            told = re.sub(r"\s+", "", run(world, here, command)) if command.strip() else ""
            for words in expected:
                assert re.sub(r"\s+", "", words) in told, f"{block.where}: {words}\n{told[:3000]}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_the_other_blocks_are_what_they_say(page: Path) -> None:
    names: dict[str, Any] = {}
    for block in blocks(page):
        reason = block.said.removeprefix("not-run").strip()
        assert not block.said.startswith("not-run") or len(reason) > 3, f"{block.where}: why is it not run?"
        if block.language == "toml":
            tomllib.loads(block.text)
        elif block.language == "python" and ">>>" in block.text:
            test = doctest.DocTestParser().get_doctest(block.text, names, block.where, str(page), block.line)
            assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
            names = test.globs
        elif block.language == "python":
            assert block.said or page in SHELL, f"{block.where}: run beside the commands of its page, or say why not"
        elif block.language not in ("sh", "ini", "caddy", "nginx", "powershell", "json", "text"):
            pytest.fail(f"{block.where}: a block of {block.language or 'nothing'}")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_block_hides_in_an_indent(page: Path) -> None:
    assert indented(page) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_in_a_sentence_is_one(page: Path) -> None:
    """The command is there, and so is each option that stands with it."""
    wrong = []
    found = list(inline_commands(page))
    for block in blocks(page):
        if block.language == "sh" and block.said.startswith("not-run"):
            found += [(block.line, line) for line in block.text.splitlines() if line.startswith("guatu ")]
    for line, words in found:
        if fault := unknown(words):
            wrong.append(f"{named(page)}:{line}: {words}: {fault}")
    assert wrong == []


def unknown(words: str) -> str:
    """What of a command the program does not know."""
    one: Any = get_command(app)
    options = {"-C", "--workspace"}
    parts = re.sub(r"[\[\]|…（）]", " ", words).split()[1:]
    while parts:
        part = parts.pop(0)
        if part == "-C":
            parts = parts[1:]
        elif part.startswith("-") and part.split("=")[0] not in {*options, "--help"}:
            return part
        elif hasattr(one, "list_commands") and not part.startswith("-"):
            below = one.get_command(click.Context(one), part)
            if below is None and not one.invoke_without_command:
                return part
            if below is not None:
                one = below
                options |= {name for p in one.params for name in (*p.opts, *p.secondary_opts)}
    return ""


def test_relative_links_lead_somewhere() -> None:
    lost = []
    for page in [*PAGES, *(ROOT / "docs" / "reference").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                lost.append(f"{named(page)} → {target}")
    assert lost == []
