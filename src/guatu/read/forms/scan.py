"""Scanned pages and pictures: recognised by RapidOCR (extra ``ocr``), with its own confidence for every line."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any
from warnings import catch_warnings

from guatu.errors import ReadError
from guatu.read.forms import faults, printed, recognised
from guatu.read.forms.extract import Extract
from guatu.read.forms.printed import Line

RESOLUTION = 200  # [dpi]; what the recogniser was tried at
MOST_PIXELS = 120_000_000
MOST_FRAMES = 60
_LONGEST = 2600  # [pixel]; a page of A4 at 200 dpi and a little more; larger pictures are reduced
_SETTINGS = {
    "Det.unclip_ratio": 2.0,  # the boxes' margin: with the default a whole line was cut too tight and lost
    "Global.text_score": 0.3,  # doubtful lines are kept, and noted, rather than dropped
    "Global.log_level": "critical",
}


def available() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "PIL"))


def read(data: bytes, name: str) -> Extract:
    """The text of a picture; raises ReadError: G-READ-20 damaged, 22 too large, 24 without text, 25 no extra."""
    if not available():
        raise faults.needs_extra(name, "图片和扫描件", "ocr")
    lines = [line for number, page in enumerate(_frames(data, name), 1) for line in lines_of(page, number)]
    if not lines:
        raise faults.without_text(name, "图片")
    return text_of(lines)


def text_of(lines: Sequence[Line]) -> Extract:
    """The text of recognised lines, letters restored, with notes on what a person should compare with the scan."""
    return recognised.checked(printed.text_of(lines), printed.without_furniture(lines))


def _frames(data: bytes, name: str) -> Iterator[Any]:
    from PIL import Image  # type: ignore[import-not-found, unused-ignore]

    try:
        with catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > MOST_FRAMES:
                raise faults.too_long(name, frames, MOST_FRAMES)
            for index in range(frames):
                image.seek(index)
                if image.width * image.height > MOST_PIXELS:
                    raise faults.unsafe(name, f"图片有 {image.width}×{image.height} 个像素")
                yield image.convert("RGB")
    except ReadError:
        raise
    except Exception as error:  # decoders of pictures fail in a dozen ways on broken ones
        raise faults.damaged(name, "图片", error) from error


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return RapidOCR(params=_SETTINGS)


def lines_of(page: Any, number: int) -> list[Line]:
    """The recognised lines of a page picture, its slant taken out, from top to bottom."""
    import numpy  # type: ignore[import-not-found, unused-ignore]

    if (longest := max(page.size)) > _LONGEST:
        scale = _LONGEST / longest
        page = page.resize((max(1, int(page.width * scale)), max(1, int(page.height * scale))))
    result = _engine()(numpy.asarray(page.convert("RGB"))[:, :, ::-1])
    if result.txts is None or result.boxes is None:
        return []
    boxes = [[(float(x), float(y)) for x, y in box] for box in result.boxes]
    slant = _slant(boxes)
    pieces = [
        _upright(box, words, float(score), slant, page.height, number)
        for box, words, score in zip(boxes, result.txts, result.scores, strict=True)
        if words.strip()
    ]
    return printed.in_rows(pieces)


def _slant(boxes: list[list[tuple[float, float]]]) -> float:
    """The angle of the lines [rad], as most long boxes have it."""
    angles = [
        math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0])
        for box in boxes
        if box[1][0] - box[0][0] > 8 * abs(box[3][1] - box[0][1])
    ]
    return median(angles) if angles else 0.0


def _upright(box: list[tuple[float, float]], words: str, score: float, slant: float, height: int, number: int) -> Line:
    cos, sin = math.cos(slant), math.sin(slant)
    turned = [((x * cos + y * sin) / height, (y * cos - x * sin) / height) for x, y in box]
    left, right = (turned[0][0] + turned[3][0]) / 2, (turned[1][0] + turned[2][0]) / 2
    top, bottom = (turned[0][1] + turned[1][1]) / 2, (turned[2][1] + turned[3][1]) / 2
    return Line(words.strip(), left, top, right, bottom, number, score)
