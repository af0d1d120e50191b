// Options of ECharts for each kind of chart.
const INSTANT = { animation: false };
const FONT = getComputedStyle(document.body).fontFamily;

function decodeTimes(times) {
  if (!Array.isArray(times)) {
    return Array.from({ length: times.count }, (_, i) => times.from + i * times.step);
  }
  let at = 0;
  return times.map((delta) => (at += delta));
}

/** The span all time charts share: the page's own, or that of the data. */
function sharedExtent() {
  if (page.range) return page.range;
  let [low, high] = [Infinity, -Infinity];
  for (const item of page.pool) {
    if (item.kind !== "chart" || item.chart.kind !== "time-series") continue;
    for (const series of item.chart.series) {
      const times = decodeTimes(series.times);
      if (times.length) {
        low = Math.min(low, times[0]);
        high = Math.max(high, times[times.length - 1]);
      }
    }
  }
  if (low > high) return null;
  return low === high ? [low - 1800000, high + 1800000] : [low, high];
}

const extent = sharedExtent();

/** A series keeps the colour it has on the page when a variant shows it alone. */
function colorOf(item, label, index) {
  const base = page.items.map((at) => page.pool[at]).find((one) => one.id === item.id);
  const labels = base && base.chart ? (base.chart.series || base.chart.slices || []).map((one) => one.label) : [];
  const place = labels.indexOf(label);
  return page.series[(place < 0 ? index : place) % page.series.length];
}

function axisStyle() {
  return {
    axisLabel: { color: token("muted"), fontSize: 11, hideOverlap: true },
    axisLine: { lineStyle: { color: token("line") } },
    axisTick: { lineStyle: { color: token("line") } },
    splitLine: { lineStyle: { color: token("grid") } },
    axisPointer: { label: { show: false }, lineStyle: { color: token("muted") } },
  };
}

function tooltipStyle(more) {
  return {
    backgroundColor: token("panel"), borderColor: token("line"), padding: [8, 11], confine: true,
    textStyle: { color: token("ink"), fontFamily: FONT }, transitionDuration: 0, ...more,
  };
}

function legendStyle(names) {
  return {
    type: "scroll", bottom: 0, left: 0, right: 8, data: names, itemWidth: 9, itemHeight: 9, itemGap: 15, icon: "circle",
    textStyle: { color: token("ink"), fontSize: 12, width: 190, overflow: "truncate" }, pageIconSize: 10,
    pageTextStyle: { color: token("muted") }, pageIconColor: token("accent"), pageIconInactiveColor: token("line"),
    formatter: (id) => names.labels[id] || "series " + (Number(id) + 1),
  };
}

function tip(heading, rows) {
  const box = el("div", { class: "tip" });
  if (heading) box.append(el("div", { class: "when" }, heading));
  for (const row of rows) {
    box.append(el("div", { class: "row" }, dot(row.color), el("span", { class: "label" }, row.label), el("span", { class: "value" }, row.value)));
  }
  return box;
}

function names(labels) {
  const ids = labels.map((_, i) => String(i));
  ids.labels = labels;
  return ids;
}

function timeSeriesOption(item, width) {
  const chart = item.chart;
  const ids = names(chart.series.map((one) => one.label));
  const legend = chart.series.length > 1 || ids.labels[0];
  const series = chart.series.map((one, i) => {
    const times = decodeTimes(one.times);
    const finite = one.values.filter((value) => value !== null).length;
    return {
      ...INSTANT, type: "line", name: String(i), z: 6, color: colorOf(item, one.label, i), showSymbol: finite < 2, symbolSize: 7,
      lineStyle: { width: 1.6 }, triggerLineEvent: one.label in item.links, cursor: one.label in item.links ? "pointer" : "default",
      emphasis: { disabled: true }, data: times.map((at, j) => [at, one.values[j]]),
    };
  });
  series.push(...overlays(item, width));
  const style = axisStyle();
  return {
    ...INSTANT, textStyle: { fontFamily: FONT },
    grid: { left: 4, right: 16, top: 12, bottom: legend ? 52 : 26, containLabel: true },
    legend: legend ? legendStyle(ids) : undefined,
    tooltip: tooltipStyle({ trigger: "axis", formatter: (points) => seriesTip(item, points) }),
    // ECharts knows UTC and the browser's zone only, so the marks are ours: round times of the page's zone.
    xAxis: { type: "value", min: extent[0], max: extent[1], ...style, axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false } },
    yAxis: { type: "value", scale: true, ...style, axisLine: { show: false }, axisLabel: { ...style.axisLabel, formatter: number } },
    dataZoom: [{ type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: false, moveOnMouseWheel: false, ...zoomValues() }],
    toolbox: { showTitle: false, itemSize: 0, feature: { dataZoom: { yAxisIndex: false, icon: { zoom: "path://", back: "path://" }, filterMode: "none", brushStyle: { color: token("accent"), opacity: 0.15, borderWidth: 0 } } } },
    series,
  };
}

/** Lines of a grid where we want them, with their words outside: ECharts sets its own marks by the browser's zone, and from the edge. */
function marks(name, axis, ticks) {
  return {
    ...INSTANT, type: "line", name, silent: true, symbol: "none", tooltip: { show: false }, data: [],
    markLine: {
      ...INSTANT, silent: true, symbol: "none", z: 1, precision: 9,
      data: ticks.map((tick) => ({
        [axis]: tick.at, lineStyle: { color: token(axis === "xAxis" && name === "times" ? "grid" : "line"), type: "solid", width: 1 },
        label: { show: Boolean(tick.label), position: "start", distance: axis === "xAxis" ? 8 : 6, color: token("muted"), fontSize: 11, fontWeight: tick.strong ? 700 : 400, formatter: tick.label },
      })),
    },
  };
}

function timeMarks(width) {
  const [from, to] = state.zoom || extent;
  return marks("times", "xAxis", timeTicks(from, to, Math.max(2, Math.floor(width / 76))));
}

/** What follows the zoom: the marks of the axis, and the thresholds with their names at the right edge. */
function overlays(item, width) {
  const [from, to] = state.zoom || extent;
  const lines = item.chart.thresholds.map((line, i) => ({
    ...INSTANT, type: "line", name: "threshold " + i, silent: true, z: 8, symbol: "none", tooltip: { show: false },
    color: token(line.level), lineStyle: { type: [5, 4], width: 1.3 }, data: [[from, line.value], [to, line.value]],
    endLabel: {
      show: true, align: "right", verticalAlign: "bottom", distance: 0, offset: [-5, -8], color: token(line.level), fontSize: 11,
      width: 220, overflow: "truncate", formatter: () => (line.label ? line.label + " " : "") + number(line.value),
    },
  }));
  return [timeMarks(width), ...lines];
}

function seriesTip(item, points) {
  const rows = points.filter((point) => /^\d+$/.test(point.seriesName) && point.value[1] !== null && point.value[1] !== undefined);
  if (!rows.length) return "";
  const shown = rows.slice(0, 14).map((point) => ({
    color: point.color, label: item.chart.series[Number(point.seriesName)].label, value: withUnit(point.value[1], item.chart.unit),
  }));
  const box = tip(time(rows[0].value[0]), shown);
  if (rows.length > shown.length) box.append(el("div", { class: "when" }, "+ " + (rows.length - shown.length) + " more"));
  return box;
}

function barOption(item, width) {
  const chart = item.chart;
  const ids = names(chart.series.map((one) => one.label));
  const style = axisStyle();
  const slot = (width - 60) / Math.max(1, chart.categories.length);
  const long = chart.categories.some((name) => name.length * 6.2 > slot);
  const single = chart.series.length === 1;
  return {
    ...INSTANT, textStyle: { fontFamily: FONT },
    grid: { left: 4, right: 8, top: 18, bottom: single ? 4 : 32, containLabel: true },
    legend: single ? undefined : legendStyle(ids),
    tooltip: tooltipStyle({
      trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: token("muted"), opacity: 0.1 } },
      formatter: (points) => tip(chart.categories[points[0].dataIndex], points.map((point) => ({
        color: point.color, label: chart.series[Number(point.seriesName)].label, value: withUnit(point.value, chart.unit) }))),
    }),
    xAxis: {
      type: "category", data: chart.categories.map((_, i) => String(i)), ...style, axisTick: { show: false },
      axisLabel: { ...style.axisLabel, rotate: !long ? 0 : slot < 26 ? 90 : 35, width: long ? 90 : Math.max(28, slot - 4), overflow: "truncate", interval: long && slot > 12 ? 0 : "auto", formatter: (i) => chart.categories[i] },
    },
    yAxis: { type: "value", ...style, axisLine: { show: false }, axisLabel: { ...style.axisLabel, formatter: number } },
    series: chart.series.map((one, i) => ({
      ...INSTANT, type: "bar", name: String(i), stack: chart.stacked ? "all" : undefined, color: colorOf(item, one.label, i),
      barMaxWidth: 56, barCategoryGap: "38%", data: one.values, emphasis: { disabled: true },
      cursor: Object.keys(item.links).length ? "pointer" : "default",
      label: { show: single && slot > 34, position: "top", color: token("ink"), fontSize: 11, formatter: (point) => number(point.value) },
    })),
  };
}

function pieOption(item) {
  const chart = item.chart;
  return {
    ...INSTANT, textStyle: { fontFamily: FONT },
    tooltip: tooltipStyle({
      trigger: "item",
      formatter: (point) => tip("", [{ color: point.color, label: chart.slices[point.dataIndex].label, value: withUnit(point.value, chart.unit) }]),
    }),
    series: [{
      ...INSTANT, type: "pie", radius: ["60%", "96%"], label: { show: false }, labelLine: { show: false },
      itemStyle: { borderColor: token("panel"), borderWidth: 2 }, emphasis: { scale: false },
      data: chart.slices.map((slice, i) => ({
        name: String(i), value: slice.value, itemStyle: { color: colorOf(item, slice.label, i) },
        cursor: slice.label in item.links ? "pointer" : "default" })),
    }],
  };
}
