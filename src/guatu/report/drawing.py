"""Charts for print: black on white, told apart by stroke and mark and not by colour, every bar with its number."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path

import typst

from guatu.report.paper import Chart, Number
from guatu.report.words import NOTHING

WIDE = 156.0  # [mm], the type area of the page
BAR, LINES = 8.0, 62.0  # [mm] height of a bar with its gap, of a chart of lines
LEFT, RIGHT, FOOT, TOP = 34.0, 22.0, 8.0, 8.0
SIZE = 3.4  # [mm] of the words
FACES = "Noto Sans SC, Noto Sans CJK SC, SimHei, 黑体"
STROKES = ("", "2.2 1.4", "0.6 1.2")
FILLS = ("#000000", "#ffffff", "#8c8c8c")
PPI = 220.0


def svg_of(chart: Chart) -> str:
    """The chart as SVG, in millimetres of the printed page."""
    return _bars(chart) if chart.kind == "bars" else _lines(chart)


def png_of(chart: Chart) -> bytes:
    """The chart as a picture for Word; the same chart gives the same bytes."""
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n{embedded(chart)}"
    made: bytes = typst.compile(source.encode(), font_paths=_fonts(), format="png", ppi=PPI)
    return made


def picture(svg: str, wide: float = WIDE) -> bytes:
    """Any drawing as PNG, so wide on paper [mm]; the same drawing gives the same bytes."""
    words = svg.replace("\\", "\\\\").replace('"', '\\"')
    page = "#set page(width: auto, height: auto, margin: 0pt)\n"
    image = f'#image(bytes("{words}"), format: "svg", width: {wide}mm)'
    made: bytes = typst.compile((page + image).encode(), font_paths=_fonts(), format="png", ppi=PPI)
    return made


def embedded(chart: Chart, alt: str = "") -> str:
    """The chart as an image in the typesetter's own language; alt: what it shows, in words."""
    words = svg_of(chart).replace("\\", "\\\\").replace('"', '\\"')
    return f'#image(bytes("{words}"), format: "svg", width: {WIDE}mm, alt: "{alt}")'


def height_of(chart: Chart) -> float:
    """How high the chart stands [mm]."""
    return TOP + BAR * len(chart.labels) + 2 if chart.kind == "bars" else LINES


@cache
def bundled() -> Path | None:
    """The folder of the fonts that come with the office part, if it is installed."""
    try:
        return Path(str(import_module("pylopdf_fonts_zh_cn").__file__)).parent
    except ImportError:
        return None


@cache
def _fonts() -> typst.Fonts:
    folder = bundled()
    return typst.Fonts(font_paths=[folder] if folder else [], include_system_fonts=True)


def _bars(chart: Chart) -> str:
    """One bar a label from zero, its number at its end; a place without a figure says so."""
    values = [_value(one) for one in chart.series[0].values]
    most = max([value for value in values if value is not None] + [_limit(chart) or Decimal(0), Decimal(1)])
    room = Decimal(str(WIDE - LEFT - RIGHT))
    parts = [_words(WIDE, TOP - 3.5, f"单位：{chart.unit}", "end")] if chart.unit else []
    for at, (label, number, value) in enumerate(zip(chart.labels, chart.series[0].values, values, strict=True)):
        y = TOP + at * BAR
        parts.append(_words(LEFT - 2, y + 4.6, label, "end"))
        if value is None or number is None:
            parts.append(_words(LEFT + 2, y + 4.6, "无数据"))
            continue
        long = round(float(max(value, Decimal(0)) * room / most), 2)
        parts.append(f'<rect x="{LEFT}" y="{y + 1.2:.2f}" width="{long}" height="{BAR - 3}" fill="#9a9a9a" '
                     f'stroke="#000" stroke-width="0.2"/>')  # fmt: skip
        parts.append(_words(LEFT + long + 1.5, y + 4.6, number.text))
    parts.append(_stroke(LEFT, TOP, LEFT, TOP + BAR * len(values), 0.3))
    limit = _limit(chart)
    if limit is not None and chart.limit is not None:
        x = round(LEFT + float(limit * room / most), 2)
        parts.append(_stroke(x, TOP - 1, x, TOP + BAR * len(values), 0.4, "1.6 1"))
        parts.append(_words(x, TOP - 2, f"{chart.limit[0]}{chart.limit[1]}", "middle"))
    return _whole(parts, height_of(chart))


def _lines(chart: Chart) -> str:
    """One line a series over the labels; a gap where there is no figure; the axis begins at zero."""
    told = [_value(one) for series in chart.series for one in series.values]
    values = [value for value in told if value is not None]
    limit = _limit(chart)
    most = max([*values, limit or Decimal(0), Decimal(1)])
    step = _step(most)
    top = step * (most / step).to_integral_value(ROUND_CEILING)
    wide, high = WIDE - 14 - 6, LINES - FOOT - TOP - 6
    across = [14 + wide * (at + 0.5) / max(len(chart.labels), 1) for at in range(len(chart.labels))]

    def level(value: Decimal) -> float:
        return round(TOP + 6 + high * float(1 - value / top), 2)

    parts = [_words(14, TOP + 2, f"单位：{chart.unit}")] if chart.unit else []
    for k in range(int(top / step) + 1):
        y = level(step * k)
        parts += [_stroke(14, y, WIDE - 6, y, 0.15), _words(12.5, y + 1.2, f"{(step * k).normalize():f}", "end")]
    parts += [_words(x, LINES - 3, label, "middle") for x, label in zip(across, chart.labels, strict=True)]
    if limit is not None and chart.limit is not None:
        parts.append(_stroke(14, level(limit), WIDE - 6, level(limit), 0.5, "1.6 1"))
        parts.append(_words(WIDE - 7, level(limit) - 1, f"{chart.limit[0]}{chart.limit[1]}", "end"))
    for at, series in enumerate(chart.series):
        points = [(x, level(value)) for x, one in zip(across, series.values, strict=True)
                  if (value := _value(one)) is not None]  # fmt: skip
        if len(points) > 1:
            joined = " ".join(f"{x:.2f},{y}" for x, y in points)
            dashes = f' stroke-dasharray="{STROKES[at]}"' if STROKES[at] else ""
            parts.append(f'<polyline points="{joined}" fill="none" stroke="#000" stroke-width="0.5"{dashes}/>')
        parts += [f'<circle cx="{x:.2f}" cy="{y}" r="1" fill="{FILLS[at]}" stroke="#000" stroke-width="0.4"/>'
                  for x, y in points]  # fmt: skip
        x = 60 + 32 * at
        dashes = f' stroke-dasharray="{STROKES[at]}"' if STROKES[at] else ""
        parts.append(f'<line x1="{x}" y1="{TOP + 1}" x2="{x + 9}" y2="{TOP + 1}" stroke="#000" '
                     f'stroke-width="0.5"{dashes}/>')  # fmt: skip
        parts.append(f'<circle cx="{x + 4.5}" cy="{TOP + 1}" r="1" fill="{FILLS[at]}" stroke="#000" '
                     'stroke-width="0.4"/>')  # fmt: skip
        parts.append(_words(x + 11, TOP + 2.2, series.name))
    return _whole(parts, LINES)


def _step(most: Decimal) -> Decimal:
    """A round step that gives the axis four to six lines."""
    step = Decimal("0.1")
    while True:
        for times in (1, 2, 5):
            if most / (step * times) <= 5:
                return step * times
        step *= 10


def _value(number: Number | None) -> Decimal | None:
    return None if number is None or number.text == NOTHING else Decimal(number.text)


def _limit(chart: Chart) -> Decimal | None:
    return Decimal(chart.limit[1]) if chart.limit else None


def _words(x: float, y: float, words: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FACES}" font-size="{SIZE}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def _stroke(x1: float, y1: float, x2: float, y2: float, wide: float, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="#000" stroke-width="{wide}"{dashed}/>'
    )


def _whole(parts: list[str], high: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}mm" height="{high}mm" '
        f'viewBox="0 0 {WIDE} {high}">{"".join(parts)}</svg>'
    )
