// A card: one offering, as the server describes it in the reply's language. card.html shows the same without script.
import { AWAY, link, list, make, ours } from "./nodes.js";

// `keep(offering)` makes the button that keeps it.
export function card(offering, texts, keep) {
  const shown = offering.display;
  const written = offering.text_language || "de";
  const more = offering.description && make("details", {},
    make("summary", {}, texts.page_more_about),
    shown.german && make("p", { class: "small" }, shown.german),
    make("p", { lang: written, dir: "auto", class: "description" }, offering.description));
  return make("article", { class: "card" },
    offering.provider && make("p", { class: "provider", lang: "de" }, make("bdi", {}, offering.provider)),
    make("h3", { lang: written }, make("bdi", {}, offering.title)),
    shown.machine && make("p", { class: "small" }, shown.machine),
    list("badges", shown.badges),
    list("reasons", offering.reasons || []),
    make("dl", {}, ...shown.facts.map(fact)),
    more || null,
    list("actions", [...shown.actions.map(action), ...sharing(offering, texts), keep(offering)].filter(Boolean)),
    shown.checked && make("p", { class: "small" }, shown.checked));
}

function fact(one) {
  const text = make("bdi", { dir: one.ltr ? "ltr" : null }, one.text);
  return make("div", {}, make("dt", {}, one.label), make("dd", { lang: one.language }, text));
}

function action(one) {
  const away = ["phone", "email"].includes(one.kind) ? {} : AWAY;
  return link(one.href, away, one.label, one.text ? " " : null, one.text ? make("bdi", { dir: "ltr" }, one.text) : null);
}

// Hands the offering's page to the phone's own sharing, else to the clipboard; no button where there is neither.
function sharing(offering, texts) {
  const page = offering.display.actions.find(({ kind }) => kind === "share");
  if (!page || !(navigator.share || navigator.clipboard)) return [];
  const button = make("button", { type: "button" }, texts.page_share);
  button.addEventListener("click", async () => {
    const url = ours(page.href);
    try {
      if (navigator.share) return await navigator.share({ title: offering.title, url });
      await navigator.clipboard.writeText(url);
      const told = make("span", { class: "small", role: "status" }, texts.page_copied);
      button.after(told);
      setTimeout(() => told.remove(), 4000);
    } catch { /* the parent changed her mind */ }
  });
  return [button];
}
