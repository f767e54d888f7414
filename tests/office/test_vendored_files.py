"""Third-party browser files are what VENDOR.json says, with their licences, and ask nothing of the network."""

import hashlib
import json
import re
from pathlib import Path

import guatu.office

STATIC = Path(guatu.office.__file__).parent / "static" / "office"
SHELF = STATIC / "vendor"
NEW = re.compile(
    r":has\(|color-mix\(|@container|@import|https?://|(?<!-)aspect-ratio\s*:|(?<!grid-)\bgap\s*:|(?<!-)\binset\s*:"
)


def test_each_file_is_the_one_that_was_fetched():
    listed = json.loads((SHELF / "VENDOR.json").read_text())
    assert {path.name for path in SHELF.iterdir() if path.suffix in (".js", ".css")} == set(listed)
    for name, said in listed.items():
        content = (SHELF / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == said["sha256"]
        assert b"sourceMappingURL" not in content
        assert (SHELF / f"{said['package']}.LICENSE.txt").stat().st_size > 500


def test_own_styles_use_only_what_old_browsers_know():
    for path in STATIC.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not NEW.search(text), path
        depth = [text[:n].count("{") - text[:n].count("}") for n in (m.start() for m in re.finditer("{", text))]
        assert max(depth) <= 1, "no nesting beyond a media query"
