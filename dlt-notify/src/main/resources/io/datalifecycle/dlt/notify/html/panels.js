// One element for each kind of item.
function frame(item, kind) {
  const panel = el("section", { class: "panel " + kind, id: "item-" + item.id, "aria-label": item.title || kind });
  const [x, y, w, h] = item.area;
  panel.style.gridColumn = x + 1 + " / span " + w;
  panel.style.gridRow = y + 1 + " / span " + h;
  panel.style.setProperty("--high", Math.max(1, h) * 78 + "px");
  const header = el("header", {}, item.title ? el("h2", { title: item.title }, item.title) : null);
  if (item.title || kind === "map") panel.append(header);
  panel.append(el("div", { class: "body" }));
  return panel;
}

function bodyOf(panel) {
  return panel.querySelector(".body");
}

function empty(panel, words) {
  bodyOf(panel).append(el("div", { class: "empty" }, words));
  return { panel };
}

/** The links of a chart as a list, for those who do not click into drawings. */
function menu(panel, links) {
  const entries = Object.entries(links);
  const header = panel.querySelector("header");
  if (!entries.length || !header) return;
  const list = el("ul", {}, ...entries.slice(0, 60).map(([label, link]) => el("li", {}, anchor(link, label || link.to))));
  const details = el("details", { class: "open" }, el("summary", {}, "Open"), list);
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape") details.open = false;
  });
  header.append(el("span", { class: "space" }), details);
}

function chartPanel(item) {
  const chart = item.chart;
  const panel = frame(item, chart.kind);
  const header = panel.querySelector("header");
  if (header && chart.unit) header.append(el("span", { class: "unit" }, chart.unit));
  if (chart.empty) return empty(panel, "No data");
  if (chart.kind === "map") {
    panel.classList.toggle("plain", !chart.span);
    menu(panel, Object.fromEntries(chart.points.filter((point) => point.link).map((point) => [point.label, point.link])));
    if (!panel.querySelector(".space")) header.append(el("span", { class: "space" }));
  } else {
    menu(panel, item.links);
  }
  const holder = el("div", { class: "chart", role: "img", "aria-label": chart.summary });
  if (chart.kind === "pie") bodyOf(panel).append(pieParts(item, holder));
  else bodyOf(panel).append(holder);
  if (chart.kind === "map" && chart.span) bodyOf(panel).append(ramp(chart));
  return { panel, draw: () => (chart.kind === "map" ? drawMap(item, panel) : drawChart(item, panel)) };
}

function pieParts(item, holder) {
  const sum = item.chart.slices.reduce((total, slice) => total + slice.value, 0);
  const list = el("ul", { class: "slices" });
  item.chart.slices.forEach((slice, i) => {
    const words = slice.label in item.links ? anchor(item.links[slice.label], slice.label) : slice.label;
    list.append(el("li", {}, dot(colorOf(item, slice.label, i)), el("span", { class: "label", title: slice.label }, words),
      el("span", { class: "share" }, number(Math.round((slice.value / sum) * 1000) / 10) + " %")));
  });
  const middle = el("div", { class: "sum", "aria-hidden": "true" }, el("b", {}, number(sum)), el("span", {}, item.chart.unit));
  return el("div", { class: "split" }, el("div", { class: "ring" }, holder, middle), list);
}

function ramp(chart) {
  const bar = el("span", { class: "bar", "aria-hidden": "true" });
  bar.style.background = "linear-gradient(90deg, " + page.ramp.join(", ") + ")";
  const [low, high] = chart.span;
  if (low === high) return el("div", { class: "ramp" }, el("span", {}, withUnit(low, chart.unit)));
  return el("div", { class: "ramp" }, number(low), bar, el("span", {}, withUnit(high, chart.unit)));
}

function drawChart(item, panel) {
  const holder = panel.querySelector(".chart");
  const fit = () => panel.classList.toggle("tall", item.chart.kind === "pie" && panel.clientWidth < panel.clientHeight * 1.1);
  fit();
  const chart = echarts.init(holder, null, { renderer: "svg" });
  const option = () => (item.chart.kind === "time-series" ? timeSeriesOption(item, chart.getWidth())
    : item.chart.kind === "bar" ? barOption(item, chart.getWidth()) : pieOption(item));
  const restyle = () => {
    chart.setOption(option(), true);
    if (item.chart.kind === "time-series") armZoom(chart);
  };
  chart.on("click", (point) => {
    const link = item.links[labelOf(item, point)] || item.links[point.seriesName in (item.chart.series || []) ? item.chart.series[point.seriesName].label : ""];
    if (link) follow(link);
  });
  if (item.chart.kind === "time-series") linkZoom(chart);
  restyle();
  const resize = () => {
    fit();
    chart.resize();
    if (item.chart.kind !== "pie") restyle();
  };
  return { chart, restyle, resize };
}

function labelOf(item, point) {
  const chart = item.chart;
  if (chart.kind === "pie") return chart.slices[point.dataIndex].label;
  if (chart.kind === "bar") return chart.categories[point.dataIndex];
  return chart.series[Number(point.seriesName)] ? chart.series[Number(point.seriesName)].label : "";
}

function statPanel(item) {
  const panel = frame(item, "stat");
  panel.dataset.level = item.level;
  bodyOf(panel).append(el("span", { class: "number" }, item.text));
  if (item.unit && item.text !== NONE) bodyOf(panel).append(el("span", { class: "of" }, item.unit));
  if (item.level !== "normal") bodyOf(panel).append(badge(item.level));
  if (item.link) {
    panel.classList.add("linked");
    const heading = panel.querySelector("h2");
    if (heading) heading.replaceChildren(anchor(item.link, item.title));
    panel.addEventListener("click", (event) => {
      if (!event.target.closest("a")) follow(item.link);
    });
  }
  return { panel };
}

function alertsPanel(item) {
  const panel = frame(item, "alert-list");
  if (!item.alerts.length) return empty(panel, "No alerts");
  const list = el("ul", { class: "alerts" }, ...item.alerts.map((alert) => el("li", {},
    el("span", {}, badge(alert.state)),
    el("div", { class: "about" },
      el("div", { class: "title" }, alert.title),
      el("div", { class: "details" }, [alert.labels, alert.value && "value " + alert.value].filter(Boolean).join(" · ")),
      el("div", { class: "details" }, "since " + alert.since)),
    el("span", {}, badge(alert.severity)))));
  bodyOf(panel).append(el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": item.title || "Alerts" }, list));
  return { panel };
}

function textPanel(item) {
  const panel = frame(item, "text");
  const prose = el("div", { class: "prose", tabindex: "0", role: "region", "aria-label": item.title || "Text" });
  // The one place with markup: CommonMark rendered with raw HTML escaped and unsafe addresses removed.
  prose.innerHTML = item.html;
  bodyOf(panel).append(prose);
  return { panel };
}

function failedPanel(item) {
  const panel = frame(item, "failed");
  bodyOf(panel).append(badge("error"), el("span", { class: "message" }, item.message));
  return { panel };
}

const PANELS = { chart: chartPanel, table: tablePanel, stat: statPanel, alerts: alertsPanel, text: textPanel, failed: failedPanel };
