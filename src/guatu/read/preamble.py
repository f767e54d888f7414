"""Headings of general words (总体要求, 指导思想), under which nobody is asked to do anything."""

from __future__ import annotations

import re

from guatu.read.layout import Page
from guatu.read.outline import Node

_PREAMBLE = re.compile(r"(?:总体|指导|基本|工作)(?:要求|思想|思路|原则|目标|考虑)$")


def is_preamble(page: Page, node: Node) -> bool:
    """Whether a heading, or one above it, opens with general words (总体要求, 指导思想), not duties."""
    return any(_PREAMBLE.match(page.text[above.title[0] : above.title[1]]) for above in node.above)
