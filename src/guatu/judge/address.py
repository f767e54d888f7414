"""One figure by its address, ``indicator/scope/period[@as-of]``, with the tree down to its rows."""

from __future__ import annotations

from guatu.base.value import Value
from guatu.load.workspace import Workspace
from guatu.read.plan import Plan


def value_at(ws: Workspace, plan: Plan | None, address: str) -> Value:
    """Recompute one figure from the stored rows, as known on the day after ``@`` (none: as known now).

    A year opens to its days, a day (``pm25_mean/市中心城区/2021-10-11``) to its stations and hours.
    Raises GuatuError: G-JUDGE-02 not an address, G-JUDGE-03 an indicator that is not computed from rows.
    """
    raise NotImplementedError
