// Numbers and times, written as in images and documents.
const NONE = "–";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function number(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e15 || size < 1e-6) {
    return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  }
  const decimals = Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(size))));
  // By way of text, because 1.0005 * 1000 is not 1000.5.
  const rounded = Math.round(Number(size + "e" + decimals)) / Math.pow(10, decimals);
  if (rounded === 0) return "0";
  const [whole, part] = rounded.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = part ? part.replace(/0+$/, "") : "";
  return (value < 0 ? "-" : "") + grouped + (rest ? "." + rest : "");
}

function withUnit(value, unit) {
  return unit && Number.isFinite(value) ? number(value) + "\u00a0" + unit : number(value);
}

/** Milliseconds that the page's zone is ahead of UTC at an instant; the page brings the changes along. */
function offsetAt(instant) {
  for (const [until, offset] of page.offsets) {
    if (until === null || instant < until) return offset;
  }
  return 0;
}

/** The wall clock of the page's zone, readable through the UTC methods of a Date. */
function local(instant) {
  return new Date(instant + offsetAt(instant));
}

function two(value) {
  return String(value).padStart(2, "0");
}

function time(instant) {
  const at = local(instant);
  const clock = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
  const seconds = at.getUTCSeconds() ? ":" + two(at.getUTCSeconds()) : "";
  return at.toISOString().slice(0, 10) + " " + clock + seconds;
}

/** The instant of a wall clock text such as 2026-03-03T06:00; NaN for anything else. */
function instantOf(text) {
  const asUtc = Date.parse(text + (text.length === 16 ? ":00Z" : "Z"));
  const first = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(first);
}

function fieldTime(instant) {
  return local(instant).toISOString().slice(0, 16);
}
