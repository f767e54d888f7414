"""A mistyped command gets one Chinese sentence with a code and exit code 2, never the words of a library."""

from __future__ import annotations

import subprocess
import sys

import pytest

CASES = [
    (["nix"], "没有命令 nix"),
    (["read"], "缺少参数 file（通知文件）"),
    (["read", "a", "b"], "多出了 b"),
    (["read", "--foo", "a"], "没有选项 --foo"),
    (["log", "nix"], "没有命令 nix"),
    (["serve", "--port", "abc"], "选项 --port（端口）的值不对，要写整数"),
    (["read", "a", "--above"], "选项 --above 用得不对"),
]


@pytest.mark.parametrize(("words", "said"), CASES)
def test_a_wrong_call(words: list[str], said: str) -> None:
    command = [sys.executable, "-c", "from guatu.cli import main; main()", *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert said in run.stderr and "（G-CLI-01）" in run.stderr
    assert run.stdout == "" and "Traceback" not in run.stderr and "Usage" not in run.stderr


def test_every_command_of_the_list_is_registered_by_its_file() -> None:
    from guatu.cli.app import FILES, registered

    for file, commands in FILES.items():
        assert set(registered(file)) == set(commands), file
