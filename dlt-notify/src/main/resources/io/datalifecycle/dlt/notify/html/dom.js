// Elements are made with text, never with markup, so that no title or label can become code.
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

function badge(level) {
  return el("span", { class: "badge", "data-level": level }, level);
}

function dot(color) {
  const mark = el("span", { class: "dot", "aria-hidden": "true" });
  mark.style.background = color;
  return mark;
}

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** An anchor to another dashboard; its target follows the controls that are kept. */
function anchor(link, words) {
  const element = el("a", { href: address(link), "data-link": "" }, words);
  element.link = link;
  return element;
}

function follow(link) {
  window.location.href = address(link);
}
