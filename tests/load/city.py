"""A small city for the tests: two areas, four stations."""

from __future__ import annotations

from guatu.base.place import Place, Scope
from guatu.load.city import City, Station

PLACES = (Place("1", "甲区", "区", ("2",)), Place("2", "乙县", "县", ("1",)))
STATIONS = (
    Station("S1", "一号", "1"),
    Station("S2", "二号", "1", also=("二号站",)),
    Station("S3", "三号", "1"),
    Station("S9", "九号", "2"),
)
SCOPES = (
    Scope("城区", sites=("S1", "S2", "S3")),
    Scope("单站", sites=("S1",)),
    Scope("乙县", sites=("S9",), place="2"),
    Scope("空白区"),
    Scope("全市", parts=("单站", "乙县"), combine="places"),
    Scope("全市含空白", parts=("单站", "空白区"), combine="places"),
)
CITY = City("试验市", False, PLACES, STATIONS, SCOPES)
