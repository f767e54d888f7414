"""A reading beside its text: one self-contained HTML page, source left with every field marked, fields right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise

from guatu.read.forms.extract import Place
from guatu.read.plan import Plan
from guatu.read.side_fields import fields_of

Mark = tuple[int, int, str, str]  # first, last, class, id of the entry it belongs to


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source under one set of marks: where it starts, its words, the marks, which entries begin here.

    line: the printed line that starts here, where the form has pages.
    """

    first: int
    words: str
    marks: tuple[Mark, ...]
    begins: tuple[str, ...]
    line: Place | None = None


_LEGEND = {"h": "文件", "t": "目标", "v": "数值", "k": "任务", "u": "责任单位", "m": "措施", "n": "有提示"}
_UNSURE = 0.8  # below this score a recognised line is to be compared with the picture


def html_page(plan: Plan, text: str, places: Sequence[Place] = ()) -> str:
    """The page for a plan and the text it was read from; no script, nothing fetched, light and dark.

    places: the printed lines of the text; where the form has pages, each shows its page and the recogniser's score.
    """
    title = escape(plan.head.title or "通知")
    legend = "".join(f'<mark class="{kind}">{words}</mark>' for kind, words in _LEGEND.items())
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_style()}</style><header><h1>{title}</h1><p>{legend}</p></header><main>"
        f'<article aria-label="原文" tabindex="0">{_source(plan, text, places)}</article>'
        f'<section aria-label="读出的内容" tabindex="0">{"".join(fields_of(plan))}</section></main></html>\n'
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("side_by_side.css").read_text(encoding="utf-8")


def _marks(plan: Plan) -> Iterator[Mark]:
    for name, (first, last) in plan.head.spans.items():
        yield first, last, "h", f"h-{name}"
    for target in plan.targets:
        for name, (first, last) in target.spans.items():
            yield (
                first,
                last,
                "t" if name == "text" else "v" if name in ("value", "stretch", "reference") else "",
                target.id,
            )
    for task in plan.tasks:
        for name, (first, last) in task.spans.items():
            kind = {"title": "k", "units": "u"}.get(name, "")
            if kind:
                yield first, last, kind, task.id
    for measure in plan.measures:
        yield *measure.span, "m", measure.id
    for order, note in enumerate(plan.notes, 1):
        if note.span:
            yield *note.span, "n", f"N{order}"


def _line(line: Place) -> str:
    """Page and score of a printed line, in the margin."""
    score = "" if line.score is None else f" {line.score:.2f}"
    unsure = ' class="low"' if line.score is not None and line.score < _UNSURE else ""
    return f"<small{unsure}>{line.page}页{score}</small>"


def _source(plan: Plan, text: str, places: Sequence[Place]) -> str:
    """The text with every field marked, and an anchor where each entry first stands."""
    found: list[str] = []
    for piece in pieces(plan, text, places):
        if piece.line is not None:
            found.append(_line(piece.line))
        anchors = "".join(f'<a id="{escape(name)}"></a>' for name in piece.begins)
        classes = " ".join(dict.fromkeys(mark[2] for mark in piece.marks if mark[2]))
        words = escape(piece.words)
        found.append(anchors + (f'<mark class="{classes}">{words}</mark>' if classes else words))
    return "".join(found)


def pieces(plan: Plan, text: str, places: Sequence[Place] = ()) -> Iterator[Piece]:
    """The text cut at the ends of marks and at printed lines, each piece with all marks over it."""
    marks = sorted(mark for mark in _marks(plan) if 0 <= mark[0] < mark[1] <= len(text))
    printed = {line.first: line for line in places if 0 <= line.first < len(text)}
    cuts = sorted({0, len(text), *printed, *(place for mark in marks for place in mark[:2])})
    placed: set[str] = set()
    open_marks: list[Mark] = []
    waiting = iter(marks)
    following = next(waiting, None)
    for first, last in pairwise(cuts):
        while following is not None and following[0] <= first:
            open_marks.append(following)
            following = next(waiting, None)
        open_marks = [mark for mark in open_marks if mark[1] > first]
        names = [mark[3] for mark in open_marks if mark[0] == first and mark[3] not in placed]
        placed.update(names)
        yield Piece(first, text[first:last], tuple(open_marks), tuple(dict.fromkeys(names)), printed.get(first))
