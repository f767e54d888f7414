/* One target's year: running figure above, the days below, target lines across. Numbers arrive as text. */
(function () {
  "use strict";
  var box = document.getElementById("chart"), source = document.getElementById("course");
  if (!box || !source || !window.echarts) return;
  var course = JSON.parse(source.textContent);
  var numbers = function (list) { return list.map(function (n) { return n === null ? null : Number(n); }); };
  var running = numbers(course.running), daily = numbers(course.daily);
  var year = Number(course.year), days = [];
  for (var day = new Date(Date.UTC(year, 0, 1)); day.getUTCFullYear() === year; day.setUTCDate(day.getUTCDate() + 1)) {
    days.push(day.toISOString().slice(0, 10));
  }
  var placed = function (list) {
    var at = {};
    course.days.forEach(function (d, n) { at[d] = list[n]; });
    return days.map(function (d) { return d in at ? at[d] : null; });
  };
  var colour = function (name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); };
  var words = function (d) { return Number(d.slice(5, 7)) + "月" + Number(d.slice(8)) + "日"; };
  var settled = running.filter(function (n, i) { return n !== null && i >= 45; });
  if (!settled.length) settled = running.filter(function (n) { return n !== null; });
  var goals = [course.firm, course.aspired].filter(Boolean).map(Number);
  var all = settled.concat(goals), low = Math.min.apply(null, all), high = Math.max.apply(null, all);
  var step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter(function (s) { return (high - low) / s <= 6; })[0] || 100;
  low = Math.floor(low / step) * step; high = Math.ceil(high / step) * step;
  if (high === low) high += step;
  running.forEach(function (n, i) {  // the line begins where it has come to stay on the scale
    if (n !== null && (n < low || n > high)) for (var before = 0; before <= i; before++) running[before] = null;
  });
  var chart = null, sheet = document.createElement("div");  // the drawing from the server stays for paper
  sheet.className = "canvas";
  box.appendChild(sheet);
  box.classList.add("drawn");

  function line(text, value, name, dashed, above) {
    return { yAxis: value, lineStyle: { color: colour(name), type: dashed ? "dashed" : "solid", width: 1.6 },
      label: { formatter: text + " " + value, position: above ? "insideStartTop" : "insideStartBottom", color: colour(name), fontSize: 13 } };
  }
  function draw() {
    if (chart) chart.dispose();
    chart = window.echarts.init(sheet, null, { renderer: "canvas" });
    var quiet = colour("text-3"), rung = { lineStyle: { color: colour("grid") } };
    var marks = [];
    if (course.firm) marks.push(line("目标", Number(course.firm), "goal", false, goals[0] === Math.max.apply(null, goals)));
    if (course.aspired) marks.push(line("力争", Number(course.aspired), "aspire", true, goals[1] === Math.max.apply(null, goals)));
    var axis = function (grid, shown) {
      return { type: "category", data: days, gridIndex: grid, boundaryGap: true, axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("line-strong") } },
        axisLabel: { show: shown, color: quiet, fontSize: 13, interval: function (n, d) { return d.slice(8) === "15" ; }, formatter: function (d) { return Number(d.slice(5, 7)) + "月"; } } };
    };
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: false },
      grid: [{ left: 46, right: 18, top: 14, height: 216 }, { left: 46, right: 18, top: 256, height: 66 }],
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: colour("card"), borderColor: colour("line-strong"), textStyle: { color: colour("text"), fontSize: 13 },
        formatter: function (parts) {
          var d = parts[0].axisValue, n = course.days.indexOf(d);
          if (n < 0) return words(d);
          return words(d) + "\n累计 " + (course.running[n] === null ? "—" : course.running[n]) + " " + course.unit + "\n" + course.name + " " + (course.daily[n] === null ? "无效" : course.daily[n]);
        } },
      xAxis: [axis(0, false), axis(1, true)],
      yAxis: [{ type: "value", min: low, max: high, interval: step, gridIndex: 0, axisLabel: { color: quiet, fontSize: 13 }, splitLine: rung },
        { type: "value", gridIndex: 1, splitNumber: 2, axisLabel: { color: quiet, fontSize: 12 }, splitLine: rung }],
      series: [{ type: "line", name: "累计", xAxisIndex: 0, yAxisIndex: 0, data: placed(running), showSymbol: false, clip: true, connectNulls: false,
        lineStyle: { width: 2.4, color: colour("chart") }, itemStyle: { color: colour("chart") },
        markLine: { silent: true, symbol: "none", data: marks },
        endLabel: { show: false } },
      { type: "bar", name: course.name, xAxisIndex: 1, yAxisIndex: 1, data: placed(daily).map(function (n) {
        return { value: n, itemStyle: { color: course.good && n !== null && n > 100 ? colour("missed") : colour("chart-soft") } };
      }), barCategoryGap: "15%" }]
    });
  }
  draw();
  window.addEventListener("resize", function () { if (chart) chart.resize(); });
  document.addEventListener("lookchange", draw);
  window.matchMedia("(prefers-color-scheme: dark)").addListener(draw);
})();
