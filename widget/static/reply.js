// A reply: its sentences, cards and buttons; loaded when the first message is on its way.
import { aloud } from "./aloud.js";
import { card } from "./cards.js";
import { linked, list, make } from "./nodes.js";

export { feedback } from "./feedback.js";

// Puts a reply's messages into its turn; `chat` has `setting`, and `choice(button)` that makes what can be pressed.
export function fill(turn, messages, code, chat) {
  const { texts } = chat.setting;
  const shown = [];
  for (const message of messages) {
    const cards = message.offerings.map((offering) => ({ offering, node: card(offering, texts) }));
    shown.push(...cards);
    turn.append(...[
      ...message.text.split("\n").filter(Boolean).map((line) => make("p", {}, ...linked(line))),
      ...cards.map(({ node }) => node),
      list("buttons", message.buttons.map(chat.choice)),
    ].filter(Boolean));
  }
  if (shown.length) turn.append(...tools(shown, chat));
  aloud(turn, code, texts);
}

// What can be done with the cards of a reply together.
function tools(cards, { setting: { texts, tiles } }) {
  const places = cards.map(({ offering, node }, index) => ({
    number: index + 1, title: offering.title, at: [offering.latitude, offering.longitude], isPlace: offering.format !== "online", card: node,
  })).filter(({ at, isPlace }) => isPlace && at.every(Number.isFinite));
  if (!tiles || !places.length) return [];
  const box = make("div", { hidden: "" });
  const map = make("button", { type: "button", "aria-expanded": "false" }, texts.page_map);
  map.addEventListener("click", async () => {
    try {
      await (await import("./map.js")).toggleMap(map, box, places, tiles, texts);
    } catch {
      box.hidden = false;
      map.setAttribute("aria-expanded", "false");
      box.replaceChildren(make("p", { role: "alert" }, texts.page_map_failed));
    }
  });
  return [make("div", { class: "tools" }, map, box)];
}
