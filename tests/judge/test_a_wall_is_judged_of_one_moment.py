"""While a wall is judged the files are asked once; before and after, each time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from guatu.base.still import once, still


@pytest.fixture
def ticking() -> Iterator[object]:
    source = count(1)
    yield once(lambda name, day=None: (name, day, next(source)))


def test_asked_each_time_without_a_wall(ticking) -> None:  # type: ignore[no-untyped-def]
    assert [ticking("a")[2], ticking("a")[2]] == [1, 2]


def test_asked_once_within_and_anew_after(ticking) -> None:  # type: ignore[no-untyped-def]
    with still():
        first = ticking("a", day=3)
        with still():
            assert ticking("a", day=3) == first
        assert ticking("a", day=3) == first
        assert ticking("a", day=4) != first and ticking("b", day=3) != first
    assert ticking("a", day=3) != first
    with still():
        assert ticking("a", day=3) != first


def test_a_fault_is_not_remembered() -> None:
    answers = iter([ValueError("broken"), None])

    @once
    def read(_name: str) -> str:
        if (fault := next(answers)) is not None:
            raise fault
        return "whole"

    with still():
        with pytest.raises(ValueError, match="broken"):
            read("a")
        assert read("a") == "whole"


def test_what_is_remembered_ends_with_a_fault(ticking) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError), still():
        first = ticking("a")
        raise KeyError("a")
    assert ticking("a") != first
