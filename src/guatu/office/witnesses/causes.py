"""Why two witnesses differ, said by a person: a cause of the list, a sentence, a name; for this pair alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from guatu.errors import ActError
from guatu.load.workspace import Workspace
from guatu.office import records
from guatu.office.ledger import declared

KIND = "cause"
CAUSES = ("点位更替", "剔除沙尘", "复核数据", "统计口径不同", "修约不同", "时段不同", "手工与自动监测不同", "其他")


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause as a person named it: for which two printed figures, who, when, why."""

    address: str
    cause: str
    said: str
    person: str
    on: str
    official: str
    computed: str

    @property
    def words(self) -> str:
        """Cause and sentence."""
        return f"{self.cause}（{self.said}，{self.on}）"


def of(address: str) -> Cause | None:
    """What was named for a figure, the newest; None where nobody said anything."""
    said = records.get(f"{KIND}/{address}")
    return _cause(address, said) if said else None


@transaction.atomic
def name(
    ws: Workspace, address: str, cause: str, said: str, person: str, official: str, computed: str
) -> Cause:  # fmt: skip
    """Name what makes a pair differ; it stands for these two figures, and is asked anew when one of them changes.

    Raises ActError: G-WITNESS-01 not a cause of the list, 02 no sentence, 03 nothing to explain.
    """
    where = address
    if not computed or official == computed:
        raise _fault("G-WITNESS-03", where, "两个数一致，或只有一个数", "没有差别要说明", "核对地址")
    if cause not in CAUSES:
        raise _fault(
            "G-WITNESS-01", where, f"没有“{cause}”这种原因", "原因要能归类", f"从中选一个：{'、'.join(CAUSES)}"
        )
    if not said.strip():
        raise _fault("G-WITNESS-02", where, "没有写说明", "说不清就不算说明", "写明依据，如文号、点位名、日期")
    told = {
        "cause": cause, "said": said.strip(), "person": person, "on": declared.today(ws).isoformat(),
        "official": official, "computed": computed,
    }  # fmt: skip
    records.change(
        f"{KIND}/{address}", "说明两数之差", told, person=person, reason=f"{cause}：{said.strip()}", whole=True
    )
    return _cause(address, told)


def _cause(address: str, said: Mapping[str, str]) -> Cause:
    return Cause(address, *(said.get(key, "") for key in ("cause", "said", "person", "on", "official", "computed")))


def _fault(code: str, where: str, what: str, why: str, remedy: str) -> ActError:
    return ActError.of(f"{code}: {where}", code, where, what, why, remedy)
