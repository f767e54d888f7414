"""A file that `guatu compute` cannot read is told in Chinese, without the words of the reading library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guatu.base.table import read_table
from guatu.errors import GuatuError

FILES = {
    "坏.csv": b"a,b\n1,2\n3,4,5\n",
    "引号.csv": b'a,b\n"1,2\n3,4\n',
    "编码.csv": b"a,b\n\x81\xff\xff,1\n",
    "空.csv": b"",
    "坏.xlsx": b"PK\x03\x04 not a workbook",
    "坏.parquet": b"PAR1 not a table",
}


@pytest.mark.parametrize("name", FILES)
def test_the_sentence_is_chinese(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    with pytest.raises(GuatuError) as caught:
        read_table(path)
    (fault,) = caught.value.faults
    assert fault.code == "G-FILE-03"
    said = re.sub("UTF-8|GBK|GB18030", "", fault.what + fault.why + fault.remedy)
    assert not re.search("[A-Za-z]{3}", said), said
