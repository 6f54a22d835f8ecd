// Nodes from texts. Everything shown is put in as text, never as markup; links are http, https, tel, mailto or our own.

const SVG = "http://www.w3.org/2000/svg";
const RIGHT_TO_LEFT = ["ar", "fa"];
// E-mail addresses, web addresses, and telephone numbers: hotlines, and what begins with 0 or +.
const LINKS = /([^\s@<>()"',;]+@[^\s@<>()"',;]+\.[a-z]{2,})|(https?:\/\/[^\s<>()"']*[^\s<>()"'.,;:!?])|((?:\+|\b0)[1-9]\d[\d /()-]{4,}\d|\b116[ ]?\d{3}\b|\b11[02]\b)/gi;
const ICONS = {
  place: "M12 2a7 7 0 0 0-7 7c0 5 7 13 7 13s7-8 7-13a7 7 0 0 0-7-7Zm0 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z",
  send: "M3 20.5 22 12 3 3.5V10l12 2-12 2z",
  talk: "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4.500V17a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2Zm3 5v2h10V8Zm0 4v2h7v-2Z",
  close: "m6.400 5 5.600 5.600L17.600 5 19 6.400 13.400 12l5.600 5.600-1.400 1.400-5.600-5.600L6.400 19 5 17.600l5.600-5.600L5 6.400z",
};

export const tag = (code) => (code === "de-simple" ? "de" : code);
export const direction = (code) => (RIGHT_TO_LEFT.includes(code) ? "rtl" : "ltr");

export function make(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

export function icon(name, attributes) {
  const picture = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", ...attributes })) picture.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  picture.append(path);
  return picture;
}

// An address on our own server, wherever the page lies that shows us.
export const ours = (path) => new URL(path, import.meta.url).href;

export function link(href, attributes, ...children) {
  const safe = /^(https?:\/\/|tel:\+?\d+$|mailto:[^?&]+$)/i.test(href) ? href : /^\/(?!\/)/.test(href) ? ours(href) : null;
  return make(safe ? "a" : "span", safe ? { ...attributes, href: safe } : {}, ...children);
}

// A text as nodes, with addresses and telephone numbers one can tap.
export function linked(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(LINKS)) {
    const [whole, email, web] = found;
    const href = email ? `mailto:${whole}` : web ? whole : `tel:${whole.replace(/[^+\d]/g, "")}`;
    nodes.push(text.slice(end, found.index), link(href, web ? AWAY : {}, make("bdi", { dir: "ltr" }, whole)));
    end = found.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}

// A link that leaves the conversation opens beside it.
export const AWAY = { target: "_blank", rel: "noopener noreferrer" };

export const list = (name, items) => (items.length ? make("ul", { class: name }, ...items.map((item) => make("li", {}, item))) : null);

// Says everything fixed within a node again in another language.
export function relabel(scope, texts) {
  for (const node of scope.querySelectorAll("[data-text]")) node.textContent = texts[node.dataset.text];
  for (const node of scope.querySelectorAll("[data-label]")) {
    node.title = texts[node.dataset.label];
    node.setAttribute("aria-label", node.title);
  }
  for (const node of scope.querySelectorAll("[data-placeholder]")) node.placeholder = texts[node.dataset.placeholder];
}

// The menu of languages: each in its own writing.
export function languageMenu(languages, present) {
  const options = languages.map(([code, name]) => make("option", { value: code, lang: tag(code), dir: direction(code) }, name));
  const menu = make("select", { id: "language", name: "lang", "data-label": "page_language" }, ...options);
  menu.value = present;
  return menu;
}
