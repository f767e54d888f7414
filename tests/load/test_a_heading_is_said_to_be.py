"""A heading nobody knows is said to mean something, by command or page; the columns are heard as they were taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from guatu.cli import app
from guatu.errors import LoadError
from guatu.load import columns, door, ground_items, official, sand, section_list, waters, weather
from guatu.load.figures import row as figures
from guatu.load.hearing import Hearing
from guatu.load.vocabulary import words_of
from guatu.load.workspace import Workspace
from tests.load.city import CITY

ODD = "时刻戳,站点,细粒(μg/m3),PM10,PM2.5\n2021-10-10 23:00,S1,30,50,1\n"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "ws", CITY)


def look(ws: Workspace, text: str, said: dict[str, str], kind: str = "air-hourly") -> tuple[door.Outcome, Hearing]:
    path = ws.folder.parent / "a.csv"
    path.write_text(text, encoding="utf-8")
    ear = Hearing()
    return door.take(ws, path, kind, door.Said(columns=said), look=True, ear=ear), ear


def test_without_a_word_the_file_is_refused_and_with_it_taken(ws: Workspace) -> None:
    path, near = ws.folder.parent / "b.csv", Hearing()
    path.write_text(ODD, encoding="utf-8")
    with pytest.raises(LoadError):
        door.take(ws, path, "air-hourly", door.Said(), look=True, ear=near)
    assert near.heard[0].names == ("", "station", "", "pm10", "pm25"), "what came nearest is shown, to be put right"
    done, ear = look(ws, ODD, {"时刻戳": "时间", "细粒(μg/m3)": "PM2.5", "PM2.5": "不收"})
    assert done.new == 1
    assert done.checked is not None
    assert done.checked.frame["pm25"].to_list() == [30]
    assert done.checked.stated_units == {"pm25"}, "the unit in brackets stays"
    (heard,) = ear.heard
    assert heard.headings == ("时刻戳", "站点", "细粒(μg/m3)", "PM10", "PM2.5"), "as written"
    assert heard.names == ("time", "station", "pm25", "pm10", "")
    assert heard.rows == ((2, ("2021-10-10 23:00", "S1", "30", "50", "1")),)


def test_a_place_is_said_as_well_as_a_text(ws: Workspace) -> None:
    done, _ = look(ws, ODD, {"!1!0": "时间", "!1!2": "PM2.5", "!1!4": "不收"})
    assert done.new == 1


def test_by_command(ws: Workspace) -> None:
    path = ws.folder.parent / "a.csv"
    path.write_text(ODD, encoding="utf-8")
    words = ["--column", "时刻戳=时间", "--column", "细粒(μg/m3)=PM2.5", "--column", "PM2.5=不收"]
    done = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), *words])
    assert done.exit_code == 0, done.output
    assert ws.hours().collect()["pm25"].to_list() == [30]
    wrong = CliRunner().invoke(app, ["-C", str(ws.folder), "load", str(path), "--column", "时刻戳"])
    assert wrong.exit_code == 2


def test_how_far_it_is_is_told(ws: Workspace) -> None:
    told: list[tuple[str, int, int]] = []
    rows = "".join(
        f"2021-{m:02d}-{d:02d} {h:02d}:00,S1,30\n" for m in (1, 2) for d in range(1, 29) for h in range(1, 24)
    )
    path = ws.folder.parent / "a.csv"
    path.write_text("时间,站点,PM2.5\n" + rows, encoding="utf-8")
    door.take(ws, path, "air-hourly", door.Said(), look=True, ear=Hearing(tell=lambda *said: told.append(said)))
    assert ("读取各行", 1000, 1289) in told


MEANINGS = {
    "air-hourly": lambda word: columns.meaning(word)[0],
    "water": waters.meaning,
    "groundwater": ground_items.ground_meaning,
    "sources": ground_items.source_meaning,
    "figures": figures.meaning,
    "sections": section_list._meaning,
    "sand": sand._meaning,
    "weather": weather._meaning,
}


@pytest.mark.parametrize("kind", MEANINGS)
def test_every_word_offered_for_a_column_is_understood_as_what_it_is_offered_for(kind: str) -> None:
    words = words_of(kind)
    assert len(words) > 4
    assert {name: MEANINGS[kind](word) for name, word in words.items()} == {name: name for name in words}


def test_the_words_of_official_figures_are_those_of_one_of_its_two_tables() -> None:
    for name, word in words_of("official").items():
        assert name in (official._meaning(word), waters.meaning(word)), word


def test_a_table_of_water_whose_headings_nobody_knows_is_shown_and_put_right(ws: Workspace) -> None:
    (ws.folder / "plan" / "sections.toml").write_text('[[section]]\nid = "A"\nname = "甲"\n', encoding="utf-8")
    text, ear = "断面,采样于,TP值(mg/L)\n甲,2021-03-01,0.05\n", Hearing()
    path = ws.folder.parent / "水.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError):
        door.take(ws, path, "water", door.Said(), look=True, ear=ear)
    (heard,) = ear.heard
    assert heard.headings == ("断面", "采样于", "TP值(mg/L)")
    assert heard.rows == ((2, ("甲", "2021-03-01", "0.05")),)
    said = door.Said(columns={"采样于": "采样日期", "TP值(mg/L)": "总磷"})
    assert door.take(ws, path, "water", said, look=True).new == 1
