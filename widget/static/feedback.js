// "Did this help?": yes, or no and why; told to the server without words, without the conversation.
import { make, ours } from "./nodes.js";

const REASONS = ["wrong", "far", "outdated", "language", "unclear", "other"];

export function feedback(turn, setting, texts) {
  const { paths, alliance, language } = setting;
  const row = make("div", { class: "feedback", role: "group", "aria-label": texts.page_helped }, make("span", {}, texts.page_helped));
  const press = (text, pressed) => {
    const button = make("button", { type: "button", class: "small-button" }, text);
    button.addEventListener("click", pressed);
    row.append(button);
    return button;
  };
  press(texts.page_yes, () => tell(true, null));
  press(texts.page_no, () => {
    row.replaceChildren(make("span", {}, texts.page_why));
    const [first] = REASONS.map((reason) => press(texts[`page_why_${reason}`], () => tell(false, reason)));
    first.focus();
  });
  turn.append(row);

  function tell(helped, reason) {
    const thanks = make("span", { role: "status", tabindex: "-1" }, texts.page_thanks);
    row.replaceChildren(thanks);
    thanks.focus();
    fetch(ours(paths.feedback), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ helped, reason, alliance, language }),
      credentials: "omit",
    }).catch(() => { /* an opinion that is lost costs nobody anything */ });
  }
}
