// Reads a reply aloud where the browser has a voice of its language.

const SILENT = ".hidden, .buttons, .actions, .tools, .aloud, .feedback, summary";

export function aloud(turn, code, texts) {
  if (!("speechSynthesis" in window)) return;
  const language = code === "de-simple" ? "de" : code;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "plain-button aloud", textContent: texts.page_read_aloud, hidden: true });
  button.setAttribute("aria-pressed", "false");
  turn.append(button);
  const offer = () => { button.hidden = !voiceOf(language); };
  offer();
  if (button.hidden) speechSynthesis.addEventListener("voiceschanged", offer, { once: true });

  button.addEventListener("click", () => {
    const reading = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (reading) return show(false);
    const words = new SpeechSynthesisUtterance(spokenText(button.parentNode));
    words.voice = voiceOf(language);
    words.lang = words.voice.lang;
    words.onend = words.onerror = () => show(false);
    show(true);
    speechSynthesis.speak(words);
  });

  function show(reading) {
    button.setAttribute("aria-pressed", String(reading));
    button.textContent = reading ? texts.page_stop_reading : texts.page_read_aloud;
  }
}

const voiceOf = (language) => speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);

function spokenText(turn) {
  const copy = turn.cloneNode(true);
  for (const node of copy.querySelectorAll(SILENT)) node.remove();
  return [...copy.querySelectorAll("p, h3, li, dt, dd")].map((node) => node.textContent.trim()).filter(Boolean).join(".\n");
}
