"""A drawing of a page as a file to be saved: SVG as it stands, or PNG of it; always with where and when it is from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse

from guatu.office.views.answers import attached
from guatu.report.drawing import picture

KINDS = ("svg", "png")


def said_of(shot: Mapping[str, Any]) -> dict[str, Any]:
    """The line under a drawing and whether it carries the demo mark."""
    source = f"{shot['city']}　数据版本 {shot['data_version'] or '无'}　按 {shot['as_of']} 所知"
    return {"source": source, "demo": shot["demo"]}


def file(kind: str, words: str, name: str) -> HttpResponse:
    """The drawing under a Chinese name; any other kind than svg and png is not found."""
    if kind not in KINDS:
        raise Http404("图只有 svg 和 png")
    return attached(words.encode() if kind == "svg" else picture(words), f"{name}.{kind}")
