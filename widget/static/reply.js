// A reply: its sentences, cards and buttons; loaded when the first message is on its way.
import { aloud } from "./aloud.js";
import { card } from "./cards.js";
import { linked, list, make } from "./nodes.js";
import { printButton } from "./printing.js";

export { feedback } from "./feedback.js";
export { createSaved } from "./saved.js";

// Puts a reply's messages into its turn; `chat` has `setting`, `choice(button)` that makes what can be pressed, `saved`, `canPrint`.
export function fill(turn, messages, code, chat) {
  const { texts } = chat.setting;
  const shown = [];
  for (const message of messages) {
    const cards = message.offerings.map((offering) => ({ offering, node: card(offering, texts, chat.saved.button) }));
    shown.push(...cards);
    turn.append(...[
      ...message.text.split("\n").filter(Boolean).map((line) => make("p", {}, ...linked(line))),
      ...cards.map(({ node }) => node),
      list("buttons", message.buttons.map(chat.choice)),
    ].filter(Boolean));
  }
  const row = tools(shown, chat);
  if (shown.length && row.hasChildNodes()) turn.append(row);
  aloud(turn, code, texts);
}

// What can be done with the cards of a reply together.
function tools(cards, { setting: { texts, tiles }, canPrint }) {
  const places = cards.map(({ offering, node }, index) => ({
    number: index + 1, title: offering.title, at: [offering.latitude, offering.longitude], isPlace: offering.format !== "online", card: node,
  })).filter(({ at, isPlace }) => isPlace && at.every(Number.isFinite));
  const [map, box] = tiles && places.length ? mapButton(places, tiles, texts) : [];
  return make("div", { class: "tools" }, map, canPrint && printButton(texts, () => cards.map(({ node }) => node)), box);
}

// Returns a button and the box in which its map will stand.
function mapButton(places, tiles, texts) {
  const box = make("div", { hidden: "" });
  const button = make("button", { type: "button", "aria-expanded": "false" }, texts.page_map);
  button.addEventListener("click", async () => {
    try {
      await (await import("./map.js")).toggleMap(button, box, places, tiles, texts);
    } catch {
      box.hidden = false;
      button.setAttribute("aria-expanded", "false");
      box.replaceChildren(make("p", { role: "alert" }, texts.page_map_failed));
    }
  });
  return [button, box];
}
