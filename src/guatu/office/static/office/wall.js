/* The wall goes round its scenes: ?rotate=40 in the address, or the button. Space pauses, arrows and 1 to 5 go, f fills
   the screen; a touch or a key rests it for three minutes. A figure that a refresh has changed is outlined for 10 s. */
(function () {
  "use strict";
  var USUAL = 25, REST = 180, SHOWN = 10;
  var every = parseInt(new URLSearchParams(window.location.search).get("rotate"), 10) || 0;
  var left = 0, resting = 0, before = null;
  var all = function (what) { return Array.prototype.slice.call(document.querySelectorAll(what)); };
  var keys = function () { try { return window.localStorage.getItem("keys") !== "off"; } catch (error) { return true; } };
  var here = function () {
    var found = 0;
    all("[data-scene]").forEach(function (link, at) { if (link.hasAttribute("aria-current")) found = at; });
    return found;
  };
  var weight = function () {
    var link = all("[data-scene]")[here()];
    return link ? parseFloat(link.getAttribute("data-weight")) || 1 : 1;
  };
  var begin = function () { left = Math.round(every * weight()); };
  var told = function () {
    var button = document.querySelector("[data-rotate]"), said = document.querySelector("[data-next]");
    if (!button || !said) return;
    var links = all("[data-scene]"), next = links.length ? links[(here() + 1) % links.length].textContent.replace(/^\d+ /, "") : "";
    button.setAttribute("aria-pressed", every ? "true" : "false");
    button.textContent = every ? "暂停轮播" : "轮播";
    said.textContent = !every ? "" : resting > 0 ? "有人在看，先停" : left + " 秒后转“" + next + "”";
  };
  var go = function (at) {
    var links = all("[data-scene]");
    if (!links.length || !window.htmx) return;
    var address = new URL(links[(at + links.length) % links.length].href);
    if (every) address.searchParams.set("rotate", every); else address.searchParams.delete("rotate");
    window.history.replaceState(null, "", address.toString());
    window.htmx.ajax("GET", address.toString(), { target: "#wall", select: "#wall", swap: "outerHTML" });
  };
  var turn = function () {
    every = every ? 0 : USUAL;
    resting = 0;
    begin();
    var address = new URL(window.location.href);
    if (every) address.searchParams.set("rotate", every); else address.searchParams.delete("rotate");
    window.history.replaceState(null, "", address.toString());
    told();
  };
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-rotate]")) { event.stopPropagation(); turn(); return; }
    var link = event.target.closest("[data-scene]");
    if (link && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      resting = REST;
      go(all("[data-scene]").indexOf(link));
    }
  });
  document.addEventListener("pointerdown", function (event) {
    if (!event.target.closest("[data-rotate]")) { resting = REST; told(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") { resting = REST; go(here() + (event.key === "ArrowRight" ? 1 : -1)); }
    else if (event.key === " " && !event.target.closest("a, button, input")) { event.preventDefault(); turn(); }
    else if (keys() && /^[1-5]$/.test(event.key)) { resting = REST; go(parseInt(event.key, 10) - 1); }
    else if (keys() && event.key === "f") { var full = document.querySelector("[data-full-screen]"); if (full) full.click(); }
  });
  var figures = function () {
    var found = {};
    all(".tile").forEach(function (tile) { found[tile.querySelector("a").getAttribute("href")] = tile.textContent; });
    return found;
  };
  document.addEventListener("htmx:beforeSwap", function () { before = { scene: here(), figures: figures() }; });
  document.addEventListener("htmx:afterSwap", function () {
    if (before && before.scene === here()) {
      all(".tile").forEach(function (tile) {
        var was = before.figures[tile.querySelector("a").getAttribute("href")];
        if (was !== undefined && was !== tile.textContent) {
          tile.classList.add("changed");
          window.setTimeout(function () { tile.classList.remove("changed"); }, SHOWN * 1000);
        }
      });
    } else begin();
    before = null;
    told();
  });
  begin();
  told();
  window.setInterval(function () {
    if (!every) return;
    if (resting > 0) { resting -= 1; if (!resting) begin(); }
    else if (left > 0) left -= 1;
    else { begin(); go(here() + 1); }
    told();
  }, 1000);
})();
