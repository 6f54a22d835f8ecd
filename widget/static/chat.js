// The chat page. Everything shown is put in as text, never as markup; nothing is stored before the parent writes.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const menu = by("language");
  if (!by("setting")) {
    menu.addEventListener("change", () => menu.form.submit());
    return;
  }
  const setting = JSON.parse(by("setting").textContent);
  const [log, form, input, status, fault, often, anew, place] =
    ["log", "form", "message", "status", "fault", "often", "new", "location"].map(by);
  const STORED = "lotse-conversation";
  const PATIENCE_MS = 20000;
  const RIGHT_TO_LEFT = ["ar", "fa"];
  // E-mail addresses, web addresses, and telephone numbers: hotlines, and what begins with 0 or +.
  const LINKS = /([^\s@<>()"',;]+@[^\s@<>()"',;]+\.[a-z]{2,})|(https?:\/\/[^\s<>()"']*[^\s<>()"'.,;:!?])|((?:\+|\b0)[1-9]\d[\d /()-]{4,}\d|\b116[ ]?\d{3}\b|\b11[02]\b)/gi;

  let texts = setting.texts;
  let language = setting.language;
  let conversation = stored();
  let busy = false;

  function stored() {
    try { return sessionStorage.getItem(STORED); } catch { return null; }
  }

  function store(id) {
    conversation = id;
    anew.hidden = !id;
    try {
      if (id) sessionStorage.setItem(STORED, id); else sessionStorage.removeItem(STORED);
    } catch { /* a browser that keeps nothing: the page itself remembers */ }
  }

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  const tag = (code) => (code === "de-simple" ? "de" : code);
  const direction = (code) => (RIGHT_TO_LEFT.includes(code) ? "rtl" : "ltr");

  function link(href, attributes, ...children) {
    const safe = /^(https?:\/\/|tel:\+?\d+$|mailto:[^?&]+$)/i.test(href);
    return make(safe ? "a" : "span", safe ? { href, ...attributes } : {}, ...children);
  }

  // A text as nodes, with addresses and telephone numbers one can tap.
  function linked(text) {
    const nodes = [];
    let end = 0;
    for (const found of text.matchAll(LINKS)) {
      const [whole, email, web] = found;
      const href = email ? `mailto:${whole}` : web ? whole : `tel:${whole.replace(/[^+\d]/g, "")}`;
      nodes.push(text.slice(end, found.index), link(href, {}, make("bdi", { dir: "ltr" }, whole)));
      end = found.index + whole.length;
    }
    return [...nodes, text.slice(end)];
  }

  const list = (name, items) => (items.length ? make("ul", { class: name }, ...items.map((item) => make("li", {}, item))) : null);

  function factRow(fact) {
    const text = make("bdi", { dir: fact.ltr ? "ltr" : null }, fact.text);
    return make("div", {}, make("dt", {}, fact.label), make("dd", { lang: fact.language }, text));
  }

  function actionLink(action) {
    const away = ["website", "route"].includes(action.kind) ? { target: "_blank", rel: "noopener noreferrer" } : {};
    return link(action.href, away, action.label, action.text ? " " : null, action.text ? make("bdi", { dir: "ltr" }, action.text) : null);
  }

  function card(offering) {
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
      make("dl", {}, ...shown.facts.map(factRow)),
      more || null,
      list("actions", shown.actions.map(actionLink)),
      shown.checked && make("p", { class: "small" }, shown.checked));
  }

  function choice(button) {
    const node = make("button", { type: "button" }, button.title);
    node.addEventListener("click", () => send(button.payload, button.title));
    return node;
  }

  function turn(speaker, who, ...children) {
    const node = make("div", { class: `turn ${speaker}`, lang: tag(language), dir: direction(language) },
      make("span", { class: "hidden" }, `${who}: `), ...children);
    log.append(node);
    return node;
  }

  function showReply(reply) {
    const parts = reply.messages.flatMap((message) => [
      ...message.text.split("\n").filter(Boolean).map((line) => make("p", {}, ...linked(line))),
      ...message.offerings.map(card),
      list("buttons", message.buttons.map(choice)),
    ]);
    turn("assistant", texts.page_assistant, ...parts);
  }

  function showFault(key, again) {
    const retry = make("button", { type: "button" }, texts.page_retry);
    retry.addEventListener("click", again);
    fault.replaceChildren(make("span", {}, texts[key]), again ? retry : "");
  }

  async function ask(message) {
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(), PATIENCE_MS);
    try {
      const response = await fetch(setting.chat_url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ conversation, message, language, alliance: setting.alliance }),
        signal: waiting.signal,
      });
      if (!response.ok) throw Object.assign(new Error("refused"), { status: response.status });
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  }

  // One message at a time; a message that failed goes back into the field and is sent again only by hand.
  async function send(message, shownAs) {
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    fault.replaceChildren();
    const written = shownAs === undefined;
    const own = turn("parent", texts.page_you, make("p", { dir: "auto" }, written ? message : shownAs));
    if (written) fit("");
    status.textContent = texts.page_typing;
    own.scrollIntoView({ block: "start" });
    try {
      const reply = await ask(message);
      store(reply.conversation);
      often.hidden = true;
      if (reply.language !== language) await speak(reply.language);
      showReply(reply);
      own.scrollIntoView({ block: "start" });
    } catch (error) {
      own.remove();
      if (written && !input.value) fit(message);
      const key = { 413: "page_error_too_long", 429: "page_error_too_fast" }[error.status];
      showFault(key || (error.status ? "page_error_server" : "page_error_offline"), () => {
        input.focus();
        send((written && input.value.trim()) || message, shownAs);
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

  // Shows the page in another language; what was said stays as it was said.
  async function speak(code) {
    language = code;
    menu.value = code;
    try {
      const page = await (await fetch(`${setting.texts_url}${code}.json`)).json();
      texts = page.texts;
      Object.assign(document.documentElement, { lang: page.lang, dir: page.dir });
      for (const node of document.querySelectorAll("[data-text]")) node.textContent = texts[node.dataset.text];
      for (const node of document.querySelectorAll("[data-label]")) {
        node.title = texts[node.dataset.label];
        node.setAttribute("aria-label", node.title);
      }
      input.placeholder = texts.page_placeholder;
      by("needs").replaceChildren(...page.needs.map((need) => make("li", {}, choice(need))));
      for (const node of document.querySelectorAll("a[href*='lang=']")) node.href = node.href.replace(/lang=[\w-]+/, `lang=${code}`);
    } catch { /* offline: the page keeps its words, the next answer comes in the new language */ }
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
  for (const button of by("needs").querySelectorAll("button")) {
    button.addEventListener("click", () => send(button.dataset.payload, button.textContent));
  }
  menu.addEventListener("change", async () => {
    const code = menu.value;
    await speak(code);
    const payload = code === "de-simple" ? "/simple_language" : `/change_language{"language": "${code}"}`;
    if (conversation) send(payload, menu.selectedOptions[0].textContent);
  });
  anew.addEventListener("click", () => {
    if (busy) return;
    store(null);
    log.replaceChildren(by("greeting"));
    fault.replaceChildren();
    often.hidden = false;
    status.textContent = texts.page_ended;
    input.focus();
  });
  place.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    // Three decimals are about 100 metres: near enough to search, and no house number.
    ({ coords }) => send(`${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`, texts.page_my_location),
    () => showFault("page_location_failed", null),
    { timeout: 10000, maximumAge: 300000 }));
  place.hidden = !(window.isSecureContext && navigator.geolocation);
  anew.hidden = !conversation;
  by("composer").hidden = often.hidden = false;
})();
