"""Whose sheet is it, and which measure is each row: by hidden key where it survives, else by the measure's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from guatu.act.collection import Asked, Figure, Line, Returned, figure_parts, is_figure, normal, row_key

ALIKE = 0.75  # share of common characters above which two writings of a measure are held to be the same one
APART = 0.1  # and by how much the next best must fall behind
FEWEST = 0.5  # share of a sheet's rows that must be a unit's own before its words alone say whose sheet it is

Everyone = Mapping[str, Sequence[Asked]]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a sheet: candidates (one when it is sure), how it is known, and what spoke against it."""

    candidates: tuple[str, ...]
    how: str
    doubt: str = ""


def sender_of(sheet: Returned, asked: Everyone, period: str) -> Sender:
    """The sender by hidden row keys, hidden sheet, the head's 填报单位 or the rows' words; never by file name."""
    by_key = Counter(sender for line in sheet.lines for sender in _holders(line.raw("key"), asked, period))
    marked = sheet.mark[0] if sheet.mark and sheet.mark[0] in asked else ""
    found = next(iter(dict(by_key.most_common(1))), marked)
    stated = sheet.stated if sheet.stated in asked else ""
    if found and stated and found != stated:
        doubt = f"隐藏的识别码说是{found}的表，表头填报单位写的是{stated}"
        return Sender((found, stated), "识别码与表头不一致", doubt)
    if found:
        return Sender((found,), "按识别码")
    by_words = _by_words(sheet, asked)
    if stated:
        if by_words and stated not in by_words:
            doubt = f"表头填报单位写的是{stated}，表里却是{'、'.join(by_words)}的措施"
            return Sender((stated, *by_words), "表头与措施不一致", doubt)
        return Sender((stated,), "按表头填报单位")
    if len(by_words) == 1:
        return Sender(by_words, "按措施文字")
    doubt = f"没有识别码和填报单位，措施文字像{'、'.join(by_words)}的表" if by_words else "看不出是谁的表"
    return Sender(by_words, "看不出", doubt)


def _holders(key: str, asked: Everyone, period: str) -> Iterator[str]:
    """The senders to whom a hidden row key was given; normally one."""
    measure = key.rpartition("~")[0]
    if measure:
        yield from (sender for sender in asked if row_key(sender, period, measure) == key)


def _by_words(sheet: Returned, asked: Everyone) -> tuple[str, ...]:
    """Senders whose own measures are those of the sheet: all rows theirs, and the nearest in number."""
    said = {normal(line.raw("measure")) for line in sheet.lines if not line.total} - {""}
    scores = []
    for sender, rows in asked.items():
        own = {normal(row.text) for row in rows}
        common = len(said & own)
        if said and common / len(said) > FEWEST:
            scores.append((common * 2 / (len(said) + len(own)), sender))
    best = max((score for score, _ in scores), default=0)
    return tuple(sender for score, sender in scores if score == best)


@dataclass(frozen=True, slots=True)
class Match:
    """What a row was taken for: candidates (one when it is sure), a remark where words differ, a doubt where asked."""

    candidates: tuple[str, ...]
    remark: str = ""
    doubt: str = ""


def match_of(line: Line, sender: str, asked: Everyone, period: str) -> Match:
    """The measure of a row of a sender's sheet."""
    own = {row.measure: row.text for row in asked[sender] if not is_figure(row.measure)}
    if line.figure is not None:
        return _figure_of(line.figure, line.raw("key"), sender, asked, period)
    words = line.raw("measure")
    key = line.raw("key")
    keyed = key.partition("~")[0]
    if keyed in own and key == row_key(sender, period, keyed):
        if normal(words) == normal(own[keyed]):
            return Match((keyed,))
        near = _nearest(words, own)
        if near and near[0] != keyed:
            return Match((keyed, near[0]), doubt=f"识别码是 {keyed}，文字却是 {near[0]} 的")
        return Match((keyed,), remark="措施文字被改过，按原文收") if words else Match((keyed,))
    exact = [measure for measure, text in own.items() if normal(text) == normal(words)]
    if len(exact) == 1:
        return Match((exact[0],))
    if exact:
        return Match(tuple(exact), doubt="本表有几条措施文字相同，分不清是哪一条")
    near = _nearest(words, own)
    if near and len(near) == 1:
        return Match((near[0],), remark=f"措施文字被改过，认作 {near[0]}，按原文收")
    others = [s for s, rows in asked.items() if s != sender and any(normal(r.text) == normal(words) for r in rows)]
    if others:
        return Match((), doubt=f"这一行是{'、'.join(others[:3])}的措施，不是{sender}的")
    return Match(near or (), doubt="措施文字与发出的都对不上" if near is None or not near else "措施文字像几条，分不清")


def _figure_of(figure: Figure, key: str, sender: str, asked: Everyone, period: str) -> Match:
    """A row of figures means what its words say; a hidden key that says otherwise is asked about."""
    own = {row.measure for row in asked[sender]}
    keyed = key.rpartition("~")[0]
    sure = keyed if keyed in own and key == row_key(sender, period, keyed) else ""
    if not figure.means:
        return Match((sure,)) if sure else Match((), doubt="看不出是哪一个数")
    if sure and figure.means != sure:
        choices = tuple(one for one in (sure, figure.means) if one in own)
        return Match(choices, doubt=f"识别码是“{_place(sure)}”的，写的却是“{_place(figure.means)}”")
    if figure.means in own:
        return Match((figure.means,))
    others = [s for s, rows in asked.items() if s != sender and any(r.measure == figure.means for r in rows)]
    if others:
        return Match((), doubt=f"这个数是向{'、'.join(others[:3])}要的，不是{sender}的")
    return Match((), doubt=f"本期没有向{sender}要“{_place(figure.means)}”的这个数")


def _place(name: str) -> str:
    _, place, period = figure_parts(name)
    return f"{place} {period}"


def _nearest(words: str, own: Mapping[str, str]) -> tuple[str, ...] | None:
    """The measure whose words are alike and clearly nearest; several where the nearest are close; none below ALIKE."""
    plain = normal(words)
    if not plain:
        return None
    scores = sorted(
        (
            (SequenceMatcher(None, plain, normal(text), autojunk=False).ratio(), measure)
            for measure, text in own.items()
        ),
        reverse=True,
    )
    best = [(score, measure) for score, measure in scores if score >= ALIKE]
    if not best:
        return None
    return tuple(measure for score, measure in best if best[0][0] - score < APART)
