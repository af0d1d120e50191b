// Points on a graticule that is drawn from numbers alone. Degrees of longitude are narrowed by the middle latitude.
const KILOMETRES = 111.195;

function roundStep(raw) {
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  return ([1, 2, 2.5, 5].find((factor) => raw <= factor * power * (1 + 1e-9)) || 10) * power;
}

function degreeStep(pixelsPerDegree, pixels) {
  const raw = pixels / pixelsPerDegree;
  const whole = [90, 45, 30, 15].find((step) => raw > step);
  return whole || (raw > 10 ? 15 : roundStep(raw));
}

function degrees(value, step, positive, negative) {
  const digit = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
  const decimals = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (Math.abs(digit - 2.5) < 1e-6 ? 1 : 0));
  const zero = Math.abs(value) < step * 1e-6;
  return Math.abs(value).toFixed(decimals) + "°" + (zero ? "" : " " + (value > 0 ? positive : negative));
}

function rampColor(share) {
  const place = Math.min(1, Math.max(0, share)) * (page.ramp.length - 1);
  const left = Math.min(page.ramp.length - 2, Math.floor(place));
  const channel = (color, at) => parseInt(color.slice(at, at + 2), 16);
  return "#" + [1, 3, 5].map((at) => {
    const [from, to] = [channel(page.ramp[left], at), channel(page.ramp[left + 1], at)];
    return two(Math.round(from + (to - from) * (place - left)).toString(16));
  }).join("");
}

/** The view that shows all points: its middle and the pixels per degree of latitude. */
function fitted(points, width, height) {
  const spread = (values) => [Math.min(...values), Math.max(...values)];
  const [south, north] = spread(points.map((point) => point.lat));
  const [west, east] = spread(points.map((point) => point.lon));
  const middle = (south + north) / 2;
  const narrow = Math.max(0.05, Math.cos((middle * Math.PI) / 180));
  const scale = Math.min(width / (Math.max(0.01 / narrow, east - west) * 1.3 * narrow), height / (Math.max(0.01, north - south) * 1.3));
  return { lat: middle, lon: (west + east) / 2, scale, narrow };
}

/** For each point the side of its label, or none where it would cover another label or point. */
function labelSides(points, view, width, height) {
  const at = (point) => [width / 2 + (point.lon - view.lon) * view.scale * view.narrow, height / 2 - (point.lat - view.lat) * view.scale];
  const taken = points.map((point) => at(point)).map(([x, y]) => [x - 7, y - 7, x + 7, y + 7]);
  const free = (box) => box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height
    && taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
  return points.map((point) => {
    const [x, y] = at(point);
    const long = Math.min(150, point.label.length * 6.8);
    const boxes = {
      right: [x + 9, y - 7, x + 11 + long, y + 7], left: [x - 11 - long, y - 7, x - 9, y + 7],
      top: [x - long / 2, y - 24, x + long / 2, y - 9], bottom: [x - long / 2, y + 9, x + long / 2, y + 24],
    };
    const side = Object.keys(boxes).find((one) => free(boxes[one]));
    if (side) taken.push(boxes[side]);
    return side;
  });
}

function mapOption(item, view, width, height) {
  const points = item.chart.points;
  const [low, high] = item.chart.span || [0, 0];
  const style = axisStyle();
  const halfLon = width / 2 / (view.scale * view.narrow);
  const halfLat = height / 2 / view.scale;
  const lonStep = degreeStep(view.scale * view.narrow, 84);
  const latStep = degreeStep(view.scale, 60);
  const axis = (middle, half) => ({
    type: "value", min: middle - half, max: middle + half, ...style, splitLine: { show: false }, axisLabel: { show: false }, axisTick: { show: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: token("line") } },
  });
  const sides = labelSides(points, view, width, height);
  const lines = (middle, half, step, letters) => {
    const ticks = [];
    const most = letters[0] === "E" ? 180 : 90;
    for (let at = Math.ceil((middle - half) / step) * step; at <= middle + half; at += step) {
      if (Math.abs(at) > most + 1e-9) continue;
      const edge = Math.min(at - middle + half, middle + half - at) * (letters[0] === "E" ? view.scale * view.narrow : view.scale);
      ticks.push({ at, label: edge < (letters[0] === "E" ? 26 : 5) ? "" : degrees(at, step, ...letters) });
    }
    return ticks;
  };
  return {
    ...INSTANT, textStyle: { fontFamily: FONT },
    grid: { left: 62, right: 4, top: 4, bottom: 24, show: true, backgroundColor: token("sea"), borderColor: token("line") },
    tooltip: tooltipStyle({
      trigger: "item",
      formatter: (point) => tip(points[point.dataIndex].place, [{
        color: point.color, label: points[point.dataIndex].label, value: withUnit(points[point.dataIndex].value, item.chart.unit) }]),
    }),
    xAxis: axis(view.lon, halfLon),
    yAxis: axis(view.lat, halfLat),
    series: [marks("meridians", "xAxis", lines(view.lon, halfLon, lonStep, ["E", "W"])), marks("parallels", "yAxis", lines(view.lat, halfLat, latStep, ["N", "S"])), {
      ...INSTANT, type: "scatter", z: 10, symbolSize: points.length > 60 ? 9 : 14, clip: true,
      data: points.map((point, i) => ({
        label: { show: Boolean(sides[i]), position: sides[i] || "right" },
        value: [point.lon, point.lat],
        cursor: point.link ? "pointer" : "default",
        itemStyle: {
          color: point.value === null ? page.series[0] : rampColor(high > low ? (point.value - low) / (high - low) : 0),
          borderColor: token("panel"), borderWidth: points.length > 60 ? 1 : 2, opacity: 1,
        },
      })),
      label: {
        distance: 4, color: token("ink"), fontSize: 12, width: 150, overflow: "truncate",
        formatter: (point) => points[point.dataIndex].label,
      },
      emphasis: { disabled: true },
    }],
  };
}

/** A map that can be moved by dragging and zoomed by its buttons, by keys, and by the wheel with Ctrl. */
function drawMap(item, panel) {
  const chart = echarts.init(panel.querySelector(".chart"), null, { renderer: "svg" });
  const scale = el("div", { class: "distance", "aria-hidden": "true" });
  panel.querySelector(".body").append(scale);
  const size = () => [Math.max(40, chart.getWidth() - 66), Math.max(40, chart.getHeight() - 28)];
  let view = fitted(item.chart.points, ...size());
  const draw = () => {
    chart.setOption(mapOption(item, view, ...size()), true);
    const kilometres = roundStep(70 / (view.scale / KILOMETRES));
    scale.style.width = (kilometres * view.scale) / KILOMETRES + "px";
    scale.textContent = kilometres >= 1 ? number(kilometres) + " km" : number(kilometres * 1000) + " m";
    scale.hidden = (kilometres * view.scale) / KILOMETRES > size()[0] / 2;
  };
  const zoom = (factor) => {
    view.scale = Math.min(4e6, Math.max(size()[1] / 175, view.scale * factor));
    draw();
  };
  const move = (x, y) => {
    view.lon = Math.min(180, Math.max(-180, view.lon - x / (view.scale * view.narrow)));
    view.lat = Math.min(90, Math.max(-90, view.lat + y / view.scale));
    draw();
  };
  const reset = () => {
    view = fitted(item.chart.points, ...size());
    draw();
  };
  const button = (words, name, act) => el("button", { class: "small", type: "button", "aria-label": name, title: name, on: { click: act } }, words);
  panel.querySelector("header").append(el("span", { class: "zoom" },
    button("+", "Zoom in", () => zoom(1.6)), button("−", "Zoom out", () => zoom(1 / 1.6)), button("⤢", "Show all points", reset)));
  let from = null;
  const surface = chart.getZr();
  surface.on("mousedown", (event) => { from = [event.offsetX, event.offsetY]; });
  surface.on("mousemove", (event) => {
    if (!from) return;
    move(event.offsetX - from[0], event.offsetY - from[1]);
    from = [event.offsetX, event.offsetY];
  });
  surface.on("mouseup", () => { from = null; });
  surface.on("globalout", () => { from = null; });
  panel.querySelector(".body").addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8);
  }, { passive: false });
  chart.on("click", (point) => {
    const link = item.chart.points[point.dataIndex].link;
    if (link) follow(link);
  });
  draw();
  return { chart, restyle: draw, resize: () => { chart.resize(); draw(); } };
}
