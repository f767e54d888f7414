"""The end of the log noted outside the database, so that a chain written anew with new hashes is found too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from guatu.act.log import BEIJING
from guatu.errors import Fault
from guatu.office import log
from guatu.office.models import Entry

FILE = "log-tips.txt"
"""One line a note: time, number of the last entry, its hash. Lines are only added."""


def note(folder: Path) -> None:
    """Add the present end of the log, unless it stands there already."""
    number, mark = log.tip()
    path = folder / FILE
    known = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if number and not (known and known[-1].split()[1:] == [str(number), mark]):
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(BEIJING).isoformat(timespec='seconds')} {number} {mark}\n")


def faults(folder: Path) -> tuple[Fault, ...]:
    """Every note the log no longer agrees with."""
    path = folder / FILE
    if not path.exists():
        return ()
    said, found = [], []
    for line, text in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        parts = text.split()
        if len(parts) == 3 and parts[1].isdecimal():
            said.append((line, *parts))
        elif parts:
            found.append(Fault("G-KEEP-01", f"{FILE} 第 {line} 行", "读不懂", "这一行被改过", "取备份里的同名文件核对"))
    marks = dict(Entry.objects.filter(number__in={int(one[2]) for one in said}).values_list("number", "hash"))
    for line, moment, number, mark in said:
        if marks.get(int(number)) != mark:
            what = f"{moment[:16].replace('T', ' ')} 记下的第 {number} 笔与库里的不同"
            why = "留痕被整体换过或截断过，或这个文件被改过"
            found.append(Fault("G-KEEP-02", f"{FILE} 第 {line} 行", what, why, "取那天前后的备份逐笔比对"))
    return tuple(found)


def disagrees(given: str) -> tuple[Fault, ...]:
    """Whether an end of the log noted by a person, ``number:hash`` or its first digits, is not of this log."""
    number, _, mark = given.partition(":")
    if not number.isdecimal() or len(mark) < 8:
        return (
            Fault(
                "G-KEEP-03", f"“{given}”", "不是“编号:校验值”", "无从比对", "照抄当时校验打印的末笔，如 812:9f2c41aa"
            ),
        )
    held = Entry.objects.filter(number=int(number)).values_list("hash", flat=True).first() or ""
    if held.startswith(mark.lower()):
        return ()
    what = f"库里第 {number} 笔是 {held[:12]}…" if held else f"库里没有第 {number} 笔"
    return (Fault("G-KEEP-02", f"记下的末笔 {given[:20]}…", what, "留痕被整体换过或截断过", "取当时的备份逐笔比对"),)
