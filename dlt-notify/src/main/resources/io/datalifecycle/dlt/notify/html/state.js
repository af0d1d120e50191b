// What the viewer has set: a value for each control and the part of time that is shown. It lives in the hash of the address.
const state = { values: {}, zoom: null };
const rangeControl = page.controls.find((control) => control.type === "time-range");
const varying = new Set(page.variants.flatMap((variant) => Object.keys(variant.controls)));

function defaults() {
  return Object.fromEntries(page.controls.map((control) => [control.key, control.value]));
}

/** The cells for some values: those of the page, those of a variant, or null when the page has none. */
function cellsFor(values) {
  const base = defaults();
  if ([...varying].every((key) => values[key] === base[key])) return page.items;
  const match = page.variants.find((variant) =>
    [...varying].every((key) => values[key] === (key in variant.controls ? variant.controls[key] : base[key])));
  return match ? match.items : null;
}

/** Values that a control can take while the others stay, from the page and its variants. */
function choices(key) {
  const known = new Set([defaults()[key]]);
  page.variants.forEach((variant) => {
    if (key in variant.controls) known.add(variant.controls[key]);
  });
  return [...known].filter((value) => cellsFor({ ...state.values, [key]: value }));
}

function present(key) {
  const control = page.controls.find((one) => one.key === key);
  if (control && control === rangeControl && state.zoom) {
    return state.zoom.map((at) => new Date(at).toISOString()).join("/");
  }
  return control ? state.values[key] : "";
}

/** Where a link leads, with the values it sets and those it keeps. */
function address(link) {
  const query = new URLSearchParams();
  for (const key of link.keep) if (present(key)) query.set(key, present(key));
  for (const [key, value] of Object.entries(link.values)) query.set(key, value);
  const hash = query.toString();
  return encodeURIComponent(link.to) + ".html" + (hash ? "#" + hash : "");
}

function hash() {
  const query = new URLSearchParams();
  const base = defaults();
  for (const control of page.controls) {
    if (control !== rangeControl && state.values[control.key] !== base[control.key]) {
      query.set(control.key, state.values[control.key]);
    }
  }
  if (state.zoom) query.set(rangeControl ? rangeControl.key : "zoom", state.zoom.map((at) => new Date(at).toISOString()).join("/"));
  return query.toString();
}

function remember(step) {
  const target = "#" + hash();
  if (target === (window.location.hash || "#")) return;
  // A page opened from a file may not be allowed to; it then works without a memory.
  try {
    history[step ? "pushState" : "replaceState"](null, "", target === "#" ? window.location.pathname + window.location.search : target);
  } catch (refused) {
    window.location.hash = target;
  }
}

/** Reads the hash; what this file does not hold is told instead of being shown wrongly. */
function recall() {
  const query = new URLSearchParams(window.location.hash.slice(1));
  const values = defaults();
  const missing = [];
  state.values = { ...values };
  for (const control of page.controls) {
    if (control === rangeControl || !query.has(control.key)) continue;
    const wanted = query.get(control.key);
    if (wanted !== values[control.key]) values[control.key] = wanted;
  }
  if (cellsFor(values)) {
    state.values = values;
  }
  const base = defaults();
  for (const key of Object.keys(values)) {
    const shown = varying.has(key) ? state.values[key] : base[key];
    if (values[key] !== shown) missing.push(title(key) + " " + values[key]);
    state.values[key] = shown;
  }
  const span = (query.get(rangeControl ? rangeControl.key : "zoom") || "").split("/").map(Date.parse);
  state.zoom = null;
  if (span.length === 2 && span[0] < span[1] && extent) {
    const [from, to] = [Math.max(span[0], extent[0]), Math.min(span[1], extent[1])];
    if (from >= to) missing.push("the time " + time(span[0]) + " – " + time(span[1]));
    else if (from > extent[0] || to < extent[1]) state.zoom = [from, to];
  }
  tell(missing.length ? "This file does not hold " + missing.join(", ") + ". It shows the values below." : "");
}

function title(key) {
  const control = page.controls.find((one) => one.key === key);
  return control ? control.title : key;
}

function tell(words) {
  const notice = document.getElementById("notice");
  notice.textContent = words;
  notice.hidden = !words;
}
