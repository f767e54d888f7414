/* Progressive: the look switch without a page load, printing, the full screen, a wall that could
   not be refreshed, closing the account sheet. Reading needs none of it. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("scripted");
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-look-switch") || root.hasAttribute("data-wall")) return;
    var pressed = event.submitter;
    if (!pressed) return;
    event.preventDefault();
    root.setAttribute("data-look", pressed.value);
    document.cookie = "look=" + pressed.value + ";path=/;max-age=31536000;SameSite=Lax";
    document.querySelectorAll("[data-look-switch] button").forEach(function (button) {
      button.setAttribute("aria-pressed", button.value === pressed.value ? "true" : "false");
    });
    document.dispatchEvent(new Event("lookchange"));
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-full-screen]")) {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (root.requestFullscreen) root.requestFullscreen();
    }
    var sheet = document.querySelector("details.me[open]");
    if (sheet && !sheet.contains(event.target)) sheet.removeAttribute("open");
  });
  document.addEventListener("submit", function (event) {
    var files = event.target.querySelector("input[type=file][data-busy]");
    var said = event.target.parentNode.querySelector("[role=status]");
    if (!files || !said) return;
    said.textContent = files.getAttribute("data-busy").replace("#", files.files.length);
    event.target.querySelector("button").disabled = true;
    window.addEventListener("pageshow", function () { event.target.querySelector("button").disabled = false; });
  });
  document.addEventListener("keydown", function (event) {
    var sheet = document.querySelector("details.me[open]");
    if (event.key === "Escape" && sheet) {
      sheet.removeAttribute("open");
      sheet.querySelector("summary").focus();
    } else if (event.key === "Escape" && root.hasAttribute("data-wall") && !document.fullscreenElement) {
      history.back();
    }
  });
  ["htmx:sendError", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function () {  // the last good picture stays, and says that it is old
      var failed = document.querySelector("[data-refresh-failed]");
      if (failed) failed.removeAttribute("hidden");
    });
  });
  var problem = document.getElementById("problem");
  if (problem) problem.focus();
  /* Two minutes before the session ends a word comes up; any key on its button stays. */
  var leaving = document.querySelector("form.leaving");
  if (leaving && window.fetch) {
    var timer = null;
    var wait = function (seconds) {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, Math.max(1, seconds - 120) * 1000);
    };
    var ask = function () {
      fetch(leaving.action, { credentials: "same-origin", redirect: "error" }).then(function (answer) {
        return answer.json();
      }).then(function (said) {
        if (said.left > 121) {
          leaving.hidden = true;
          wait(said.left);
        } else {
          leaving.hidden = false;
          leaving.querySelector("button").focus();
          timer = window.setTimeout(function () { window.location.reload(); }, (said.left + 2) * 1000);
        }
      }, function () { window.location.reload(); });
    };
    leaving.addEventListener("submit", function (event) {
      event.preventDefault();
      fetch(leaving.action, {
        method: "POST", credentials: "same-origin", body: new FormData(leaving), headers: { "X-Requested-With": "fetch" }
      }).then(function (answer) { return answer.json(); }).then(function (said) {
        leaving.hidden = true;
        wait(said.left);
      }, function () { window.location.reload(); });
    });
    wait(parseInt(leaving.getAttribute("data-session"), 10));
  }
})();
