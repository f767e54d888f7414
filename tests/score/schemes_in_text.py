"""Small schemes in text, for tests."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from guatu.score import Fact, Facts, define
from guatu.score.scheme import Scheme

HEAD = """[scheme]
id = "t"
title = "试"
since = 2021-01-01
period = "2021"
subjects = "counties"
source = "试"
confidence = "D"
"""


def one_item(
    rule: str, *, points: str = "10", facts: str = "", more: str = "", head: str = "", rest: str = ""
) -> Scheme:
    """A scheme of one item; facts of hand are declared by their names."""
    declared = ", ".join(f'"{name}" = {{ from = "hand" }}' for name in facts.split())
    return define(
        f'{HEAD}full = {points}\n{head}\n[[item]]\nid = "A"\ntitle = "甲"\npoints = {points}\n'
        f'scored_by = ["办"]\nrule = {rule}\nfacts = {{ {declared} }}\n{more}\n{rest}',
        "t.toml",
    )


def facts_of(**named: Any) -> Facts:
    """Facts of the item A of the county 甲县, numbers as given."""
    return Facts({"甲县": {"A": {name: _fact(value) for name, value in named.items()}}})


def _fact(value: Any) -> Fact:
    return value if isinstance(value, Fact) else Fact(Fraction(str(value)), settled=True)
