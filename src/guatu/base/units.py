"""Units as people read them, for pages, commands, papers and explanations alike."""

from __future__ import annotations

from decimal import Decimal

_SIGNS = {"ug/m3": "µg/m³", "mg/m3": "mg/m³", "index": "", "grade": "", "pp": "个百分点", "tce": "吨标准煤"}


def unit_sign(unit: str | None) -> str:
    """A unit as it is printed; nothing for an index and where there is none."""
    return _SIGNS.get(unit or "", unit or "")


def with_unit(number: Decimal | str, unit: str | None) -> str:
    """A number and its unit as they are written: a space before letters, none before the per cent sign or words."""
    printed = unit_sign(unit)
    return f"{number}{printed}" if printed in ("", "%", "个百分点") else f"{number} {printed}"
