"""Shipped CSS and JavaScript against Chromium 86: read, not run; what an old browser does without is listed."""

from __future__ import annotations

from pathlib import Path

import django_htmx
import pytest

import guatu.office
from tests.office.old_browsers import CSS, FLOOR, GRACEFUL, JS, flex_gaps, used

STATIC = Path(guatu.office.__file__).parent
HTMX = Path(django_htmx.__file__).parent / "static"
STYLES = sorted(STATIC.rglob("static/**/*.css"))
SCRIPTS = sorted(STATIC.rglob("static/**/*.js")) + sorted(HTMX.rglob("htmx*.min.js"))


def names(paths):
    return [path.name for path in paths]


@pytest.mark.parametrize("path", STYLES, ids=names(STYLES))
def test_a_style_needs_nothing_newer(path):
    lacking = {one.name: one.since for one in used(path.read_text(encoding="utf-8"), CSS) if one.name not in GRACEFUL}
    assert lacking == {}, f"{path.name} needs what Chromium {FLOOR} does not know"


@pytest.mark.parametrize("path", SCRIPTS, ids=names(SCRIPTS))
def test_a_script_needs_nothing_newer(path):
    lacking = {one.name: one.since for one in used(path.read_text(encoding="utf-8"), JS) if one.name not in GRACEFUL}
    assert lacking == {}, f"{path.name} needs what Chromium {FLOOR} does not know"


@pytest.mark.parametrize("path", [one for one in STYLES if "vendor" not in one.parts], ids=str)
def test_no_flex_box_rests_on_a_gap(path):
    assert flex_gaps(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a:has(b) { color: red }", ":has()"),
        ("a { inset: 0 }", "inset"),
        ("a { color: color-mix(in srgb, red, blue) }", "color-mix()"),
        ("a { aspect-ratio: 1 }", "aspect-ratio"),
        ("@media (width >= 600px) { a { color: red } }", "media ranges"),
        ("@container (min-width: 1px) { a { color: red } }", "@container"),
    ],
)
def test_the_check_finds_what_is_new(text, name):
    assert name in {one.name for one in used(text, CSS)}
    assert not list(used(f"/* {text} */", CSS))


def test_the_check_leaves_what_is_old():
    old = "@media (min-aspect-ratio: 16/9) { a { grid-gap: 1px; display: flex; transform: rotate(45deg); inset-x: 0 } }"
    assert not list(used(old, CSS)) and flex_gaps("a { display: flex; gap: 2px }") == ["a"]
    assert {one.name for one in used("x.at(-1); Object.hasOwn(a, b)", JS)} == {"Array.at", "Object.hasOwn"}


def test_pages_carry_no_script_or_style_of_their_own_and_name_no_other_origin():
    for path in STATIC.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<style" not in text and ' style="' not in text and "javascript:" not in text, path.name
        assert " onclick=" not in text and "<script>" not in text, path.name
        assert not [word for word in ('src="http', 'href="http', "//cdn", "@import") if word in text], path.name
    for path in (*STYLES, *(one for one in SCRIPTS if STATIC in one.parents)):
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text and "url(//" not in text and "@import" not in text, path.name
