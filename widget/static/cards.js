// A card: one offering, as the server describes it in the reply's language. card.html shows the same without script.
import { AWAY, link, list, make } from "./nodes.js";

export function card(offering, texts) {
  const shown = offering.display;
  const written = offering.text_language || "de";
  const more = offering.description && make("details", {},
    make("summary", {}, texts.page_more_about),
    shown.german && make("p", { class: "small" }, shown.german),
    make("p", { lang: written, dir: "auto", class: "description" }, offering.description));
  return make("article", { class: "card" },
    offering.provider && make("p", { class: "provider", lang: "de" }, make("bdi", {}, offering.provider)),
    make("h3", { lang: written }, make("bdi", {}, offering.title)),
    list("badges", shown.badges),
    list("reasons", offering.reasons || []),
    make("dl", {}, ...shown.facts.map(fact)),
    more || null,
    list("actions", shown.actions.map((one) => action(one, offering, texts))),
    shown.checked && make("p", { class: "small" }, shown.checked));
}

function fact(one) {
  const text = make("bdi", { dir: one.ltr ? "ltr" : null }, one.text);
  return make("div", {}, make("dt", {}, one.label), make("dd", { lang: one.language }, text));
}

function action(one, offering, texts) {
  const away = ["website", "route", "calendar", "share"].includes(one.kind) ? AWAY : {};
  const node = link(one.href, away, one.label, one.text ? " " : null, one.text ? make("bdi", { dir: "ltr" }, one.text) : null);
  if (one.kind === "share") node.addEventListener("click", (event) => share(event, node, offering, texts));
  return node;
}

// Hands the offering's page to the phone's own sharing, else to the clipboard; where neither is, the link opens the page.
async function share(event, node, offering, texts) {
  if (!navigator.share && !navigator.clipboard) return;
  event.preventDefault();
  try {
    if (navigator.share) return await navigator.share({ title: offering.title, url: node.href });
    await navigator.clipboard.writeText(node.href);
    const told = make("span", { class: "small", role: "status" }, texts.page_copied);
    node.after(told);
    setTimeout(() => told.remove(), 4000);
  } catch { /* the parent changed her mind */ }
}
