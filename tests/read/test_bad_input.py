"""What is no readable text gets one clear sentence with a code, and exit status 1."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from guatu.errors import ReadError
from guatu.read import read_notice

BAD = {
    "empty.txt": (b"", "G-READ-02"),
    "blank.txt": (b" \n\t\r\n", "G-READ-02"),
    "really-a.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "G-READ-04"),
    "noise.txt": (bytes(range(256)) * 40, "G-READ-05"),
    "big.txt": (b"a" * (21 * 1024 * 1024), "G-READ-03"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_fault(tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read_notice(tmp_path / name)
    assert caught.value.codes == (code,)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_notice(tmp_path / "none.txt")
    assert caught.value.codes == ("G-READ-01",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_office_machines_read_the_same(tmp_path: Path, encoding: str) -> None:
    text = "某市关于某事的通知\n一、主要目标\n1. 全市森林覆盖率67%以上。\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert [t.value for t in read_notice(tmp_path / "a.txt").targets] == [67]


def test_the_command_says_it_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4 ...")
    guatu = Path(sys.executable).with_name("guatu")
    run = subprocess.run([guatu, "read", tmp_path / "a.txt"], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "G-READ-04" in run.stderr and run.stderr.count("\n") == 1 and "Traceback" not in run.stderr


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("一、主要目标\n1.全市森林覆盖率67%以上。\n")
    guatu = Path(sys.executable).with_name("guatu")
    run = subprocess.run(
        [guatu, "read", tmp_path / "a.txt", "-o", tmp_path / "no" / "plan.toml"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1 and "G-READ-14" in run.stderr and "Traceback" not in run.stderr
