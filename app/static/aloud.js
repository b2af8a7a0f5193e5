/**
 * Reads a turn or the note aloud when somebody asks for it, with voices of this device alone: others may
 * send what they read to a company. Where there is no such voice the button does not show. Nothing is ever
 * read unasked, and what is read stops as soon as the page changes.
 */

const root = document.documentElement;
const speech = globalThis.speechSynthesis;
/** What is read of a turn, in its order: what stands there for the eye, but no button that leads elsewhere. */
const PARTS = "blockquote,.says,#q,.hint,.error,h3,label,.choices button,p,li,h2";
const ELSEWHERE = ".do,.why,[hidden],.vh";

/** The button whose text is being read. @type {HTMLElement | null} */
let reading = null;

/** @returns {SpeechSynthesisVoice[]} the voices that speak on this device */
const voices = () => (speech?.getVoices() ?? []).filter((voice) => voice.localService);

/** @param {string} language @returns {SpeechSynthesisVoice | undefined} a voice for it */
function voiceFor(language) {
  const [primary] = language.toLowerCase().split("-");
  const fitting = voices().filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === primary);
  return fitting.find((voice) => voice.default) ?? fitting[0];
}

/** Shows the buttons where they can do something. */
function offer() {
  if (voiceFor(root.lang)) root.dataset.voice = "";
  else delete root.dataset.voice;
}

/** The passages to read, each with the element that says its language.
 * @param {Element} part @returns {Array<[string, Element]>} */
function passages(part) {
  const found = [...part.querySelectorAll(PARTS)].filter(
    (each) => !each.closest(ELSEWHERE) && !each.parentElement.closest(PARTS) && each.getClientRects().length,
  );
  return found.map((each) => [/** @type {HTMLElement} */ (each).innerText.trim(), each]).filter(([text]) => text);
}

/** @param {HTMLElement} button whether it reads: its words change with it @param {boolean} reads */
function mark(button, reads) {
  button.dataset.start ??= button.textContent;
  button.textContent = reads ? button.dataset.stop : button.dataset.start;
}

function stop() {
  speech?.cancel();
  if (reading) mark(reading, false);
  reading = null;
}

/** @param {HTMLElement} button */
function read(button) {
  const part = document.querySelector(button.dataset.aloud);
  const queue = part ? passages(part) : [];
  if (!queue.length) return;
  reading = button;
  mark(button, true);
  for (const [index, [text, element]] of queue.entries()) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = element.querySelector("[lang]")?.lang ?? element.closest("[lang]").lang;
    const voice = voiceFor(said.lang) ?? voiceFor(root.lang);
    if (!voice) continue;
    said.voice = voice;
    said.onerror = stop;
    if (index === queue.length - 1) said.onend = stop;
    speech.speak(said);
  }
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (event.target.closest?.("[data-aloud]"));
  if (!button) return;
  const again = button === reading;
  stop();
  if (!again) read(button);
});
addEventListener("pagehide", stop);
// What stood here has gone: another turn, or an empty page when somebody leaves.
new MutationObserver(stop).observe(document.body, { childList: true });
speech?.addEventListener?.("voiceschanged", offer);
offer();
