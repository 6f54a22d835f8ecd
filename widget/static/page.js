// The chat as a page of its own: the frame around it was made by the server.
import { createChat } from "./chat.js";
import { relabel } from "./nodes.js";
import { storedConversation } from "./session.js";

const setting = JSON.parse(document.getElementById("setting").textContent);
const menu = document.getElementById("language");
const simple = document.getElementById("simple");
const names = new Map(setting.languages);
const chat = createChat(setting, storedConversation(setting.alliance), frame, true);

// Puts the frame into the language that the chat has come to.
function frame({ language, lang, dir, texts }) {
  Object.assign(document.documentElement, { lang, dir });
  relabel(document, texts);
  menu.value = language;
  const other = language === "de-simple" ? "de" : "de-simple";
  simple.textContent = names.get(other);
  simple.href = `?lang=${other}`;
  for (const node of document.querySelectorAll("footer a, a.brand")) node.href = node.href.replace(/lang=[\w-]+/, `lang=${language}`);
}

menu.addEventListener("change", () => chat.choose(menu.value, names.get(menu.value)));
simple.addEventListener("click", (event) => {
  event.preventDefault();
  const code = menu.value === "de-simple" ? "de" : "de-simple";
  chat.choose(code, names.get(code));
});
document.getElementById("chat").replaceChildren(chat.node);
chat.goOn();
