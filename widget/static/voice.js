// Voice input: off unless the alliance wants it, and after a notice, since many browsers send the sound to their maker.
import { make } from "./nodes.js";

// Returns the button and its notice; none where the browser cannot hear. `present()` gives language and texts.
export function voiceButton(input, fit, present) {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
  if (!Recognition) return [];
  const { texts } = present();
  const button = make("button", { type: "button", class: "round", "aria-pressed": "false", "aria-label": texts.page_speak, title: texts.page_speak, "data-label": "page_speak" }, "🎤");
  let agreed = false;
  let hearing = null;

  button.addEventListener("click", () => {
    if (hearing) return hearing.stop();
    if (agreed) return listen();
    const said = present().texts;
    const yes = make("button", { type: "button", class: "main" }, said.page_voice_agree);
    const no = make("button", { type: "button" }, said.page_cancel);
    const notice = make("div", { class: "notice", role: "group", "aria-label": said.page_speak }, make("p", {}, said.page_voice_notice), yes, " ", no);
    input.form.before(notice);
    yes.focus();
    yes.addEventListener("click", () => { agreed = true; notice.remove(); listen(); });
    no.addEventListener("click", () => { notice.remove(); button.focus(); });
  });

  function listen() {
    const { language } = present();
    hearing = new Recognition();
    hearing.lang = language === "de-simple" ? "de" : language;
    hearing.onresult = ({ results }) => { fit([...results].map(([best]) => best.transcript).join(" ")); input.focus(); };
    hearing.onend = () => { hearing = null; button.setAttribute("aria-pressed", "false"); };
    button.setAttribute("aria-pressed", "true");
    hearing.start();
  }

  return [button];
}
