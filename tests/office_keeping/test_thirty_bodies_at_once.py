"""Thirty bodies report at once to real servers: nothing acknowledged is lost, the log is whole, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.office_keeping.city import BODIES, PERIOD, ROWS, call, make, report, serving, stored

pytestmark = pytest.mark.database


def test_nothing_is_lost_when_thirty_bodies_report_at_once(tmp_path, database):
    """On two servers; then eight writers press one body, each answered by a yes or a refusal in words."""
    folder = tmp_path / "ws"
    tokens = make(folder, database)
    bodies = [f"单位{number:02d}" for number in range(BODIES)]
    with serving(folder, database) as (one, _), serving(folder, database) as (two, _):
        with ThreadPoolExecutor(BODIES) as crowd:
            said = [crowd.submit(report, (one, two)[n % 2], body, tokens, body) for n, body in enumerate(bodies)]
            assert [one.result() for one in said] == [True] * BODIES
        status, units = call(one, tokens["auditor"][0], "get", f"/api/collection/{PERIOD}?size=200")
        assert status == 200 and [unit["reported"] for unit in units["items"]] == [ROWS] * BODIES
        assert call(two, tokens["auditor"][0], "get", "/api/log/verify")[1]["faults"] == []
        found = stored(folder, database)
        assert found["faults"] == []
        assert found["said"] == {f"{body}/M{body[-2:]}{row}": f"{body}-{row}" for body in bodies for row in range(ROWS)}
        with ThreadPoolExecutor(8) as crowd:
            doors = [(one, two)[n % 2] for n in range(8)]
            pressed = [
                crowd.submit(report, here, "单位07", tokens, f"第{n}次", alone=False) for n, here in enumerate(doors)
            ]
            assert any(one.result() for one in pressed)
    found = stored(folder, database)
    own = {text.rpartition("-")[0] for name, text in found["said"].items() if name.startswith("单位07/")}
    assert found["faults"] == [] and len(found["said"]) == BODIES * ROWS
    assert len(own) == 1 and own <= {f"第{n}次" for n in range(8)}
