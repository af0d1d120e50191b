// Tables: sorted by a click on a heading, narrowed by words, rows added while one scrolls.
const STEP = 150;

function comparer(item, column, direction) {
  const keys = item.columns[column].keys;
  const rank = (row) => (keys ? keys[row] : item.rows[row][column] === NONE ? null : item.rows[row][column]);
  return (left, right) => {
    const [a, b] = [rank(left), rank(right)];
    if (a === null || b === null) return (a === null) - (b === null) || left - right;
    const order = keys ? a - b : a < b ? -1 : a > b ? 1 : 0;
    return order * direction || left - right;
  };
}

function tablePanel(item) {
  const panel = frame(item, "table");
  if (!item.rows.length) return empty(panel, "No data");
  const all = item.rows.map((_, row) => row);
  let order = all;
  let shown = 0;
  const body = el("tbody");
  const more = el("p", { class: "more", "aria-live": "polite" });
  const grow = (count) => {
    const end = Math.min(order.length, shown + count);
    for (; shown < end; shown++) body.append(rowOf(item, order[shown]));
    const rest = order.length - shown;
    more.textContent = rest ? rest + " more rows" : order.length === 0 ? "No row matches" : item.truncated ? "There are more rows than are shown here" : "";
    more.hidden = !more.textContent;
  };
  const sorting = { column: -1, direction: 1, words: "" };
  const refresh = () => {
    order = sorting.words ? all.filter((row) => item.rows[row].some((cell) => cell.toLowerCase().includes(sorting.words))) : [...all];
    if (sorting.column >= 0) order.sort(comparer(item, sorting.column, sorting.direction));
    body.replaceChildren();
    shown = 0;
    grow(STEP);
  };
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": item.title || "Table" },
    el("table", {}, headOf(item, sorting, refresh), body), more);
  scroll.addEventListener("scroll", () => {
    if (scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 200) grow(STEP);
  });
  if (item.rows.length > 12) {
    const filter = el("input", { class: "filter", type: "search", placeholder: "Filter rows", "aria-label": "Filter rows of " + (item.title || "table") });
    filter.addEventListener("input", () => {
      sorting.words = filter.value.trim().toLowerCase();
      refresh();
    });
    bodyOf(panel).classList.add("with-filter");
    bodyOf(panel).append(filter);
  }
  bodyOf(panel).append(scroll);
  refresh();
  return { panel };
}

function headOf(item, sorting, refresh) {
  const cells = item.columns.map((column, i) => {
    const cell = el("th", { scope: "col", class: column.right ? "right" : null, "aria-sort": "none" }, el("button", { type: "button" }, column.heading));
    cell.firstChild.addEventListener("click", () => {
      sorting.direction = sorting.column === i ? -sorting.direction : 1;
      sorting.column = i;
      cells.forEach((one) => one.setAttribute("aria-sort", "none"));
      cell.setAttribute("aria-sort", sorting.direction > 0 ? "ascending" : "descending");
      refresh();
    });
    return cell;
  });
  return el("thead", {}, el("tr", {}, ...cells));
}

function rowOf(item, row) {
  const link = item.links.length ? item.links[row] : null;
  const line = el("tr", { class: link ? "linked" : null });
  item.rows[row].forEach((cell, column) => {
    const words = link && column === 0 ? anchor(link, cell) : cell;
    line.append(el("td", { class: item.columns[column].right ? "right" : null, title: cell.length > 40 ? cell : null }, words));
  });
  if (link) {
    line.addEventListener("click", (event) => {
      if (!event.target.closest("a") && !String(window.getSelection())) follow(link);
    });
  }
  return line;
}
