// One line on an alliance's website brings the assistant there:
//   <script defer src="https://…/widget.js" data-alliance="…" data-language="auto"></script>
// A button in a shadow root; the chat itself is loaded when it is pressed. The page around it is left as it is.
(() => {
  "use strict";
  const SMALL = "(max-width: 40rem), (max-height: 34rem)";
  const script = document.currentScript;
  if (!script || document.querySelector("buendnis-lotse")) return;
  const { alliance = "", language = "auto", colour, position, greeting, questions, logo, theme = "auto" } = script.dataset;
  const at = (path) => new URL(path, script.src).href;
  const host = document.createElement("buendnis-lotse");
  const root = host.attachShadow({ mode: "open" });

  // Under a strict policy of the host's page a style element may be refused; a constructed sheet is not.
  function style(css) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      root.append(Object.assign(document.createElement("style"), { textContent: css }));
    }
  }

  // Sizes follow the reader's own font size, not what the page around sets for its root.
  function fitted(css) {
    const rem = parseFloat(getComputedStyle(host).fontSize) || 16;
    const dark = { light: "not all", dark: "all" }[theme] || "(prefers-color-scheme: dark)";
    return css.replace(/@media[^{]*\{|(\d*\.?\d+)rem\b/g, (whole, size) => (size ? `${size * rem}px` : whole.replace(/\(prefers-color-scheme: ?dark\)/, dark)));
  }

  async function got(path) {
    const response = await fetch(at(path), { credentials: "omit" });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({ detail: response.statusText }));
    throw new Error(problem.detail);
  }

  async function start() {
    // The page's own language comes first, then the browser's.
    const wished = language === "auto" ? [document.documentElement.lang, ...navigator.languages] : [language];
    const asked = new URLSearchParams({ alliance, lang: wished.filter(Boolean).join(), colour: colour || "" });
    const [setting, ...sheets] = await Promise.all([
      got(`api/setting?${asked}`).then((response) => response.json()),
      ...["chat.css", "panel.css"].map((name) => got(`static/${name}`).then((response) => response.text())),
    ]);
    host.style.fontSize = "medium";
    document.body.append(host);
    for (const css of [...sheets, setting.colours]) style(fitted(css));
    // What the line of HTML says goes before what the alliance has set.
    setting.fixed = { greeting, questions: questions && questions.split("|").map((one) => ({ title: one.trim(), payload: one.trim() })) };
    Object.assign(setting, Object.fromEntries(Object.entries(setting.fixed).filter(([, value]) => value)));
    setting.logo = logo || (setting.paths.logo && at(setting.paths.logo));
    host.dataset.position = ["left", "right"].includes(position) ? position : setting.position;
    showLauncher(setting);
  }

  function showLauncher(setting) {
    const launcher = document.createElement("button");
    launcher.className = "launcher main";
    launcher.type = "button";
    launcher.lang = setting.lang;
    launcher.dir = setting.dir;
    launcher.setAttribute("aria-haspopup", "dialog");
    launcher.textContent = setting.texts.page_open;
    root.append(launcher);
    let panel;
    const open = async (quietly) => {
      launcher.disabled = true;
      try {
        panel ??= (await import(at("static/panel.js"))).createPanel(root, setting, launcher);
        panel.open(quietly, window.matchMedia(SMALL).matches);
      } catch {
        window.open(at(alliance ? `a/${alliance}` : "."), "_blank", "noopener");
      } finally {
        launcher.disabled = false;
      }
    };
    launcher.addEventListener("click", () => open(false));
    // Opened on the page before: the conversation goes on here, without taking the focus, or covering a small screen.
    try {
      const stored = JSON.parse(sessionStorage.getItem(`lotse-conversation${setting.alliance ? `-${setting.alliance}` : ""}`));
      if (stored && stored.open && !window.matchMedia(SMALL).matches) open(true);
    } catch { /* a browser that keeps nothing */ }
  }

  const begin = () => start().catch((error) => console.error(`Bündnislotse cannot be shown here: ${error.message}`));
  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
