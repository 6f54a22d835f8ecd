// The conversation: its log, its field, its first questions. A page or a panel on another website puts `node` somewhere.
import { direction, icon, link, make, ours, relabel, tag } from "./nodes.js";
import { ask, somethingSaved } from "./session.js";

const TOO_MUCH = { 413: "page_error_too_long", 429: "page_error_too_fast" };

// Returns a chat: `node` to show, then `goOn()`; `choose(code, name)` a language, `focus()`. `onLanguage(setting)` hears of a change.
export function createChat(setting, session, onLanguage, canPrint = false) {
  let { texts, language } = setting;
  let busy = false;

  const log = make("div", { id: "log", role: "log", "aria-live": "polite", "aria-labelledby": "conversation" });
  const greeting = make("div", { class: "turn assistant", id: "greeting" });
  const questions = make("ul", { class: "buttons", id: "needs", "aria-labelledby": "often-label" });
  const often = make("div", { id: "often", class: "often" },
    make("p", { class: "small", id: "often-label", "data-text": "page_often" }), questions);
  const status = make("p", { id: "status", class: "status", role: "status" });
  const fault = make("div", { id: "fault", class: "fault", role: "alert" });
  const place = make("button", { type: "button", id: "location", class: "round", "data-label": "page_location" }, icon("place"));
  const input = make("textarea", { id: "message", rows: 1, maxlength: 4000, dir: "auto", autocomplete: "off", enterkeyhint: "send", "data-placeholder": "page_placeholder" });
  const form = make("form", { id: "form" },
    make("label", { class: "hidden", for: "message", "data-text": "page_input" }),
    place, input,
    make("button", { id: "send", class: "round main", "data-label": "page_send" }, icon("send", { class: "turns" })));
  const anew = make("button", { type: "button", id: "new", class: "plain-button", "data-text": "page_new" });
  const node = make("div", { class: "chat" },
    make("h2", { class: "hidden", id: "conversation", "data-text": "page_conversation" }),
    log, often, contact(), make("div", { class: "composer", id: "composer" }, status, fault, form, anew));

  const chat = { node, canPrint, choice, focus: () => input.focus(), get setting() { return setting; }, saved: null };

  // Replies, and what was kept of them: loaded with the first message, or where something was kept before.
  async function replies() {
    const parts = await import("./reply.js");
    if (!chat.saved) log.before((chat.saved = parts.createSaved(chat)).node);
    return parts;
  }

  function contact() {
    if (!setting.contact) return null;
    const ways = setting.contact.ways.flatMap(({ text, href }) => [make("br"), link(href, {}, make("bdi", { dir: "ltr" }, text))]);
    return make("aside", { class: "contact", "aria-labelledby": "contact" },
      make("h2", { id: "contact", "data-text": "page_contact" }), make("p", {}, make("bdi", {}, setting.contact.name), ...ways));
  }

  function greet() {
    const privacy = link(`${setting.paths.privacy}?lang=${language}`, { target: "_blank", rel: "noopener" }, texts.page_privacy_read);
    greeting.replaceChildren(
      ...[setting.greeting, texts.page_greeting].filter(Boolean).map((text) => make("p", { dir: "auto" }, text)),
      make("p", { class: "small" }, privacy));
    questions.replaceChildren(...setting.questions.map((one) => make("li", {}, choice(one))));
    relabel(node, texts);
  }

  function choice({ title, payload }) {
    const button = make("button", { type: "button" }, title);
    button.addEventListener("click", () => send(payload, title));
    return button;
  }

  function turn(speaker, who, code, ...parts) {
    const said = make("div", { class: `turn ${speaker}`, lang: tag(code), dir: direction(code) },
      make("span", { class: "hidden" }, `${who}: `), ...parts);
    log.append(said);
    return said;
  }

  const showParent = (text, code) => turn("parent", texts.page_you, code, make("p", { dir: "auto" }, text));

  async function showReply(messages, code, isNew) {
    const { feedback, fill } = await replies();
    const said = make("div", {});
    fill(said, messages, code, chat);
    const shown = turn("assistant", texts.page_assistant, code, ...said.childNodes);
    if (isNew && messages.some(({ offerings }) => offerings.length)) feedback(shown, setting, texts);
  }

  function showFault(key, again) {
    const retry = again && make("button", { type: "button" }, texts.page_retry);
    if (retry) retry.addEventListener("click", again);
    fault.replaceChildren(make("span", {}, texts[key]), ...(retry ? [retry] : []));
  }

  // One message at a time; a message that failed goes back into the field and is sent again only by hand.
  async function send(message, shown) {
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    fault.replaceChildren();
    const waiting = session.begin(message, shown === undefined ? message : shown);
    const written = waiting.shown === message;
    const own = showParent(waiting.shown, language);
    if (written) fit("");
    status.textContent = texts.page_typing;
    own.scrollIntoView({ block: "start" });
    try {
      const [reply] = await Promise.all([ask(ours(setting.paths.chat), { conversation: session.id, id: waiting.id, message, language, alliance: setting.alliance }), replies()]);
      session.answered(waiting, reply);
      often.hidden = true;
      anew.hidden = false;
      if (reply.language !== language) await speak(reply.language);
      await showReply(reply.messages, language, true);
      own.scrollIntoView({ block: "start" });
    } catch (error) {
      session.keep({ waiting: { ...waiting, failed: true } });
      own.remove();
      if (written && !input.value) fit(message);
      showFault(TOO_MUCH[error.status] || (error.status ? "page_error_server" : "page_error_offline"), () => {
        input.focus();
        send((written && input.value.trim()) || message, written ? undefined : shown);
      });
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
      status.textContent = "";
    }
  }

  function fit(text) {
    if (text !== undefined) input.value = text;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }

  // Shows the chat in another language; what was said stays as it was said.
  async function speak(code) {
    language = code;
    try {
      const asked = new URLSearchParams({ lang: code, ...(setting.alliance && { alliance: setting.alliance }) });
      const response = await fetch(`${ours(setting.paths.setting)}?${asked}`, { credentials: "omit" });
      if (!response.ok) return;
      const found = await response.json();
      setting = { ...found, greeting: setting.fixed?.greeting ?? found.greeting, questions: setting.fixed?.questions ?? found.questions, fixed: setting.fixed };
      texts = setting.texts;
      greet();
      chat.saved?.refresh();
      onLanguage(setting);
    } catch { /* offline: the chat keeps its words, the next answer comes in the new language */ }
  }

  // The parent's own choice of a language, which the assistant hears of where a conversation has begun.
  async function choose(code, name) {
    if (busy || code === language) return;
    await speak(code);
    if (session.id) send(code === "de-simple" ? "/simple_language" : `/change_language{"language": "${code}"}`, name);
  }

  function start() {
    log.append(greeting);
    greet();
    anew.hidden = !session.id;
    often.hidden = session.turns.length > 0;
    place.hidden = !(window.isSecureContext && navigator.geolocation);
    if (setting.voice_input) import("./voice.js").then(({ voiceButton }) => input.before(...voiceButton(input, fit, () => ({ language, texts }))));
  }

  // What was said on the page before; and a message that was on its way when that went: its reply is fetched, or it waits in the field.
  async function goOn() {
    if (somethingSaved()) await replies();
    log.setAttribute("aria-live", "off");
    for (const { messages, said, language: code } of session.turns) {
      if (messages) await showReply(messages, code || language); else showParent(said, code || language);
    }
    log.setAttribute("aria-live", "polite");
    const { waiting } = session;
    if (waiting && !waiting.failed) send(waiting.message, waiting.shown);
    else if (waiting && waiting.shown === waiting.message) fit(waiting.message);
    else if (session.turns.length) log.lastElementChild.scrollIntoView({ block: "start" });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    input.focus();
    if (input.value.trim()) send(input.value.trim());
  });
  input.addEventListener("input", () => fit());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!busy && input.value.trim()) send(input.value.trim());
  });
  anew.addEventListener("click", () => {
    if (busy) return;
    session.forget();
    log.replaceChildren(greeting);
    fault.replaceChildren();
    anew.hidden = true;
    often.hidden = false;
    status.textContent = texts.page_ended;
    input.focus();
  });
  place.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    // Three decimals are about 100 metres: near enough to search, and no house number.
    ({ coords }) => send(`${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`, texts.page_my_location),
    () => showFault("page_location_failed", null),
    { timeout: 10000, maximumAge: 300000 }));
  // The notice goes by itself; a message that failed stays, with its button.
  window.addEventListener("offline", () => { if (!fault.hasChildNodes()) showFault("page_offline", null); });
  window.addEventListener("online", () => { if (!fault.querySelector("button")) fault.replaceChildren(); });

  start();
  return { node, choose, goOn, focus: chat.focus };
}
