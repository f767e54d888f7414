/* Progressive: single keys for the reading review, and the source scrolled to what is being looked at. */
(function () {
  "use strict";
  var box = document.querySelector(".sheet-text");
  var now = box && box.querySelector(".now");
  if (now) box.scrollTop = Math.max(0, now.offsetTop - box.offsetTop - box.clientHeight / 3);
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === "e") {
      var first = document.querySelector(".looking input:not([type=hidden]), .looking select");
      if (first) { event.preventDefault(); first.focus(); }
      return;
    }
    var found = /^[a-z]$/.test(event.key) && document.querySelector('[data-key="' + event.key + '"]');
    if (found) { event.preventDefault(); found.click(); }
  });
})();
