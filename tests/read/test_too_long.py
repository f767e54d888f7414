"""A file that is text but no notice is refused before it is read."""

from pathlib import Path

import pytest

from guatu.errors import ReadError
from guatu.read import read_notice


def test_a_text_longer_than_any_notice_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "日志.txt"
    path.write_text("一、目标。\n" * 60_000, encoding="utf-8")
    with pytest.raises(ReadError) as refused:
        read_notice(path)
    assert refused.value.codes == ("G-READ-06",)
