// A reply: its sentences, cards and buttons; loaded when the first message is on its way.
import { aloud } from "./aloud.js";
import { card } from "./cards.js";
import { linked, list, make } from "./nodes.js";

export { feedback } from "./feedback.js";

// Puts a reply's messages into its turn; `choice(button)` makes what can be pressed.
export function fill(turn, messages, code, texts, choice) {
  turn.append(...messages.flatMap((message) => [
    ...message.text.split("\n").filter(Boolean).map((line) => make("p", {}, ...linked(line))),
    ...message.offerings.map((offering) => card(offering, texts)),
    list("buttons", message.buttons.map(choice)),
  ]).filter(Boolean));
  aloud(turn, code, texts);
}
