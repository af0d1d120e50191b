// The bar of controls. Those that this file holds other values for act, the others say what they are set to.
const PRESETS = [["Last hour", 3600e3], ["6 h", 6 * 3600e3], ["24 h", 86400e3], ["7 days", 7 * 86400e3], ["30 days", 30 * 86400e3], ["90 days", 90 * 86400e3]];

function drawControls() {
  const bar = document.getElementById("controls");
  const parts = page.controls.map((control) => (control.type === "time-range" ? null : controlOf(control)));
  if (extent) parts.unshift(timeControl());
  bar.replaceChildren(...parts.filter(Boolean));
}

function labelled(control, ...children) {
  return el("div", { class: "control" }, el("label", { class: "name", for: "control-" + control.key }, control.title), ...children);
}

function controlOf(control) {
  const id = "control-" + control.key;
  const known = choices(control.key);
  if (!varying.has(control.key) && control.type !== "select") {
    return labelled(control, el("output", { class: "fixed", id }, shownValue(control, control.value)));
  }
  if (control.type === "toggle") {
    const box = el("input", { type: "checkbox", id, disabled: known.length < 2 });
    box.checked = state.values[control.key] === "true";
    box.addEventListener("change", () => choose(control.key, String(box.checked)));
    return labelled(control, el("label", { class: "toggle" }, box, box.checked ? "on" : "off"));
  }
  const options = control.options.length ? control.options : [...new Set([control.value, ...known])].map((value) => ({ value, name: shownValue(control, value) }));
  const select = el("select", { id });
  for (const option of options) {
    const held = known.includes(option.value);
    const entry = el("option", { value: option.value, disabled: !held, title: held ? null : "Not in this file" }, option.name || option.value || "All");
    entry.selected = option.value === state.values[control.key];
    select.append(entry);
  }
  select.disabled = known.length < 2;
  select.addEventListener("change", () => choose(control.key, select.value));
  return labelled(control, select);
}

function shownValue(control, value) {
  if (control.type === "toggle") return value === "true" ? "on" : "off";
  if (control.type === "number" && value !== "" && Number.isFinite(Number(value))) return number(Number(value));
  return value || NONE;
}

function choose(key, value) {
  state.values[key] = value;
  tell("");
  remember(true);
  show();
  const again = document.getElementById("control-" + key);
  if (again) again.focus();
}

/** Where there is nothing to zoom the span is told, not offered. */
const zoomable = page.pool.some((item) => item.kind === "chart" && item.chart.kind === "time-series" && !item.chart.empty);

function timeControl() {
  if (!zoomable) {
    return rangeControl ? labelled(rangeControl, el("output", { class: "fixed wide", id: "control-" + rangeControl.key }, time(extent[0]) + " – " + time(extent[1]))) : null;
  }
  const length = extent[1] - extent[0];
  const [from, to] = state.zoom || extent;
  const button = (words, pressed, act) => el("button", { class: "small", type: "button", "aria-pressed": String(pressed), on: { click: act } }, words);
  const buttons = PRESETS.filter(([, span]) => span < length * 0.999).slice(-4).map(([words, span]) =>
    button(words, state.zoom && to === extent[1] && Math.abs(to - from - span) < 1000, () => zoomTo([extent[1] - span, extent[1]])));
  buttons.push(button("All", !state.zoom, () => zoomTo(null)));
  const field = (name, value) => el("input", {
    type: "datetime-local", "aria-label": name, value: fieldTime(value), min: fieldTime(extent[0]), max: fieldTime(extent[1]) });
  const [first, last] = [field("From", from), field("To", to)];
  const take = () => {
    const span = [instantOf(first.value), instantOf(last.value)];
    if (span[0] < span[1]) zoomTo(span);
  };
  first.addEventListener("change", take);
  last.addEventListener("change", take);
  const name = rangeControl ? rangeControl.title : "Time";
  return el("div", { class: "control", id: "time", role: "group", "aria-label": name }, el("span", { class: "name" }, name),
    el("div", { class: "line" }, ...buttons, first, "–", last));
}
