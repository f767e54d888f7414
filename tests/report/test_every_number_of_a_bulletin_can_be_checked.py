"""A bulletin's numbers are bookmarks with a way back; one digit altered by hand in the file is found."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guatu.errors import GuatuError
from guatu.judge.address import value_at
from guatu.judge.board import plan_of
from guatu.load.workspace import Workspace
from guatu.report.carried import issue_of, paragraphs_of
from guatu.report.check import DATA, GONE, HAND, WORDS, checked
from guatu.report.docx_paper import docx_of
from guatu.report.paper import Paper

DOCUMENT = "word/document.xml"


def altered(content: bytes, change: tuple[str, str], path: Path) -> Path:
    """The file with one change in its text, as an editor would save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given_, zipfile.ZipFile(out, "w") as made:
        for name in given_.namelist():
            part = given_.read(name)
            if name == DOCUMENT:
                text = part.decode()
                assert change[0] in text
                part = text.replace(*change, 1).encode()
            made.writestr(name, part)
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture(scope="module")
def content(monthly: Paper) -> bytes:
    return docx_of(monthly)


def test_an_untouched_file_is_right(monthly: Paper, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    issue = issue_of(tmp_path / "a.docx")
    assert checked(issue, monthly, paragraphs_of(content)) == ()
    assert {one.key for one in issue.numbers} == set(monthly.numbers())
    assert (issue.kind, str(issue.period), str(issue.as_of)) == ("air_month", "2021-09", "2021-10-11")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_digit_altered_in_any_number_is_found(
    data: st.DataObject, monthly: Paper, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    issue = issue_of(tmp_path / "a.docx")
    at = data.draw(st.integers(0, len(issue.numbers) - 1))
    one = issue.numbers[at]
    digits = [place for place, char in enumerate(one.printed) if char.isdigit()]
    if not digits:
        return
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != one.printed[place]]))
    wrong = one.printed[:place] + other + one.printed[place + 1 :]
    text = zipfile.ZipFile(io.BytesIO(content)).read(DOCUMENT).decode()
    start = text.index(f'w:name="guatu_{at + 1:04d}"')
    begin = text.index(f">{one.printed}<", start)
    piece = text[start : begin + len(one.printed) + 2]
    file = altered(content, (piece, piece.replace(f">{one.printed}<", f">{wrong}<")), tmp_path / "b.docx")
    found = checked(issue_of(file), monthly, paragraphs_of(content))
    assert (HAND, one.key, one.printed, wrong) in {(f.kind, f.where, f.was, f.now) for f in found}


def test_a_number_outside_the_bookmarks_and_a_lost_bookmark_are_found(
    monthly: Paper, content: bytes, tmp_path: Path
) -> None:
    file = altered(content, ("≤30", "≤31"), tmp_path / "a.docx")
    assert [f.kind for f in checked(issue_of(file), monthly, paragraphs_of(content))] == [HAND]
    file = altered(content, ('w:name="guatu_0001"', 'w:name="other"'), tmp_path / "b.docx")
    assert GONE in {f.kind for f in checked(issue_of(file), monthly, paragraphs_of(content))}


def test_words_may_be_edited(monthly: Paper, content: bytes, tmp_path: Path) -> None:
    file = altered(content, ("五、超标日", "五、超标天"), tmp_path / "a.docx")
    assert {f.kind for f in checked(issue_of(file), monthly, paragraphs_of(content))} == {WORDS}


def test_data_that_changed_since_are_told(monthly: Paper, content: bytes, tmp_path: Path) -> None:
    """The paper made again has another good-day count: the file's number is no longer what the data say."""
    from dataclasses import replace

    from guatu.report.paper import Number, Para

    first = monthly.blocks[1]
    assert isinstance(first, Para)
    runs = tuple(replace(r, text="99.9") if isinstance(r, Number) and "~" in r.key else r for r in first.runs)
    later = replace(monthly, blocks=(monthly.blocks[0], replace(first, runs=runs), *monthly.blocks[2:]))
    (tmp_path / "a.docx").write_bytes(content)
    found = checked(issue_of(tmp_path / "a.docx"), later, paragraphs_of(docx_of(later)))
    assert DATA in {f.kind for f in found}


def test_every_figure_opens_to_the_value_it_prints(city: Workspace, monthly: Paper) -> None:
    plan = plan_of(city)
    opened = 0
    for number in monthly.numbers().values():
        indicator = number.address.partition("/")[0]
        if (
            not number.address
            or "_days" in number.key
            or number.key.endswith("aqi")
            or "/primary/" in number.key
            or number.text == "—"
        ):
            continue
        value = value_at(city, plan, number.address)
        assert value.indicator == indicator
        exact = value.raw
        assert exact is not None
        if "通报" in number.note:
            continue
        places = len(number.text.partition(".")[2])
        assert abs(exact - type(exact)(number.text)) <= type(exact)(1, 2 * 10**places), number
        opened += 1
    assert opened > 50


def test_the_same_paper_is_the_same_file(monthly: Paper, content: bytes) -> None:
    assert docx_of(monthly) == content


def test_a_file_that_is_no_bulletin_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for name, content_ in (("a.docx", b"nothing"), ("b.docx", b"")):
        (tmp_path / name).write_bytes(content_)
        with pytest.raises(GuatuError) as error:
            issue_of(tmp_path / name)
        assert error.value.faults[0].code == "G-REPORT-01"
