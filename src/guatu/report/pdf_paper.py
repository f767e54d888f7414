"""A paper as PDF/A by typst: the page of GB/T 9704, every number a link to the list of where the numbers come from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

import typst

from guatu.errors import GuatuError
from guatu.report.columns import widths
from guatu.report.docx_paper import ANNEX_WORD, day_words, made_of_words
from guatu.report.drawing import bundled, embedded
from guatu.report.duty_sheet import DEMO
from guatu.report.naming import opened_by, words_of
from guatu.report.paper import Block, Chart, Grid, Heading, Number, Paper, Para, Runs

# An office's own fonts go first, in this order; what every machine has with guatu's office part stands last.
BODY = ("FangSong_GB2312", "FangSong", "仿宋_GB2312", "仿宋", "Noto Serif SC", "Noto Serif CJK SC")
HEAD = ("SimHei", "黑体", "Noto Sans SC", "Noto Sans CJK SC")
TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "Noto Serif SC", "Noto Serif CJK SC")
STANDARD: Literal["a-2b"] = "a-2b"
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\#$*_`<>@[]~=-+/'\""})


def pdf_of(paper: Paper, fonts: Path | None = None) -> bytes:
    """The PDF/A-2b file; the same paper gives the same bytes. fonts: a folder of the office's own fonts.

    Raises GuatuError (G-REPORT-06) where no font with Chinese characters is at hand: nothing is substituted unseen.
    """
    folders = [folder for folder in (fonts, bundled()) if folder is not None]
    known = typst.Fonts(font_paths=folders, include_system_fonts=True)
    there = set(known.families())
    faces = {name: [one for one in wanted if one in there] for name, wanted in _WANTED.items()}
    if not all(faces.values()):
        raise GuatuError.of(
            "no Chinese font", "G-REPORT-06", "PDF", "没有可用的中文字体", "缺字的文件不能用",
            "装 fonts-noto-cjk，或把仿宋、黑体、小标宋放进一个文件夹，用 --fonts 指明",
        )  # fmt: skip
    made: bytes = typst.compile(
        _source(paper, faces).encode(), font_paths=known, format="pdf", pdf_standards=STANDARD,
        timestamp=int(datetime(paper.as_of.year, paper.as_of.month, paper.as_of.day).timestamp()),
    )  # fmt: skip
    return made


_WANTED = {"body": BODY, "head": HEAD, "title": TITLE}


def _source(paper: Paper, faces: dict[str, list[str]]) -> str:
    """The document in typst's own language."""
    fonts = {name: "(" + ", ".join(f'"{one}"' for one in found) + ",)" for name, found in faces.items()}
    margin = "(x: 20mm, y: 15mm)" if paper.dense else "(top: 37mm, bottom: 35mm, left: 28mm, right: 26mm)"
    size, lead = ("12pt", "0.5em") if paper.dense else ("16pt", "0.81em")
    large = "16pt" if paper.dense else "22pt"
    lines = [
        f'#set document(title: [{_said(paper.title)}], author: "guatu")',
        f'#set page(paper: "a4", margin: {margin}, footer: {_FOOT % (2 if paper.form == "letter" else 1)})',
        f'#set text(font: {fonts["body"]}, size: {size}, lang: "zh", region: "cn")',
        f"#set par(justify: true, leading: {lead}, spacing: {lead}, first-line-indent: (amount: 2em, all: true))",
        f'#show heading: set text(font: {fonts["head"]}, size: {size}, weight: "regular")',
        "#show heading: it => par(it.body)",
        *_red(paper, fonts["title"]),
        f"#align(center, text(font: {fonts['title']}, size: {large})[#par(first-line-indent: 0em, justify: false)"
        f"[{_said(paper.title)}]])",
    ]
    lines += [f"#align(center, text(size: 11pt)[{DEMO}])"] if paper.demo else []
    lines += [f"#par(first-line-indent: 0em)[{_said(paper.addressee)}：]"] if paper.addressee else []
    lines += _blocks(paper.blocks, fonts["head"])
    word = ANNEX_WORD[paper.form]
    for at, annex in enumerate(() if paper.dense else paper.annexes, 1):
        count = f"{at}." if len(paper.annexes) > 1 else ""
        lines += [f"{word + '：' if at == 1 else '　　　'}{count}{_said(annex.name)}", ""]
    if paper.sign:
        lines.append(f"#v(1em)#align(right)[{_said(paper.sign)}#h(2em) \\ {day_words(paper.as_of)}#h(2em)]")
    lines += [f"（{_said(paper.contact)}）", ""] if paper.contact else []
    if paper.copy_to:
        lines.append("#line(length: 100%, stroke: 1pt)#text(size: 14pt)[#h(1em)抄送："
                     f"{_said('，'.join(paper.copy_to))}。]#line(length: 100%, stroke: 1pt)")  # fmt: skip
    if paper.form != "letter":
        lines.append(f"#text(size: 10pt)[{_said(made_of_words(paper))}]")
    for at, annex in enumerate(paper.annexes, 1):
        lies = any(getattr(block, "wide", False) for block in annex.blocks)
        name = f"#text(font: {fonts['head']})[{word}{at if len(paper.annexes) > 1 else ''}]"
        body = "\n".join(_blocks(annex.blocks, fonts["head"]))
        turn = ", flipped: true, margin: (top: 28mm, bottom: 26mm, left: 35mm, right: 37mm)" if lies else ""
        if paper.dense:
            lines.append(body)
        else:
            lines.append(f'#page(paper: "a4"{turn})[#par(first-line-indent: 0em)[{name}]\n{body}]')
    lines.append(_sources(paper))
    return "\n".join(lines)


# — 1 — at the outer edge: odd pages right, even pages left, one character in (GB/T 9704-2012 7.5).
_FOOT = (
    "context { set text(size: 14pt); set par(first-line-indent: 0em); let n = counter(page).get().first(); "
    "if n < %d { } else if calc.odd(n) { align(right)[— #n —#h(1em)] } else { align(left)[#h(1em)— #n —] } }"
)


def _red(paper: Paper, title: str) -> list[str]:
    """The red head with its number and line; of a letter the name, the double line and the number at the right."""
    if not paper.head:
        return []
    red, large = 'rgb("#e60012")', min(48.0 if paper.form != "letter" else 36.0, 400 / len(paper.head))
    name = f"#align(center, text(font: {title}, size: {large}pt, fill: {red})[{_said(paper.head)}])"
    if paper.form == "letter":
        rule = f"#pad(x: -7mm)[#line(length: 100%, stroke: 2.5pt + {red})#v(-0.9em)#line(length: 100%, stroke: {red})]"
        return [name, rule, f"#align(right)[{_said(paper.number)}]", "#v(1em)"]
    line = f"#line(length: 100%, stroke: 2.25pt + {red})"
    return ["#v(20mm)", name, "#v(1em)", f"#align(center)[{_said(paper.number)}]", line, "#v(1em)"]


def _blocks(blocks: Sequence[Block], head: str) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                lines.append(f"{'=' * block.level} {_said(block.words)}")
            case Para():
                lines += [_runs(block.runs), ""]
            case Chart():
                shown = f"text(font: {head}, size: 12pt)[{_said(block.caption)}]"
                alt = _said(block.caption).replace('"', "")
                lines.append(f"#block(breakable: false)[#align(center)[{embedded(block, alt)}#{shown}]]")
            case Grid():
                lines.append(_grid(block, head))
    return lines


def _grid(grid: Grid, head: str) -> str:
    columns = ", ".join(f"{one:.1f}fr" for one in widths(grid))
    heads = ", ".join(f"text(font: {head})[{_said(words)}]" for words in grid.heads)
    cells = "\n".join(", ".join(f"[{_runs(cell)}]" for cell in row) + "," for row in grid.rows)
    notes = "".join(f"\n#text(size: 10pt)[注：{_said(words)}]\n" for words in grid.notes)
    return (
        f"#align(center, text(font: {head}, size: 14pt)[{_said(grid.caption)}])\n"
        f"#[#set text(size: 10.5pt)\n#set par(first-line-indent: 0em, justify: false)\n"
        f"#table(columns: ({columns}), stroke: 0.5pt, align: center + horizon, table.header({heads}),\n{cells})]\n"
        f"{notes}"
    )


def _sources(paper: Paper) -> str:
    """The last pages: each number, its name, its address, the other witness."""
    numbers = list(paper.numbers().values())
    if not numbers:
        return ""
    rows = "\n".join(
        f"[{_said(one.text)} <{_label(one.key)}>], [{_said(words_of(one.key))}], "
        f"[{_said(opened_by(one))}], [{_said(one.note)}],"
        for one in numbers
    )
    return (
        "#pagebreak()\n#align(center)[数的来历]\n#[#set text(size: 9pt)\n"
        "#set par(first-line-indent: 0em, justify: false)\n"
        f"#table(columns: (auto, 2fr, 3fr, 3fr), stroke: 0.5pt, table.header([印出], [名称], [地址], [说明]),\n{rows})]"
    )


def _runs(runs: Runs) -> str:
    return "".join(
        f"#link(<{_label(run.key)}>)[{_said(run.text)}]" if isinstance(run, Number) else _said(run) for run in runs
    )


def _label(key: str) -> str:
    """A name for a key that typst takes as one."""
    return "n" + sha256(key.encode()).hexdigest()[:16]


def _said(words: str) -> str:
    """Words as typst prints them, no mark of its language taken for one."""
    return words.translate(_SPECIAL)
