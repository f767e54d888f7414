"""The number a raw line opens with, whatever its brackets and spaces."""

from __future__ import annotations

import re

from guatu.read import labels

_FULL = str.maketrans("()．﹒", "（）..")


def label_of(line: str) -> labels.Label | None:
    """The label of a line as it was extracted; its length counts the line's own characters."""
    head = line[:40]
    plain = re.sub(r"\s", "", head).translate(_FULL)
    label = labels.of(plain)
    if label is None:
        return None
    length = seen = 0
    while seen < label.length:
        seen += not head[length].isspace()
        length += 1
    return labels.Label(label.scheme, label.text, label.number, length)
