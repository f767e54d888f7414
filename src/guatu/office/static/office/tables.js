/* Keys inside a table: j and k to the next and previous row, x ticks it, n and p turn the page. They work only while
   the focus is in the table, so no key of the page is taken. "Tick all" appears where rows can be ticked. */
(function () {
  "use strict";
  var stop = function (row) {
    return row.querySelector("th a[href], a[href], button, input") || null;
  };
  document.addEventListener("keydown", function (event) {
    var inside = event.target.closest && event.target.closest("[role=region] table.grid, [role=region]");
    if (!inside || event.ctrlKey || event.metaKey || event.altKey) return;
    var field = event.target.tagName;
    if (field === "SELECT" || field === "TEXTAREA" || (field === "INPUT" && event.target.type !== "checkbox")) return;
    var table = inside.tagName === "TABLE" ? inside : inside.querySelector("table.grid");
    if (!table || !table.tBodies.length) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var at = rows.indexOf(event.target.closest("tbody tr"));
    var to = null;
    if (event.key === "j") to = rows[Math.min(rows.length - 1, at + 1)];
    else if (event.key === "k") to = rows[Math.max(0, at - 1)];
    else if (event.key === "x" && at >= 0) {
      var tick = rows[at].querySelector("input[type=checkbox]");
      if (tick) tick.click();
      return;
    } else if (event.key === "n" || event.key === "p") {
      var turn = document.querySelector(event.key === "n" ? "a[rel=next]" : "a[rel=prev]");
      if (turn) window.location.assign(turn.href);
      return;
    }
    if (to && stop(to)) {
      event.preventDefault();
      stop(to).focus();
    }
  });
  document.addEventListener("change", function (event) {
    var all = event.target;
    if (!all.hasAttribute || !all.hasAttribute("data-tick-all")) return;
    Array.prototype.forEach.call(all.form.elements, function (one) {
      if (one.type === "checkbox" && one !== all) one.checked = all.checked;
    });
  });
})();
