"""The folder a city works in: guatu.toml, plan/, data/, guatu.sqlite3, proof/, reports/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from guatu.base.place import Place, Scope
from guatu.errors import Fault, WorkspaceError
from guatu.load.batches import Batch, batches_in, data_version, hours_known
from guatu.load.cards import cards_in
from guatu.load.city import Body, City, Station, city_from_toml, city_to_toml
from guatu.rules.cards import Cards

FOLDERS = ("plan", "data", "proof", "reports")


@dataclass(frozen=True, slots=True)
class Workspace:
    """One city's folder, opened: what guatu.toml says, and the way to the data it keeps."""

    folder: Path
    city: City

    def __hash__(self) -> int:
        """By the folder alone: a wall asks what is remembered of a workspace thousands of times."""
        return hash(self.folder)

    @classmethod
    def open(cls, folder: Path | str) -> Workspace:
        """Read guatu.toml of a folder.

        Raises WorkspaceError: G-WORK-01 no guatu.toml there, G-WORK-02 it is not TOML or not UTF-8, G-WORK-03 and on
        for every entry that is wrong, all at once.
        """
        root = Path(folder)
        path = root / "guatu.toml"
        if not path.is_file():
            raise WorkspaceError.of(
                f"{root} is no workspace",
                "G-WORK-01",
                f"文件夹 {root}",
                "没有 guatu.toml",
                "这里不是工作区",
                "用 -C 指明工作区，或先运行 guatu demo 文件夹 建一个",
            )
        return cls(root, city_from_toml(path.read_bytes()))

    @classmethod
    def create(cls, folder: Path | str, city: City) -> Workspace:
        """Make the folders and guatu.toml. Raises WorkspaceError (G-WORK-09) where a workspace already stands."""
        root = Path(folder)
        if (root / "guatu.toml").exists():
            raise WorkspaceError(
                f"{root} already holds a workspace",
                [
                    Fault(
                        "G-WORK-09",
                        f"文件夹 {root}",
                        "已经有 guatu.toml",
                        "不覆盖已有工作区",
                        "换一个空文件夹，或先移走原有的",
                    )
                ],
            )
        text = city_to_toml(city)
        city_from_toml(text.encode())
        for name in FOLDERS:
            (root / name).mkdir(parents=True, exist_ok=True)
        (root / "guatu.toml").write_text(text, encoding="utf-8", newline="\n")
        return cls(root, city)

    @property
    def name(self) -> str:
        """The city's name."""
        return self.city.name

    @property
    def demo(self) -> bool:
        """Whether everything in here is generated: every screen and report then says 演示数据，非实测."""
        return self.city.demo

    @property
    def places(self) -> tuple[Place, ...]:
        """The areas of the city."""
        return self.city.places

    @property
    def stations(self) -> tuple[Station, ...]:
        """The air stations, each with the area it stands in."""
        return self.city.stations

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The named sets of sites, with their dates."""
        return self.city.scopes

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The units that answer for targets and tasks."""
        return self.city.bodies

    def scope(self, name: str, day: date) -> Scope | None:
        """The scope a notice calls so, as it stood on a day; None where the workspace knows none."""
        return self.city.scope(name, day)

    @property
    def cards(self) -> Cards:
        """The indicator cards of guatu and the office's own; see guatu.load.cards for the faults of these."""
        return cards_in(self.folder)

    @property
    def plan_path(self) -> Path:
        """Where the confirmed plan is kept."""
        return self.folder / "plan" / "plan.toml"

    @property
    def database(self) -> Path:
        """The office's database."""
        return self.folder / "guatu.sqlite3"

    @property
    def data(self) -> Path:
        """The folder of loaded data."""
        return self.folder / "data"

    def batches(self, kind: str = "air-hourly") -> tuple[Batch, ...]:
        """What was loaded, oldest first."""
        return batches_in(self.data, kind)

    def hours(self, as_of: date | None = None) -> pl.LazyFrame:
        """Hourly air as it was known on a day (None: all that is known now), one row a station and hour.

        Columns: station text, time (end of the hour, Asia/Shanghai, no zone), pm25 pm10 so2 no2 o3 [µg/m³] and
        co [mg/m³] as exact decimals, batch int (the batch that said it last), line int (its row in that file).
        First values count as known from their own hour, corrections from the day they came in.
        """
        return hours_known(self.data, as_of)

    def data_version(self, as_of: date | None = None) -> str:
        """Name of the newest batch that counts on the day, as ``air-hourly/0003``; empty without data."""
        return data_version(self.data, as_of)
