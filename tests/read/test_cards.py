"""Indicator cards: every indicator of the field list has one, its words meet it, look-alikes do not."""

from __future__ import annotations

import tomllib

import pytest

from guatu.errors import RuleError
from guatu.rules import cards
from tests.conftest import SHARED, real_inputs

LIST = SHARED / "standards" / "indicators.toml"
ENTRIES = tomllib.loads(LIST.read_text())["ind"] if LIST.exists() else []
OTHER_ID = {
    "sw_inferior_v": "sw_inferior_v_ratio",
    "gw_class_v_ratio": "gw_v_ratio",
    "co2_intensity_drop": "co2_per_gdp_reduction",
    "energy_intensity_drop": "energy_per_gdp",
    "nox_reduction": "nox_emission_reduction",
    "vocs_reduction": "vocs_emission_reduction",
    "cod_reduction": "cod_emission_reduction",
    "nh3n_reduction": "nh3n_emission_reduction",
    "farmland_safe_use": "polluted_farmland_safe_use",
    "plot_safe_use": "polluted_plot_safe_use",
    "eco_redline_share": "ecored_share",
    "drink_source_rate": "drinking_source_ok",
    "urban_sewage": "town_sewage_rate",
    "rural_sewage": "rural_sewage_rate",
    "waste_harmless": "msw_harmless_rate",
}
ELSEWHERE = {"县级城市黑臭水体消除比例": "county_black_water", "农村黑臭水体整治率": "rural_black_water"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e["id"])
def test_an_indicator_of_the_list_has_its_card(entry: dict[str, object]) -> None:
    real_inputs("standards", "indicators.toml")
    name = str(entry["id"]).lower()
    card = cards.card(OTHER_ID.get(name, name))
    for words in [entry["name"], *entry["aliases"]]:  # type: ignore[misc]
        found = cards.match(str(words))
        assert found is not None and found.id == ELSEWHERE.get(str(words), card.id), words
    for words in entry.get("not_say", []):  # type: ignore[attr-defined]
        found = cards.match(words)
        assert found is None or found.id != card.id, words
    assert {"V": "X"}.get(str(entry["conf"]), entry["conf"]) == card.confidence
    assert card.better == entry["better"]


def test_words_of_the_founding_notice_meet_their_cards() -> None:
    real_inputs("notices", "gold")
    import json

    gold = json.loads(next((SHARED / "notices" / "gold").glob("00-*.json")).read_text())
    for target in gold["targets"]:
        wanted = {"eqi": "eco_index"}.get(target["indicator_id"], target["indicator_id"])
        found = cards.match(target["scope"] + target["indicator"]) or cards.match(target["indicator"])
        assert found is not None and found.id == wanted


def test_every_card_says_where_it_comes_from() -> None:
    for card in cards.all_cards():
        assert card.clause and card.source and card.kind in cards.KINDS
        assert cards.match(card.name) == card


def test_an_unknown_card_is_refused() -> None:
    with pytest.raises(RuleError) as caught:
        cards.card("none")
    assert caught.value.codes == ("G-RULE-05",)
