// Marks of a time axis at round times of the page's zone, the same as in images: days begin at midnight there.
const SECOND = 1000;
const DAY = 86400 * SECOND;
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200].map((step) => step * SECOND);
const DAY_STEPS = [1, 2, 4, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200];

function dayName(wall) {
  const at = new Date(wall);
  return MONTHS[at.getUTCMonth()] + " " + at.getUTCDate();
}

/** The instant of a wall clock given as if it were UTC. */
function fromWall(wall) {
  const first = wall - offsetAt(wall);
  return wall - offsetAt(first);
}

function timeTicks(from, to, atMost) {
  const span = to - from;
  const clock = CLOCK_STEPS.find((step) => span / step < atMost);
  if (clock) return clockTicks(from, to, clock);
  const days = DAY_STEPS.find((step) => span / (step * DAY) < atMost);
  if (days) return dayTicks(from, to, days);
  const months = MONTH_STEPS.find((step) => span / (step * 30.4375 * DAY) < atMost);
  return months ? monthTicks(from, to, months) : [];
}

function clockTicks(from, to, step) {
  const ticks = [];
  const begin = local(from).getTime();
  let midnight = Math.floor(begin / DAY) * DAY;
  for (let wall = midnight + Math.floor((begin - midnight) / step) * step; fromWall(wall) <= to; wall += step) {
    const at = fromWall(wall);
    // A wall clock that a change to summer time leaps over has no instant of its own.
    if (at < from || local(at).getTime() !== wall) continue;
    const day = wall % DAY === 0;
    const clock = new Date(wall).toISOString();
    ticks.push({ at, label: day ? dayName(wall) : clock.slice(11, step < 60 * SECOND ? 19 : 16), strong: day });
  }
  return ticks;
}

function dayTicks(from, to, step) {
  const ticks = [];
  const first = Math.floor(local(from).getTime() / DAY);
  for (let day = first - (first % step); fromWall(day * DAY) <= to; day += step) {
    const at = fromWall(day * DAY);
    if (at >= from) ticks.push({ at, label: dayName(day * DAY), strong: false });
  }
  return ticks;
}

function monthTicks(from, to, step) {
  const ticks = [];
  const start = local(from);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (let month = first - (first % step); ; month += step) {
    const year = Math.floor(month / 12);
    const at = fromWall(Date.UTC(year, month % 12, 1));
    if (at > to) return ticks;
    if (at >= from) ticks.push({ at, label: step < 12 ? MONTHS[month % 12] + " " + year : String(year), strong: false });
  }
}
