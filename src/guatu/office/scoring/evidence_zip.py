"""The evidence of a sheet as one archive: contents to click, a folder an item, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from guatu.office.scoring.evidence import LACKS, Chapter, Exhibit, Folder, tally
from guatu.report.duty_sheet import DEMO
from guatu.report.plain_table import table_docx, table_xlsx
from guatu.report.same_bytes import packed

HEADS = ("编号", "项目", "材料", "类别", "内容", "谁来补", "文件")
STYLE = (
    "body{font-family:'Source Han Sans SC','Microsoft YaHei',sans-serif;margin:24px auto;max-width:1000px}"
    "table{width:100%;border-collapse:collapse;margin:6px 0 22px}td,th{border:1px solid #b9c4d0;padding:5px 8px;"
    "text-align:left;vertical-align:top;font-size:14px}th{background:#e8eef5}.lacks td{background:#fdeeee}"
    "h2{font-size:17px;margin:18px 0 4px}nav a{margin-right:12px;white-space:nowrap}.demo{color:#a40000}"
)


def archive_of(folder: Folder, made: Callable[[int], object] = int) -> bytes:
    """The zip: 目录.html, 目录.xlsx, 目录.docx, and below a folder an item its numbered files.

    made: told of each file made, for whoever waits.
    """
    files = {}
    for one in folder.exhibits:
        if one.content is not None:
            files[one.file] = one.content()
            made(1)
    rows = rows_of(folder)
    title, notes = title_of(folder), notes_of(folder)
    links = {(at, len(HEADS) - 1): row[-1] for at, row in enumerate(rows) if row[-1]}
    files["目录.html"] = _html(folder).encode()
    files["目录.xlsx"] = table_xlsx(title, HEADS, rows, folder.demo, notes, links)
    files["目录.docx"] = table_docx(title, HEADS, rows, folder.demo, notes)
    return packed(files)


def title_of(folder: Folder) -> str:
    """The heading of the contents."""
    return f"{folder.sheet.subject} {folder.sheet.title} 佐证材料目录"


def notes_of(folder: Folder) -> tuple[str, ...]:
    """Whose sheet, known on which day, how much there is and how much is missing."""
    one = folder.sheet
    return (
        f"{one.subject} {one.total} 分（{one.mark}），按 {one.as_of} 所知；得分表校验值 {one.hash[:12]}",
        f"共 {len(folder.exhibits)} 件：{tally(folder.exhibits)}",
        f"细则版本 {one.sha256[:12]}，数据版本 {one.data_version or '无'}；来信来电人的信息一律不收入",
    )


def rows_of(folder: Folder) -> list[tuple[str, ...]]:
    """The contents, a line an exhibit."""
    return [
        (one.number, f"{chapter.item} {chapter.title}", one.title, one.kind, one.said, one.owes, one.file)
        for chapter in folder.chapters
        for one in chapter.exhibits
    ]


def _html(folder: Folder) -> str:
    head = "".join(f"<p>{escape(words)}</p>" for words in notes_of(folder))
    demo = f'<p class="demo">{DEMO}</p>' if folder.demo else ""
    jumps = "".join(f'<a href="#{escape(one.item)}">{escape(one.item)}</a>' for one in folder.chapters)
    lacking = folder.lacking
    owed = _table(lacking) if lacking else "<p>没有缺的。</p>"
    body = "".join(_chapter(one) for one in folder.chapters)
    title = escape(title_of(folder))
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1>{demo}{head}<nav>{jumps}</nav>"
        f"<h2>还缺的 {len(lacking)} 件</h2>{owed}{body}</body></html>\n"
    )


def _chapter(one: Chapter) -> str:
    return (
        f'<h2 id="{escape(one.item)}">{escape(one.item)} {escape(one.title)}　{one.got} ／ {one.points} 分</h2>'
        f"<p>{escape(one.words)}</p>{_table(one.exhibits)}"
    )


def _table(exhibits: Sequence[Exhibit]) -> str:
    lines = "".join(
        f"<tr{' class=lacks' if one.kind == LACKS else ''}><td>{escape(one.number)}</td><td>{_linked(one)}</td>"
        f"<td>{one.kind}</td><td>{escape(one.said)}</td><td>{escape(one.owes)}</td></tr>"
        for one in exhibits
    )
    return f"<table><tr><th>编号</th><th>材料</th><th>类别</th><th>内容</th><th>谁来补</th></tr>{lines}</table>"


def _linked(one: Exhibit) -> str:
    return f'<a href="{escape(one.file)}">{escape(one.title)}</a>' if one.file else escape(one.title)
