// Prints cards and nothing of the page around them; on our own page only, for elsewhere it would print that page.
import { make } from "./nodes.js";

// Returns a button; `cards()` are those that stand there when it is pressed.
export function printButton(texts, cards) {
  const button = make("button", { type: "button" }, texts.page_print);
  button.addEventListener("click", () => {
    const { lang, dir } = button.closest("[dir]");
    const sheet = make("section", { class: "printed", lang, dir }, ...[...cards()].map((card) => card.cloneNode(true)));
    for (const more of sheet.querySelectorAll("details")) more.open = true;
    document.body.append(sheet);
    document.body.classList.add("printing");
    window.addEventListener("afterprint", () => {
      sheet.remove();
      document.body.classList.remove("printing");
    }, { once: true });
    window.print();
  });
  return button;
}
