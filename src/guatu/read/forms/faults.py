"""The faults of forms, one function each: what is wrong with a file, and what to do."""

from __future__ import annotations

from guatu.errors import ReadError


def damaged(name: str, kind: str, error: object = "") -> ReadError:
    """The bytes begin like the form, but cannot be taken apart."""
    return ReadError.of(
        f"{name}: damaged {kind}: {error}",
        "G-READ-20",
        name,
        f"这份{kind}打不开或不完整",
        "读出来会缺字缺段",
        "用原软件打开确认后另存一份，或重新下载再读",
    )


def locked(name: str, kind: str) -> ReadError:
    """The file asks for a password."""
    return ReadError.of(
        f"{name} is encrypted", "G-READ-21", name, f"这份{kind}设了密码", "内容无法读出", "去掉密码后另存再读"
    )


def unsafe(name: str, what: str) -> ReadError:
    """The file unpacks to more than a document can hold, or carries entity declarations."""
    return ReadError.of(
        f"{name} refused: {what}",
        "G-READ-22",
        name,
        what,
        "正常的公文不会这样，展开它可能拖垮机器",
        "核对文件来源，另存一份再读",
    )


def too_long(name: str, pages: int, most: int) -> ReadError:
    """More pages than are read at a time."""
    return ReadError.of(
        f"{name} has {pages} pages",
        "G-READ-23",
        name,
        f"有 {pages} 页，超过 {most} 页",
        "一份通知不会这么长，多半选错了文件",
        "只留下通知正文的页再读",
    )


def without_text(name: str, kind: str) -> ReadError:
    """The file is whole, but no word was found in it."""
    return ReadError.of(
        f"{name}: no text found",
        "G-READ-24",
        name,
        f"这份{kind}里没有找到文字",
        "没有内容可读",
        "确认它不是空白件；若正文是图片，换成清晰的扫描件或文字版",
    )


def needs_extra(name: str, kind: str, extra: str) -> ReadError:
    """An optional part of guatu is not installed."""
    return ReadError.of(
        f"{name} needs the extra '{extra}'",
        "G-READ-25",
        name,
        f"读{kind}的组件没有安装",
        "缺了它读不出文字",
        f"运行 pip install 'guatu[{extra}]' 后再读",
    )


def needs_office(name: str, kind: str) -> ReadError:
    """An old binary form, and no LibreOffice on this machine."""
    return ReadError.of(
        f"{name} needs LibreOffice to be converted",
        "G-READ-26",
        name,
        f"{kind}要靠 LibreOffice 转换，本机没有找到",
        "它的格式不能直接读",
        "用 WPS 或 Word 另存为 .docx 再读，或安装 LibreOffice",
    )


def not_converted(name: str, kind: str, seconds: int | None = None) -> ReadError:
    """LibreOffice gave nothing, or not in time."""
    what = f"LibreOffice 在 {seconds} 秒内没有转换完这份{kind}" if seconds else f"LibreOffice 没能转换这份{kind}"
    return ReadError.of(
        f"{name}: conversion failed",
        "G-READ-27",
        name,
        what,
        "没有得到文字",
        "用 WPS 或 Word 打开确认它能读，再另存为 .docx",
    )


def not_read(name: str, kind: str) -> ReadError:
    """A form guatu knows by its bytes, but does not read."""
    return ReadError.of(
        f"{name}: {kind} is not read",
        "G-READ-28",
        name,
        f"这是{kind}，不在能读的格式之内",
        "没有内容可读",
        "取出或另存为 txt、docx、xlsx、pdf、ofd、html 再读",
    )


def misnamed(name: str, kind: str, endings: str) -> ReadError:
    """The bytes are of one form, the ending says another."""
    return ReadError.of(
        f"{name} holds {kind}",
        "G-READ-04",
        name,
        f"内容其实是{kind}，与文件名不符",
        "可能是拿错了文件，也可能在传送中改了名",
        f"核对后把扩展名改为 {endings} 再读",
    )
