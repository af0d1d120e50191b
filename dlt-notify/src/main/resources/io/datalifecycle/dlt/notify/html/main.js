// Puts the page together and keeps its charts in step.
let open = new Map();
let zooming = false;

function zoomValues() {
  const [from, to] = state.zoom || extent;
  return { startValue: from, endValue: to };
}

/** Dragging across a chart zooms all of them. */
function armZoom(chart) {
  chart.dispatchAction({ type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
}

function linkZoom(chart) {
  chart.on("datazoom", (event) => {
    if (zooming) return;
    const zoom = event.batch ? event.batch[0] : event;
    const share = (percent) => extent[0] + ((extent[1] - extent[0]) * percent) / 100;
    zoomTo(zoom.startValue === undefined ? [share(zoom.start), share(zoom.end)] : [zoom.startValue, zoom.endValue]);
  });
  chart.getZr().on("dblclick", () => zoomTo(null));
}

function zoomTo(span) {
  let wanted = span && [Math.max(extent[0], Math.round(span[0])), Math.min(extent[1], Math.round(span[1]))];
  if (wanted && (wanted[1] - wanted[0] < 1000 || (wanted[0] <= extent[0] && wanted[1] >= extent[1]))) wanted = null;
  state.zoom = wanted;
  remember(false);
  applyZoom();
}

function applyZoom() {
  zooming = true;
  for (const { item, drawn } of open.values()) {
    if (drawn && item.kind === "chart" && item.chart.kind === "time-series") {
      drawn.chart.dispatchAction({ type: "dataZoom", ...zoomValues() });
      drawn.chart.setOption({ series: overlays(item, drawn.chart.getWidth()) });
    }
  }
  zooming = false;
  const time = document.getElementById("time");
  if (time) {
    const focused = time.contains(document.activeElement) ? [...time.querySelectorAll("button, input")].indexOf(document.activeElement) : -1;
    time.replaceWith(timeControl());
    if (focused >= 0) document.querySelectorAll("#time button, #time input")[focused]?.focus();
  }
  refreshLinks();
}

function refreshLinks() {
  document.querySelectorAll("a[data-link]").forEach((link) => { link.href = address(link.link); });
}

/** Shows the cells for the values that are set; cells that stay the same stay untouched. */
function show() {
  const grid = document.getElementById("grid");
  const cells = cellsFor(state.values) || page.items;
  const next = new Map();
  for (const at of cells) {
    const item = page.pool[at];
    const before = open.get(item.id);
    if (before && before.item === item) next.set(item.id, before);
    else next.set(item.id, { item, ...PANELS[item.kind](item) });
  }
  for (const [id, cell] of open) {
    if (next.get(id) !== cell) {
      if (cell.drawn) cell.drawn.chart.dispose();
      cell.panel.remove();
    }
  }
  open = next;
  [...open.values()].forEach((cell, i) => {
    if (grid.children[i] !== cell.panel) grid.insertBefore(cell.panel, grid.children[i] || null);
  });
  for (const cell of open.values()) if (cell.draw && !cell.drawn) cell.drawn = cell.draw();
  drawControls();
  refreshLinks();
}

function eachDrawn(act) {
  for (const { drawn } of open.values()) if (drawn) act(drawn);
}

function recallAndShow() {
  recall();
  show();
  if (extent) applyZoom();
}

recallAndShow();
window.addEventListener("hashchange", recallAndShow);
window.addEventListener("popstate", recallAndShow);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => eachDrawn((drawn) => drawn.restyle()));
let waiting = 0;
new ResizeObserver(() => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(() => eachDrawn((drawn) => drawn.resize()));
}).observe(document.getElementById("grid"));
/** Paper has another width, and scripts cannot wait for it: drawings are told to scale instead. */
function scalable(drawn) {
  drawn.restyle();
  const drawing = drawn.chart.getDom().querySelector("svg");
  if (drawing) drawing.setAttribute("viewBox", "0 0 " + drawn.chart.getWidth() + " " + drawn.chart.getHeight());
}

window.addEventListener("beforeprint", () => {
  document.documentElement.dataset.paper = "";
  eachDrawn(scalable);
});
window.addEventListener("afterprint", () => {
  delete document.documentElement.dataset.paper;
  eachDrawn((drawn) => {
    drawn.chart.getDom().querySelector("svg")?.removeAttribute("viewBox");
    drawn.restyle();
  });
});
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.open[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
