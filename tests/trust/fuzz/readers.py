"""Every door by which a file comes into guatu: an honest file, how it is changed, who reads it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from guatu.load.city import Station
from guatu.load.workspace import Workspace
from tests.office import sample
from tests.read.forms import making
from tests.trust.fuzz import change, seeds
from tests.trust.fuzz.change import Change


@dataclass(frozen=True, slots=True)
class Reader:
    """One door: honest files, their change, the ending they come with, and the reading itself.

    weight: how often it is chosen in a long run, against the others; heavy readers come less often.
    """

    name: str
    given: Callable[[], list[bytes]]
    changed: Change
    ending: str
    read: Callable[[Path], Any]
    weight: int = 10

    def made(self, rng: Random) -> bytes:
        """An input: an honest file changed once or several times."""
        data = rng.choice(grown(self.name))
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            data = self.changed(data, rng)
        return data


@cache
def grown(name: str) -> list[bytes]:
    """The honest files of a reader, made once."""
    return [one for one in READERS[name].given() if one]


@cache
def workspace() -> Workspace:
    """A city to load into; nothing is stored in it."""
    city = type(sample.CITY)(
        "景德镇市", places=sample.CITY.places, scopes=sample.CITY.scopes,
        stations=(Station("1001A", "甲站", "360202"), Station("1002A", "乙站", "360203")),
    )  # fmt: skip
    ws = Workspace.create(Path(tempfile.mkdtemp(prefix="guatu-fuzz-")) / "ws", city)
    from guatu.load.section_list import store_section_list

    path = ws.folder / "sections.csv"
    path.write_text(seeds.SECTIONS.replace("礼林,乐安河", "昌江口,昌江"), encoding="utf-8")
    store_section_list(ws, path)
    return ws


def notice(path: Path) -> Any:
    """A notice of any form becomes a plan."""
    from guatu.read import read_notice

    return read_notice(path)


def picture(path: Path) -> Any:
    """A scan opened page by page, without recognising its letters, which takes seconds each."""
    from guatu.read.forms import scan

    return [page.size for page in scan._frames(path.read_bytes(), path.name)]


def hourly(path: Path) -> Any:
    from guatu.load import air

    return air.check(path, workspace().city)


def loader(module: str, name: str, *words: Any) -> Callable[[Path], Any]:
    """A store of the loading room, asked to look only."""

    def load(path: Path) -> Any:
        from importlib import import_module

        store = getattr(import_module(f"guatu.load.{module}"), name)
        return store(workspace(), path, *words, look=True)

    return load


def bare(path: Path) -> Any:
    """The table as the commands of computing take it."""
    from guatu.base.table import read_table

    return read_table(path)


def headed(path: Path) -> Any:
    """An office's own headings, for each room of computing."""
    from guatu.load.headed import headed_frame

    return [headed_frame(path, room) for room in ("air", "surface_water", "lakes", "groundwater", "sources")]


def returned(path: Path) -> Any:
    """A sheet in a heap of returned files, measures or figures."""
    ready()
    from guatu.load.figures.row import places_of
    from guatu.office.returned import open_heap
    from guatu.office.returned_figures import Known

    ws = workspace()
    tables, faults = open_heap([path], Known({"市住建局": "市住建局"}, places_of(ws), ws.cards), date(2021, 10, 12))
    return reviewed(tables), faults


def reviewed(tables: Any) -> Any:
    """What a heap's review makes of the tables, of a body that owes two rows."""
    from guatu.act.collection import Asked
    from guatu.act.collection_heap import review_of

    texts = ("整治工业挥发性有机物", "秸秆禁烧")
    asked = {"市住建局": tuple(Asked(f"M{n}", text, "K01", "责任") for n, text in enumerate(texts))}
    return review_of(tables, asked, "2021-09", date(2021, 10, 12), {})


def answers(path: Path) -> Any:
    from guatu.report.review_book import answers_in

    return answers_in(path)


def uploaded(path: Path) -> Any:
    """Files in the upload of the collection page."""
    ready()
    from django.core.files.uploadedfile import SimpleUploadedFile

    from guatu.office.uploads import sheets_into

    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        return sheets_into([SimpleUploadedFile(path.name, path.read_bytes())], Path(place) / "in")


def ledger_sheet(path: Path) -> Any:
    """A problem ledger's workbook: its page, its heading, its rows."""
    from guatu.act.definition import ledgers
    from guatu.act.headings import suggest
    from guatu.act.sheet import read
    from guatu.act.workbook import read_page

    page = read_page(path)
    ledger = next(iter(ledgers().values()))
    return read(page.rows, suggest(page.rows, ledger, page.merged), ledger, 2021)


def ledger(path: Path) -> Any:
    from guatu.act.definition import load

    return load(path)


def scheme(path: Path) -> Any:
    from guatu.score.definition import load

    return load(path)


def cards(path: Path) -> Any:
    """An office's own cards in a workspace."""
    from guatu.load import cards as room

    return room._read(((path.name, path.read_bytes()),))


def city(path: Path) -> Any:
    from guatu.load.city import city_from_toml

    return city_from_toml(path.read_bytes())


def plan(path: Path) -> Any:
    """A confirmed plan, as the wall opens it."""
    from guatu.judge.board import plan_of

    ws = workspace()
    ws.plan_path.write_bytes(path.read_bytes())
    return plan_of(ws)


def area(path: Path) -> Any:
    """Boundaries and sites, stated in one datum after another."""
    from guatu.load.geography.kept import check

    return [refused(lambda _, kind=kind, datum=datum: check(workspace(), path, kind, datum), "")
            for kind, datum in (("places", "wgs84"), ("sites", "gcj02"))]  # fmt: skip


def section_toml(path: Path) -> Any:
    from guatu.load import sections

    return sections._read(path.read_bytes())


def backup(path: Path) -> Any:
    """A backup checked and unpacked; whatever it holds, nothing may appear outside of the folder."""
    ready()
    from guatu.office.keeping import archive

    with tempfile.TemporaryDirectory(dir=path.parent) as place:
        into = Path(place) / "in"
        into.mkdir()
        try:
            return archive.check(path, into)
        finally:
            assert [one.name for one in Path(place).iterdir()] == ["in"], "something was written outside"


def proof(path: Path) -> Any:
    from guatu.act.proof import file_faults

    return file_faults(path.name, path.read_bytes())


def exif(path: Path) -> Any:
    from guatu.act.exif import shot

    return shot(path.read_bytes())


def bulletin(path: Path) -> Any:
    from guatu.report.carried import issue_of

    return issue_of(path)


def period(path: Path) -> Any:
    """Words that people type into addresses and commands: periods, addresses of values, days."""
    from guatu.base.period import Period
    from guatu.judge.address import parse

    words = path.read_bytes().decode("utf-8", "replace")
    for take in (Period.of, parse):
        refused(take, words)
    return words


def refused(take: Callable[[str], Any], words: str) -> Any:
    """The answer, or the refusal that was raised on purpose."""
    from guatu.errors import GuatuError

    try:
        return take(words)
    except GuatuError as error:
        return error


@cache
def ready() -> None:
    """Django without a workspace: settings only."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.office.settings")
    import django

    django.setup()


def a_backup() -> list[bytes]:
    """A small backup as guatu makes it."""
    ready()
    from guatu.office.keeping import archive

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "b.zip"
        said = {"made": "2021-10-12T08:00:00+08:00", "city": "甲市", "database": "sqlite", "entries": 0, "tip": ""}
        archive.pack(path, [("guatu.toml", b'city = "\xe7\x94\xb2"'), ("proof/a.pdf", b"%PDF-1.4")], said)
        return [path.read_bytes()]


def a_bulletin() -> list[bytes]:
    """A Word file with the part in which a bulletin carries its numbers."""
    from guatu.report.docx_paper import CARRIED, SPACE

    told = (
        f'<g:issue xmlns:g="{SPACE}" kind="monthly" title="月报" period="2021-09" as_of="2021-10-12" city="甲市">'
        '<g:number key="pm25" text="27" bookmark="g1" address="pm25_mean/全市/2021-09" note=""/>'
        '<g:made_of name="plan">abc</g:made_of></g:issue>'
    )
    body = '<w:p><w:bookmarkStart w:id="1" w:name="g1"/><w:r><w:t>27</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    plain = making.docx(body)
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr(CARRIED[1:], told)
    return [out.getvalue()]


def text_notice() -> list[bytes]:
    return ["\n".join(seeds.NOTICE).encode()]


def a_plan() -> list[bytes]:
    from guatu.read import read_notice

    return [sample.plan().to_toml().encode(), read_notice("\n".join(seeds.NOTICE)).to_toml().encode()]


def a_city() -> list[bytes]:
    from guatu.load.city import city_to_toml

    return [city_to_toml(workspace().city).encode()]


CARD = """[[card]]
id = "bamboo_cover"
name = "竹林覆盖率"
say = ["竹林覆盖率"]
unit = "%"
better = "higher"
decimals = 1
numerator = "竹林面积"
denominator = "国土面积"
clause = "某市林业规划 第3条"
"""


def table_readers() -> list[Reader]:
    """The loading room: each kind of table in CSV, Excel, old Excel and Parquet."""
    kinds: list[tuple[str, str, Callable[[Path], Any]]] = [
        ("air", seeds.AIR, hourly),
        ("water", seeds.WATER, loader("water", "store_water")),
        ("classes", seeds.CLASSES, loader("water_class", "store_classes")),
        ("figures", seeds.FIGURES, loader("figures.filled", "store_figures")),
        ("official", seeds.OFFICIAL, loader("official", "store_official")),
        ("sections", seeds.SECTIONS, loader("section_list", "store_section_list")),
        ("list", seeds.LIST, loader("lists", "store_list", "villages")),
        ("sand", seeds.SAND, loader("sand", "store_sand")),
        ("weather", seeds.WEATHER, loader("weather", "store_weather")),
        ("groundwater", seeds.GROUND, loader("site_samples", "store_site_samples", "groundwater")),
        ("sources", seeds.GROUND, loader("site_samples", "store_site_samples", "sources")),
        ("headed", seeds.WATER, headed),
        ("returned", seeds.SHEET, returned),
    ]  # fmt: skip
    found = []
    for name, table, read in kinds:
        found += [
            Reader(f"{name}.csv", lambda t=table: [t.encode()], change.cells, ".csv", read, 12),
            Reader(f"{name}.xlsx", lambda t=table: [seeds.workbook(t)], change.parts, ".xlsx", read, 6),
            Reader(f"{name}.parquet", lambda t=table: [seeds.parquet(t)], change.raw, ".parquet", read, 2),
        ]
    return found


def readers() -> list[Reader]:
    """All of them."""
    page = [seeds.lines(seeds.NOTICE)]
    return [
        Reader("notice.txt", text_notice, change.text, ".txt", notice, 20),
        Reader("notice.md", text_notice, change.text, ".md", notice, 5),
        Reader("notice.html", lambda: [making.html(seeds.NOTICE)], change.tags, ".html", notice, 12),
        Reader("notice.docx", lambda: [making.notice_docx(seeds.NOTICE, automatic=auto) for auto in (False, True)],
               change.parts, ".docx", notice, 12),
        Reader("notice.pdf", lambda: [making.pdf(page)], change.tokens, ".pdf", notice, 10),
        Reader("notice.ofd", lambda: [making.ofd(page)], change.parts, ".ofd", notice, 8),
        Reader("notice.xlsx", lambda: [seeds.workbook(seeds.FIGURES)], change.parts, ".xlsx", notice, 6),
        Reader("notice.png", lambda: [seeds.picture()], change.raw, ".png", picture, 6),
        *table_readers(),
        Reader("water.xls", lambda: [seeds.old_workbook(seeds.WATER)], change.raw, ".xls",
               loader("water", "store_water"), 6),
        Reader("bare.csv", lambda: [seeds.WATER.encode(), seeds.AIR.encode()], change.cells, ".csv", bare, 12),
        Reader("bare.xlsx", lambda: [seeds.workbook(seeds.WATER)], change.parts, ".xlsx", bare, 6),
        Reader("bare.parquet", lambda: [seeds.parquet(seeds.WATER)], change.raw, ".parquet", bare, 6),
        Reader("answers.xlsx", lambda: [seeds.workbook(seeds.SHEET, "要您定的")], change.parts, ".xlsx", answers, 4),
        Reader("upload.xlsx", lambda: [seeds.workbook(seeds.SHEET)], change.parts, ".xlsx", uploaded, 6),
        Reader("ledger.xlsx", lambda: [seeds.workbook(seeds.PROBLEMS)], change.parts, ".xlsx", ledger_sheet, 8),
        Reader("ledger.toml", lambda: seeds.law("guatu.act", "ledgers", 6), change.tree_of_toml, ".toml", ledger, 12),
        Reader("scheme.toml", lambda: seeds.law("guatu.score", "schemes", 6), change.tree_of_toml, ".toml", scheme, 12),
        Reader("cards.toml", lambda: [CARD.encode()], change.tree_of_toml, ".toml", cards, 10),
        Reader("guatu.toml", a_city, change.tree_of_toml, ".toml", city, 15),
        Reader("plan.toml", a_plan, change.tree_of_toml, ".toml", plan, 6),
        Reader("sections.toml", lambda: [(workspace().folder / "plan" / "sections.toml").read_bytes()],
               change.tree_of_toml, ".toml", section_toml, 10),
        Reader("area.geojson", lambda: [seeds.geojson()], change.tree_of_json, ".geojson", area, 15),
        Reader("backup.zip", a_backup, change.parts, ".zip", backup, 10),
        Reader("bulletin.docx", a_bulletin, change.parts, ".docx", bulletin, 10),
        Reader("proof.jpg", lambda: [seeds.photo(), making.pdf(page)], change.raw, ".jpg", proof, 20),
        Reader("exif.jpg", lambda: [seeds.photo()], change.raw, ".jpg", exif, 60),
        Reader("typed", lambda: [b"2021-09", "pm25_mean/全市/2021@2021-10-12".encode()], change.text, ".txt",
               period, 30),
    ]  # fmt: skip


READERS: dict[str, Reader] = {one.name: one for one in readers()}
