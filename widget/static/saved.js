// Offerings that a parent keeps: in this browser alone, and only by her own press.
import { card } from "./cards.js";
import { make, ours } from "./nodes.js";
import { printButton } from "./printing.js";
import { SAVED } from "./session.js";

const MOST = 50;

// Returns `node`, the list; `button(offering)` that keeps an offering or lets it go; `refresh()` for when the chat's language changed.
export function createSaved(chat) {
  const count = make("span");
  const items = make("ul");
  const print = chat.canPrint && printButton(chat.setting.texts, () => items.querySelectorAll(".card:not(.gone)"));
  if (print) print.dataset.text = "page_print";
  const node = make("details", { class: "saved" },
    make("summary", {}, make("span", { "data-text": "page_saved_list" }, chat.setting.texts.page_saved_list), count),
    print && make("div", { class: "tools" }, print),
    items);
  let ids = new Set();

  function refresh() {
    const kept = read();
    const key = ({ id }) => `${chat.setting.language} ${id}`;
    ids = new Set(kept.map(({ id }) => id));
    node.hidden = !kept.length;
    count.textContent = ` (${kept.length})`;
    for (const button of chat.node.querySelectorAll("button.save")) mark(button);
    if (!node.open) return;
    const shown = new Map([...items.children].map((item) => [item.dataset.key, item]));
    items.replaceChildren(...kept.map((one) => shown.get(key(one)) || make("li", { "data-key": key(one) }, present(one))));
  }

  // What was kept is shown as the server knows it now; as it was kept only where the server cannot be asked.
  function present(one) {
    const place = bare(one);
    asked(one.id, chat.setting)
      .then((found) => (found ? card(found, chat.setting.texts, button) : bare(one, chat.setting.texts.page_gone)), () => card(one.card, chat.setting.texts, button))
      .then((known) => place.replaceWith(known), () => { /* kept in a form that is not ours: its title stays, to be removed */ });
    return place;
  }

  function bare(one, note) {
    const remove = make("button", { type: "button" }, chat.setting.texts.page_remove);
    remove.addEventListener("click", () => toggle(one, remove));
    return make("article", { class: "card gone" },
      make("h3", { lang: one.card.text_language || "de" }, make("bdi", {}, one.title)), note && make("p", {}, note), make("div", {}, remove));
  }

  function button(offering) {
    if (typeof offering.id !== "string") return null;
    const { page_save: save, page_saved: saved } = chat.setting.texts;
    const made = make("button", { type: "button", class: "save", "data-id": offering.id, "data-save": save, "data-saved": saved });
    made.addEventListener("click", () => toggle(offering, made));
    mark(made);
    return made;
  }

  function mark(button) {
    const isKept = ids.has(button.dataset.id);
    button.setAttribute("aria-pressed", String(isKept));
    button.textContent = isKept ? button.dataset.saved : button.dataset.save;
  }

  function toggle(offering, pressed) {
    const others = read().filter(({ id }) => id !== offering.id);
    write(ids.has(offering.id) ? others : [{ id: offering.id, title: offering.title, card: lasting(offering) }, ...others]);
    const item = pressed.closest("[data-key]");
    const next = item && (item.nextElementSibling || item.previousElementSibling);
    refresh();
    if (next) next.querySelector(".save, .gone button").focus(); else if (item) chat.focus();
  }

  node.addEventListener("toggle", refresh);
  window.addEventListener("storage", ({ key }) => { if (key === SAVED || key === null) refresh(); });
  refresh();
  return { node, button, refresh };
}

// Nothing of where the parent was, and of what is true for an hour.
function lasting(offering) {
  return { ...offering, distance_km: null, reasons: [], open_now: null, display: { ...offering.display, badges: [] } };
}

// Returns an offering's card as it is now, null where nobody offers it any more.
async function asked(id, { paths, language }) {
  const response = await fetch(`${ours(paths.offerings)}/${encodeURIComponent(id)}?language=${language}`, { credentials: "omit" });
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

// What stands in the browser's store may be from anybody: only what looks like ours is taken.
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(SAVED));
    return kept.filter((one) => typeof one?.id === "string" && typeof one.title === "string" && one.card?.display).slice(0, MOST);
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    if (kept.length) localStorage.setItem(SAVED, JSON.stringify(kept.slice(0, MOST))); else localStorage.removeItem(SAVED);
  } catch { /* a browser that keeps nothing: the button stays as it was */ }
}
