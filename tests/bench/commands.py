"""Commands from a cold start on the demonstration city: reading a notice, the status, a bulletin, the score sheets."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

LENGTH = 10_000  # [character] of the notice that is read
HEAD = """某市人民政府办公室关于印发2021年生态环境工作要点的通知
某政办发〔2021〕9号
各县（市、区）人民政府：
一、主要目标
"""
GOAL = "{n}．全市第{n}类断面水质优良比例达到9{n}%以上，力争9{n}.5%。\n"
DUTY = (
    "（{han}）推进第{n}项治理。全面排查整治，{month}月底前完成{n}家企业深度治理，处置率达到95%以上，建立清单台账并动态更新。"
    "（市生态环境局牵头，市住建局、交通运输局配合，各县（市、区）人民政府负责落实）\n"
)


def notice() -> str:
    """A notice of ten thousand characters in made words."""
    words = HEAD + "".join(GOAL.format(n=n) for n in range(1, 6)) + "二、重点任务\n"
    n = 0
    while len(words) < LENGTH:
        n += 1
        words += DUTY.format(han=_han(n), n=n, month=n % 12 + 1)
    return words


def measured(times: int) -> dict[str, float]:
    """Medians [s] by clock and of the processor's time, the commands in turn in each round."""
    with tempfile.TemporaryDirectory() as place:
        folder, paper = Path(place) / "demo", Path(place) / "notice.txt"
        paper.write_text(notice(), encoding="utf-8")
        _guatu("demo", str(folder))()
        inside = ("-C", str(folder))
        asked = {
            "read": _guatu("read", str(paper), "--json"),
            "status": _guatu(*inside, "status"),
            "monthly": _guatu(
                *inside,
                "report",
                "monthly",
                "--month",
                "2021-09",
                "--as-of",
                "2021-10-11",
                "-o",
                str(Path(place) / "a.docx"),
            ),
            "score_counties": _guatu(*inside, "score", "--json"),
            "score_bodies": _guatu(*inside, "score", "--units", "--json"),
        }
        for work in asked.values():  # what is kept after a first answer is kept for all that follow
            work()
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
        for _ in range(times):
            for name, work in asked.items():
                found[name].append(work())
    return {f"{name}_s": median(clock for clock, _ in runs) for name, runs in found.items()} | {
        f"{name}_cpu_s": median(busy for _, busy in runs) for name, runs in found.items()
    }


def _guatu(*words: str) -> Callable[[], tuple[float, float]]:
    def work() -> tuple[float, float]:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([str(Path(sys.executable).with_name("guatu")), *words], capture_output=True, check=True)
        took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return work


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return (head + (digits[ones] if ones else "")) if tens else digits[ones]
