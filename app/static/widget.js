/**
 * <into-words flow label mode lang>: a launcher and a frame from the origin that this file comes from.
 * It never sees a word of what is said there, keeps nothing, and asks for nothing but the frame.
 */

const words = new URL(import.meta.url).origin;
const TOLD = new Set(["started", "step", "finished", "deleted", "problem"]);
const LOOK = { accent: "--iw-accent", on: "--iw-on-accent", radius: "--iw-radius", scale: "--iw-font-scale" };
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host{display:block}
:host([mode=bubble]){position:fixed;z-index:9999;inset-block-end:1rem;inset-inline-end:1rem;display:grid;
justify-items:end;gap:.75rem;inline-size:min(25rem,100vw - 2rem)}
iframe{box-sizing:border-box;inline-size:100%;block-size:var(--iw-height,38rem);border:0;background:#f4efe4;
color-scheme:light}
iframe,button{border-radius:var(--iw-radius,5px)}
:host([mode=bubble]) iframe{max-block-size:calc(100vh - 7rem);border:1px solid #82786a}
button{min-block-size:48px;padding:.5rem 1.1rem;font:600 1rem/1.3 system-ui,sans-serif;cursor:pointer;
color:#29241d;background:#fffdf7;border:2px solid var(--iw-accent,#1f3b5b)}
button:focus-visible{outline:3px solid #ffcf40;box-shadow:0 0 0 6px #1b1712}
@media print{:host{display:none!important}}`);

class IntoWords extends HTMLElement {
  #frame = document.createElement("iframe");
  #launcher = document.createElement("button");
  #link = document.createElement("slot");
  #ready = false;

  connectedCallback() {
    if (!this.getAttribute("flow")) throw new TypeError('<into-words> needs the attribute "flow"');
    if (!this.#frame.title) this.#build();
    addEventListener("message", this.#hear);
    if (!this.#inBubble) this.#load();
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.#ready = false;
  }

  get #inBubble() {
    return this.getAttribute("mode") === "bubble";
  }

  #style(name) {
    return getComputedStyle(this).getPropertyValue(name).trim();
  }

  #build() {
    const label = this.getAttribute("label") || "Into Words";
    this.#frame.title = this.#launcher.textContent = label;
    this.#launcher.ariaExpanded = "false";
    this.#launcher.hidden = !this.#inBubble;
    this.#frame.hidden = this.#link.hidden = true;
    this.#frame.referrerPolicy = "no-referrer";
    this.#frame.onload = () => this.#frame.src && this.#send("hello");
    this.#launcher.onclick = () => (this.#frame.hidden ? this.#open() : this.#close());
    this.onkeydown = ({ key }) => {
      if (key === "Escape" && this.#inBubble) this.#close();
    };
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#frame, this.#launcher, this.#link);
  }

  #load() {
    const query = new URLSearchParams({ lang: this.lang });
    for (const name in LOOK) query.set(name, this.#style(LOOK[name]));
    this.#frame.hidden = false;
    this.#frame.src = `${words}/embed/${encodeURIComponent(this.getAttribute("flow"))}?${query}`;
    setTimeout(() => {
      if (this.#ready || !this.isConnected) return;
      this.#frame.hidden = true;
      this.#link.hidden = false;
      this.#launcher.ariaExpanded = "false";
      this.#tell("problem", "unreachable");
    }, 10_000);
  }

  #open() {
    this.#frame.hidden = false;
    this.#launcher.ariaExpanded = "true";
    if (!this.#frame.src) this.#load();
    else this.#enter();
    this.#tell("open");
  }

  #close() {
    if (this.#frame.hidden) return;
    this.#frame.hidden = true;
    this.#launcher.ariaExpanded = "false";
    this.#launcher.focus();
    this.#tell("close");
  }

  // Before the frame is ready, focus would give the host every key.
  #enter() {
    if (!this.#ready || this.#frame.hidden || !this.matches(":focus-within")) return;
    this.#frame.focus();
    this.#send("focus");
  }

  #send(type) {
    this.#frame.contentWindow?.postMessage({ iw: 1, type }, words);
  }

  #tell(name, slug) {
    const detail = slug && { slug };
    this.dispatchEvent(new CustomEvent(`into-words:${name}`, { bubbles: true, composed: true, detail }));
  }

  #hear = ({ source, origin, data }) => {
    if (origin !== words || source !== this.#frame.contentWindow || data?.iw !== 1) return;
    const { iw, type, height, slug, ...more } = data;
    if (Object.keys(more).length) return;
    if (type === "ready" && !this.#ready) {
      this.#ready = true;
      this.#tell("ready");
      this.#enter();
    } else if (type === "height" && height > 0 && !this.#inBubble && !this.#style("--iw-height")) {
      this.#frame.style.blockSize = `${Math.min(height, 20_000)}px`;
    } else if (type === "close" && this.#inBubble) this.#close();
    else if (TOLD.has(type)) this.#tell(type, slug === "not-sent" ? slug : null);
  };
}

customElements.get("into-words") ?? customElements.define("into-words", IntoWords);
