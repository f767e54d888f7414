"""The vocabulary of schemes as data: which kinds there are and what each takes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """One kind: its Chinese name, the parameters it needs and those it may have, each with its type."""

    kind: str
    title: str
    needed: Mapping[str, str]
    may: Mapping[str, str]

    @property
    def params(self) -> Mapping[str, str]:
        """Every parameter with its type."""
        return {**self.needed, **self.may}


@cache
def vocabulary() -> Mapping[str, Mapping[str, Word]]:
    """``score modifier compose source`` → kind → word."""
    document = tomllib.loads(files("guatu.score").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
    return {room: {one["kind"]: _word(one) for one in words} for room, words in document.items() if room != "titles"}


@cache
def titles() -> Mapping[str, str]:
    """What facts are called in sentences where a scheme gives them no title."""
    text = files("guatu.score").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    found: Mapping[str, str] = tomllib.loads(text)["titles"]
    return found


def _word(said: Mapping[str, Any]) -> Word:
    return Word(said["kind"], said["title"], said.get("needed", {}), said.get("may", {}))
