"""The map: seen by all who see figures, kept by the clerk and the analyst."""

from tests.office.access import Row

BUSINESS, KEEPERS = "LDCARXPU", "CA"
ROWS = [
    Row("map", "/map/", BUSINESS),
    Row("map-load", "/map/load/", KEEPERS, 200, "post"),  # without a file: the faults
    Row("map-undo", "/map/undo/", KEEPERS, 302, "post"),
    Row("map-approval", "/map/approval/", KEEPERS, 302, "post"),
]
