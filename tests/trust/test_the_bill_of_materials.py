"""Everything that guatu needs stands in the bill once, with version, licence and what it needs itself."""

from tests.trust.bill import bill


def test_the_bill_names_every_part_once_and_hangs_together():
    made = bill()
    names = [one["name"] for one in made["components"]]
    references = {one["bom-ref"] for one in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    assert {"django", "polars", "waitress", "sqlparse", "typst"} <= set(names) and len(names) == len(set(names))
    assert not {"pytest", "hypothesis", "playwright"} & set(names), "what only tests need is not shipped"
    assert made["bomFormat"] == "CycloneDX" and {one["ref"] for one in made["dependencies"]} == references
    assert all(set(one["dependsOn"]) <= references for one in made["dependencies"])
    assert all(
        one["licenses"][0]["license"]["name"] and one["purl"].startswith("pkg:pypi/") for one in made["components"]
    )
