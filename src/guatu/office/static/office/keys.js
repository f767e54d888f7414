/* Single keys: / searches, ? helps, g and a letter goes, j and k walk a list, Esc leaves the box.
   Off in fields, and off for good with the switch in the account sheet (WCAG 2.1.4). */
(function () {
  "use strict";
  var goes = { w: "/wall/", t: "/targets/", k: "/tasks/", p: "/problems/", s: "/scores/", d: "/collect/", m: "/homes/mine/", h: "/help/" };
  var going = 0;
  var stored = function () { try { return window.localStorage.getItem("keys"); } catch (error) { return null; } };
  var on = function () { return stored() !== "off"; };
  var shown = function () {
    var button = document.querySelector("[data-keys-switch]");
    if (!button) return;
    button.setAttribute("aria-pressed", on() ? "true" : "false");
    button.textContent = "单键快捷键：" + (on() ? "开" : "关");
  };
  shown();
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-keys-switch]")) return;
    try { window.localStorage.setItem("keys", on() ? "off" : "on"); } catch (error) { return; }
    shown();
  });
  var typing = function (node) { return node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName); };
  var walk = function (step) {
    var rows = Array.prototype.filter.call(
      document.querySelectorAll("main tbody th a, main tbody td:nth-child(2) a, main .rows a, main .found a"),
      function (link) { return link.getClientRects().length; }
    );
    var here = rows.indexOf(document.activeElement);
    var next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
    if (next) next.focus();
    return Boolean(next);
  };
  document.addEventListener("keydown", function (event) {
    var box = document.querySelector("[data-seek]");
    if (event.key === "Escape" && event.target === box) { box.blur(); return; }
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    var taken = true;
    if (going && Date.now() - going < 1500 && goes[event.key]) window.location.assign(goes[event.key]);
    else if (event.key === "/") {
      var field = document.getElementById("q") || box;
      if (field) { field.focus(); field.select(); } else window.location.assign("/search/");
    } else if (event.key === "?") window.location.assign("/help/");
    else if (event.target.closest("[role=region]")) taken = false; // tables have keys of their own
    else if (event.key === "j") taken = walk(1);
    else if (event.key === "k") taken = walk(-1);
    else taken = false;
    going = event.key === "g" ? Date.now() : 0;
    if (taken) event.preventDefault();
  });
})();
