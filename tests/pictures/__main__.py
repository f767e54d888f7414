"""``sh dev pictures [FOLDER]``: every page of the demonstration as a picture, both looks and every size, to look at.

Beside the pictures stands ``index.html`` with all of them, and what no picture shows: what is wider than its window,
what was asked of elsewhere, what the console said.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.demo_office import CHROMIUM, FLAGS, come_in, running

DESK, PHONE = ((1440, 900), (1920, 1080)), ((360, 740), (768, 1024))
WALL = ((1366, 768), (1920, 1080), (3840, 2160))
LOOKS = ("light", "dark")
WALLS = {f"wall-{scene}": f"/wall/?scene={scene}" for scene in ("all", "air", "water", "tasks", "problems")}
PAGES = {
    "targets": "/targets/", "target": "/targets/T02/", "good-days": "/targets/T04/", "months": "/targets/T05/",
    "warnings": "/targets/warnings/", "sections": "/targets/sections/", "checks": "/targets/checks/",
    "plans": "/targets/plans/", "weather": "/targets/weather/", "why": "/why/pm25_mean/市中心城区/2021/",
    "explain": "/explain/pm25_mean/市中心城区/2021-10-05/", "rows": "/rows/市中心城区/2021-10-05/", "tasks": "/tasks/",
    "task": "/tasks/K06/", "breakdown": "/breakdown/", "measure": "/breakdown/M001/", "problems": "/problems/",
    "overdue": "/problems/?due=overdue", "objects": "/objects/", "letters": "/letters/", "scores": "/scores/",
    "sheet": "/scores/demo-counties-2021/乐平市/", "collections": "/collect/", "collect": "/collect/2021-09/",
    "bulletins": "/bulletins/", "papers": "/papers/", "projects": "/projects/", "homes": "/homes/",
    "home": "/homes/乐平市/", "bodies": "/bodies/", "rules": "/rules/", "search": "/search/?q=乐平", "log": "/log/",
    "help": "/help/",
}  # fmt: skip
DATA = {"data": "/data/", "why": "/why/pm25_mean/市中心城区/2021/"}
PHONES = {
    "home": "/homes/mine/",
    "report": "/my/",
    "tasks": "/tasks/",
    "problems": "/problems/",
    "search": "/search/?q=污水",
}


class Album:
    """The pictures taken so far and what was found beside them."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin
        self.taken: list[tuple[str, str]] = []
        self.found: list[str] = []

    def visit(self, browser: Any, account: str, look: str, size: tuple[int, int], pages: dict[str, str]) -> None:
        """Take pictures of pages as one account, in one look and size."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        context.add_cookies([{"name": "look", "value": look, "url": self.origin}])
        page = context.new_page()
        page.on("request", lambda asked: self._elsewhere(asked.url))
        page.on("console", lambda said: said.type == "error" and self.found.append(f"{page.url}: {said.text}"))
        come_in(page, self.origin, account)
        for name, path in pages.items():
            answer = page.goto(self.origin + path)
            page.wait_for_load_state("networkidle")
            file = f"{account}-{name}-{look}-{size[0]}.png"
            page.screenshot(path=self.folder / file, full_page="wall" not in name)
            self.taken.append((f"{account}　{path}　{look}　{size[0]}×{size[1]}", file))
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                self.found.append(f"{file}: {wide} px wider than its window")
            if answer is not None and answer.status != 200:
                self.found.append(f"{file}: answered {answer.status}")
        context.close()

    def _elsewhere(self, address: str) -> None:
        if not address.startswith((self.origin, "data:", "blob:")):
            self.found.append(f"asked of elsewhere: {address}")

    def bind(self) -> None:
        """Write the page that holds them all."""
        found = "".join(f"<li>{one}</li>" for one in self.found) or "<li>没有</li>"
        shown = "".join(
            f'<figure><figcaption>{words}</figcaption><a href="{file}"><img loading="lazy" width="460" src="{file}" '
            f'alt="{words}"></a></figure>'
            for words, file in self.taken
        )
        head = '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>各页图样</title>'
        style = "<style>figure{display:inline-block;vertical-align:top;margin:8px}img{border:1px solid #999}</style>"
        whole = f"{head}{style}<h1>各页图样（演示数据）</h1><h2>要看的</h2><ul>{found}</ul>{shown}"
        (self.folder / "index.html").write_text(whole, encoding="utf-8")


def main() -> None:
    """Serve a demonstration, take every picture, bind them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", default="build/pictures", type=Path)
    arguments.add_argument("--only", default="", help="只拍名字含这个词的页")
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    def asked(pages: dict[str, str]) -> dict[str, str]:
        return {name: path for name, path in pages.items() if given.only in name}

    with tempfile.TemporaryDirectory() as made, running(Path(made) / "demo") as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        album = Album(given.folder, origin)
        for look in LOOKS:
            for size in WALL:
                album.visit(browser, "lingdao", look, size, asked(WALLS))
            for size in DESK:
                album.visit(browser, "zhuren", look, size, asked(PAGES))
                album.visit(browser, "fenxi", look, size, asked(DATA))
            for size in PHONE:
                album.visit(browser, "danwei", look, size, asked(PHONES))
                album.visit(browser, "xianqu", look, size, asked(PHONES))
        browser.close()
    album.bind()
    print(f"{len(album.taken)} 张图在 {given.folder}，从 index.html 看起")
    for one in album.found:
        print(one, file=sys.stderr)
    sys.exit(1 if album.found else 0)


if __name__ == "__main__":
    main()
