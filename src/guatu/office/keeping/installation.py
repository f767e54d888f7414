"""The doctor's look at the machine: Python, packages, fonts, holidays, the folder, the disk, the clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from guatu.act.working_days import Calendar
from guatu.errors import GuatuError
from guatu.office.keeping.finding import Finding, good, hint, wrong

OLDEST = (3, 11)
OFFICE = {
    "django": "Django", "axes": "django-axes", "csp": "django-csp", "django_htmx": "django-htmx",
    "ninja": "django-ninja", "rules": "rules", "waitress": "waitress", "whitenoise": "whitenoise",
    "dj_database_url": "dj-database-url", "openpyxl": "openpyxl", "docx": "python-docx",
}  # fmt: skip
BESIDE = {"pypdfium2": ("pdf", "读不了 PDF"), "rapidocr": ("ocr", "读不了扫描件")}
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"}
SCARCE, LITTLE = 2**30, 5 * 2**30  # [byte]
FIRST_YEAR = 2024
"""A clock before the program was written is wrong."""


def packages() -> Iterator[Finding]:
    """Python and what must be installed beside it."""
    here = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        yield wrong("Python", f"是 {here}，太旧", "装 3.11 或更新的 Python 后重装 guatu")
    else:
        yield good("Python", here)
    if lacking := [name for module, name in OFFICE.items() if find_spec(module) is None]:
        yield wrong("网页组件", f"缺 {'、'.join(lacking)}", '运行 pip install "guatu[office]"')
    else:
        yield good("网页组件", "齐全")
    for module, (extra, loss) in BESIDE.items():
        if find_spec(module) is None:
            yield hint(f"附加组件 {extra}", f"没有装，{loss}", f'需要时运行 pip install "guatu[{extra}]"')
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        yield wrong("时区资料", "没有 Asia/Shanghai", "运行 pip install tzdata")


def fonts() -> Iterator[Finding]:
    """A Chinese font for pages that are printed."""
    lister = shutil.which("fc-list")
    listed = subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout if lister else b""
    if listed.strip():
        yield good("中文字体", f"系统里有 {len(listed.splitlines())} 种")
    elif any(Path("C:/Windows/Fonts").glob("sim*.tt?")):
        yield good("中文字体", "系统自带")
    elif find_spec("pylopdf_fonts_zh_cn"):
        yield good("中文字体", "用随 guatu 安装的思源字体")
    else:
        remedy = "装仿宋、小标宋，或运行 apt-get install fonts-noto-cjk"
        yield wrong("中文字体", "没有，打印出来会是空框", remedy)


def clock(newest: datetime | None) -> Iterator[Finding]:
    """The machine's clock, against the newest thing that is known to have happened."""
    now = datetime.now(UTC)
    if now.year < FIRST_YEAR:
        yield wrong("电脑时钟", f"是 {now:%Y-%m-%d}，不可能", "校准时钟，打开自动对时")
    elif newest is not None and newest > now:
        words = f"比留痕最后一笔（{newest:%Y-%m-%d %H:%M}）还早，新的改动一笔也记不进去"
        yield wrong("电脑时钟", words, "校准时钟，打开自动对时")
    else:
        yield good("电脑时钟", f"{now.astimezone():%Y-%m-%d %H:%M}")


def holidays(day: date) -> Iterator[Finding]:
    """Whether working days can be counted this year."""
    try:
        Calendar.official().is_worked(day)
        yield good("放假安排", f"{day.year} 年已录入")
    except GuatuError:
        yield wrong("放假安排", f"{day.year} 年没有录入，工作日期限算不出", "升级 guatu，或录入国务院办公厅当年的通知")


def folder(place: Path) -> Iterator[Finding]:
    """The folder: whether one can write there, who else can read the key, how much room is left, what it lies on."""
    try:
        with tempfile.TemporaryFile(dir=place):
            yield good("工作区文件夹", f"{place.resolve()} 可以写")
    except OSError as error:
        yield wrong(
            "工作区文件夹", f"{place.resolve()} 写不进去（{error.strerror}）", "把文件夹的所有者改成运行 guatu 的账号"
        )
    key = place / ".secret-key"
    if sys.platform != "win32" and key.exists() and key.stat().st_mode & 0o077:
        yield wrong(
            "会话密钥", "别的账号也能读 .secret-key，可以冒充登录", "运行 chmod 600 .secret-key，再删去它重启一次"
        )
    free = shutil.disk_usage(place).free
    words = f"剩 {free / 2**30:.1f} GB"
    if free < SCARCE:
        yield wrong("磁盘", f"{words}，随时会写满", "清理磁盘，或换一块")
    elif free < LITTLE:
        yield hint("磁盘", words, "早些清理")
    else:
        yield good("磁盘", words)
    kind = filesystem_of(place)
    if kind in NETWORK and (place / "guatu.sqlite3").exists():
        yield wrong("数据库位置", f"SQLite 放在网络盘（{kind}）上，会损坏", "把工作区移到本机磁盘，或改用 PostgreSQL")


def filesystem_of(place: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The kind of file system a folder lies on, empty where the system does not tell."""
    if not mounts.exists():
        return ""
    found, here = "", place.resolve()
    longest = -1
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) > 2 and here.is_relative_to(parts[1]) and len(parts[1]) > longest:
            longest, found = len(parts[1]), parts[2]
    return found
