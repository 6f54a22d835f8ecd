// The chat in a panel on another website: a dialog beside the page, or over all of it on a small screen.
import { createChat } from "./chat.js";
import { icon, languageMenu, link, make, relabel } from "./nodes.js";
import { storedConversation } from "./session.js";

// Returns a panel within a shadow root; `open()` shows it, and closing gives the focus back to the launcher.
export function createPanel(root, setting, launcher) {
  const session = storedConversation(setting.alliance);
  const menu = languageMenu(setting.languages, setting.language);
  const names = new Map(setting.languages);
  const simple = make("button", { type: "button", class: "plain-button", lang: "de" });
  const close = make("button", { type: "button", class: "round", "data-label": "page_close" }, icon("close"));
  const privacy = link(setting.paths.privacy, { target: "_blank", rel: "noopener", "data-text": "page_privacy" }, "");
  const accessibility = link(setting.paths.accessibility, { target: "_blank", rel: "noopener", "data-text": "page_accessibility" }, "");
  const chat = createChat(setting, session, frame);
  const body = make("div", { class: "body" }, chat.node, make("footer", {}, setting.demo && make("p", { "data-text": "page_demo" }), privacy, accessibility));
  const dialog = make("dialog", { class: "panel", "aria-labelledby": "name" },
    make("header", {},
      setting.logo && make("img", { src: setting.logo, alt: "", height: 36 }),
      make("h1", { id: "name", tabindex: "-1" }, make("bdi", {}, setting.name)),
      close, simple, menu),
    body);

  function frame({ language, lang, dir, texts }) {
    Object.assign(dialog, { lang, dir });
    Object.assign(launcher, { lang, dir, textContent: texts.page_open });
    relabel(dialog, texts);
    menu.value = language;
    simple.textContent = names.get(language === "de-simple" ? "de" : "de-simple");
    for (const one of [privacy, accessibility]) one.search = `?lang=${language}`;
  }

  let goesOn = false;
  // Quietly: as it was on the page before, without taking the focus. On a small screen it covers the page.
  function open(quietly, small) {
    if (dialog.open) return;
    if (!dialog.show || quietly) dialog.setAttribute("open", ""); else if (small) dialog.showModal(); else dialog.show();
    launcher.hidden = true;
    session.keep({ open: true });
    if (!quietly) chat.focus();
    if (!goesOn) chat.goOn();
    goesOn = true;
  }

  menu.addEventListener("change", () => chat.choose(menu.value, names.get(menu.value)));
  simple.addEventListener("click", () => {
    const code = menu.value === "de-simple" ? "de" : "de-simple";
    chat.choose(code, names.get(code));
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") dialog.close();
    // The page around has keys of its own: what is typed here is not for it.
    event.stopPropagation();
  });
  dialog.addEventListener("close", () => {
    launcher.hidden = false;
    session.keep({ open: false });
    launcher.focus();
  });
  root.append(dialog);
  frame(setting);
  return { open };
}
