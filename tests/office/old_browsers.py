"""What Chromium 86 does not know, as a list: each feature with the first version that knows it and how it is written.

Read statically, not run: no such browser is at hand. Versions from the MDN browser compatibility data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FLOOR = 86


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of CSS or JavaScript: its name, the Chromium that first had it, how it is recognised."""

    name: str
    since: int
    sign: str


CSS = (
    Feature(":has()", 105, r":has\("),
    Feature(":is()", 88, r":is\("),
    Feature(":where()", 88, r":where\("),
    Feature(":not() with a list", 88, r":not\([^)]*,"),
    Feature(":user-valid", 119, r":user-(?:in)?valid"),
    Feature("color-mix()", 111, r"color-mix\("),
    Feature("oklch(), lab(), lch()", 111, r"\b(?:oklch|oklab|lab|lch)\("),
    Feature("light-dark()", 123, r"light-dark\("),
    Feature("nesting", 112, r"(?m)^\s*&"),
    Feature("@container", 105, r"@container"),
    Feature("@layer", 99, r"@layer"),
    Feature("@property", 85, r"@property"),
    Feature("@scope", 118, r"@scope"),
    Feature("@starting-style", 117, r"@starting-style"),
    Feature("aspect-ratio", 88, r"(?<![\w-])aspect-ratio\s*:"),
    Feature("inset", 87, r"(?<![\w-])inset(?:-block|-inline)?\s*:"),
    Feature(
        "margin-inline, padding-block and fellows as one", 87, r"(?<![\w-])(?:margin|padding)-(?:inline|block)\s*:"
    ),
    Feature("dvh, svh, lvh", 108, r"\d(?:dvh|svh|lvh|dvw|svw|lvw)\b"),
    Feature("subgrid", 117, r"\bsubgrid\b"),
    Feature("content-visibility", 85, r"content-visibility"),
    Feature("accent-color", 93, r"accent-color"),
    Feature("color-scheme", 81, r"(?<![\w-])color-scheme\s*:"),
    Feature("overflow: clip", 90, r"overflow(?:-[xy])?\s*:\s*clip"),
    Feature("scrollbar-width, scrollbar-gutter", 121, r"scrollbar-(?:width|gutter|color)"),
    Feature("text-wrap", 114, r"text-wrap"),
    Feature("individual transforms", 104, r"(?<![\w-])(?:rotate|scale|translate)\s*:"),
    Feature("media ranges", 104, r"@media[^{]*[<>]"),
    Feature("scroll-timeline", 115, r"(?:scroll|view|animation)-timeline"),
    Feature("print-color-adjust without prefix", 136, r"(?<![\w-])print-color-adjust"),
    Feature("field-sizing", 123, r"field-sizing"),
)
JS = (
    Feature("Array.at", 92, r"\.at\(-?\d"),
    Feature("Object.hasOwn", 93, r"Object\.hasOwn\("),
    Feature("structuredClone", 98, r"structuredClone\("),
    Feature("findLast", 97, r"\.findLast(?:Index)?\("),
    Feature("toSorted, toReversed, with", 110, r"\.to(?:Sorted|Reversed|Spliced)\("),
    Feature("groupBy", 117, r"\.groupBy\("),
    Feature("replaceAll", 85, r"\.replaceAll\("),
    Feature("Promise.any", 85, r"Promise\.any\("),
    Feature("Promise.withResolvers", 119, r"withResolvers\("),
    Feature("private methods", 84, r"(?m)^\s+#\w+\s*\("),
    Feature("static blocks", 94, r"\bstatic\s*\{"),
    Feature("class fields in", 91, r"#\w+ in "),
    Feature("regexp v flag", 112, r"/[gimsuy]*v[gimsuy]*\.(?:test|exec)"),
    Feature("Intl.Segmenter", 87, r"Intl\.Segmenter"),
    Feature("dialog popover", 114, r"showPopover\(|popovertarget"),
    Feature("crypto.randomUUID", 92, r"randomUUID\("),
    Feature("AbortSignal.timeout", 103, r"AbortSignal\.(?:timeout|any)\("),
    Feature("startViewTransition", 111, r"startViewTransition"),
    Feature("scrollend", 114, r"scrollend"),
    Feature("error cause", 93, r"new Error\([^)]*cause\s*:"),
    Feature("top-level await", 89, r"(?m)^await "),
    Feature("import maps", 89, r'type="importmap"'),
)
GRACEFUL = {
    "accent-color": "a tick box keeps the browser's own colour",
    "scrollbar-width, scrollbar-gutter": "a bar is shown",
    "print-color-adjust without prefix": "written with -webkit- beside it",
    "margin-inline, padding-block and fellows as one": "the browser's own margin stays",
    ":is()": "only in rules that merely decorate",
    "startViewTransition": "htmx asks whether it is there before it calls it",
}
"""Features a page does without: what an old browser shows instead."""


def _bare(text: str) -> str:
    """Without comments and strings, in which anything may be written."""
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)


def used(text: str, features: tuple[Feature, ...]) -> Iterator[Feature]:
    """The features of a list that a file uses and that came after the floor."""
    bare = _bare(text)
    for feature in features:
        if feature.since > FLOOR and re.search(feature.sign, bare):
            yield feature


def flex_gaps(text: str) -> list[str]:
    """Rules that set a gap where they set a flex box: known since 84, but a grid gap is written grid-gap here."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", _bare(text))
    return [
        head.strip()
        for head, body in rules
        if re.search(r"display\s*:\s*(?:inline-)?flex", body) and re.search(r"(?<![\w-])gap\s*:", body)
    ]
