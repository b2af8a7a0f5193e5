/**
 * Opens a shared note in the browser: the key after the # of the link is used here and never sent.
 * Every sentence that is shown stands in the page; what comes out of the note goes in as text alone.
 * Without this module the page's own form does the same on the server.
 */

const KEY = /^[A-Za-z0-9_-]{43}$/;
const writer = new TextEncoder();
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** What the server refused, by its slug. */
class ProblemError extends Error {
  /** @param {string} slug */
  constructor(slug) {
    super(slug);
    this.name = "ProblemError";
    this.slug = slug;
  }
}

/** @param {string} text base64url @returns {Uint8Array} */
function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} bytes @returns {string} base64url */
function textOf(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {Uint8Array} key @param {string} info @returns {Promise<Uint8Array>} 32 bytes for one use */
async function derived(key, info) {
  const whole = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: writer.encode(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, whole, 256));
}

/** @param {Uint8Array} key @param {string} pin @returns {Promise<{sealed: string, expires_at: string}>} */
async function fetched(key, pin) {
  const token = textOf(await derived(key, "iw/1/share-auth"));
  const headers = { Authorization: `Bearer iws_${token}`, "Content-Type": "application/json" };
  const body = JSON.stringify(pin ? { pin } : {});
  const response = await fetch(location.pathname, { method: "POST", headers, body, cache: "no-store" });
  const told = await response.json();
  if (!response.ok) throw new ProblemError(String(told.type).split("#")[1] || "failed");
  return told;
}

/** @param {Uint8Array} key @param {string} sealed @returns {Promise<any>} the note as it was frozen */
async function unsealed(key, sealed) {
  const whole = bytesOf(sealed);
  if (whole[0] !== 1) throw new ProblemError("share-not-found");
  const share = location.pathname.split("/").pop();
  const opener = await crypto.subtle.importKey("raw", await derived(key, "iw/1/share-key"), "AES-GCM", false, [
    "decrypt",
  ]);
  const how = { name: "AES-GCM", iv: whole.slice(1, 13), additionalData: writer.encode(`iw/1/share|${share}`) };
  const padded = await crypto.subtle.decrypt(how, opener, whole.slice(13));
  const length = new DataView(padded).getUint32(0);
  return JSON.parse(new TextDecoder().decode(new Uint8Array(padded, 4, length)));
}

/** @param {any} note @param {string} until */
function show(note, until) {
  const letter = byId("letter");
  letter.lang = note.language;
  const paragraphs = note.paragraphs.map((/** @type {string[]} */ sentences) => sentences.join(" "));
  for (const text of paragraphs) letter.append(Object.assign(document.createElement("p"), { textContent: text }));
  if (note.signs) letter.append(Object.assign(document.createElement("p"), { className: "sign" }));
  for (const part of document.querySelectorAll("[data-for]")) {
    part.toggleAttribute("hidden", part.getAttribute("data-for") !== (note.closes ? "ending" : "talk"));
  }
  const day = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  byId("until").textContent = new Date(until).toLocaleDateString("en-GB", /** @type {any} */ (day));
  const file = new Blob([`${paragraphs.join("\n\n")}\n`], { type: "text/plain;charset=utf-8" });
  byId("save").setAttribute("href", URL.createObjectURL(file));
  byId("cover").hidden = true;
  byId("opened").hidden = false;
  document.querySelector(".skip")?.setAttribute("href", "#letter");
  document.querySelector("#opened [data-for]:not([hidden]) h1")?.focus();
}

/** @param {string} slug one of those that have a sentence in the page, else the general one */
function say(slug) {
  const sentence = document.getElementById(`says-${slug}`) ?? byId("says-failed");
  byId("said").textContent = sentence.textContent;
  if (slug !== "pin-needed") return;
  byId("numbers").hidden = false;
  byId("pin").focus();
}

const form = /** @type {HTMLFormElement} */ (byId("open"));
const key = location.hash.slice(1);
if (KEY.test(key)) {
  byId("by-hand").hidden = true;
  // Without WebCrypto (plain HTTP) the form carries the key, as it does without this module.
  if (!crypto.subtle) form.elements.namedItem("key").value = key;
  else form.addEventListener("submit", openHere);
}

/** @param {SubmitEvent} event */
async function openHere(event) {
  event.preventDefault();
  const pin = form.elements.namedItem("pin").value.replaceAll(/[\s-]/g, "");
  if (pin && !/^[0-9]{6}$/.test(pin)) return say("pin-needed");
  const button = /** @type {HTMLButtonElement} */ (event.submitter ?? form.querySelector("button"));
  button.disabled = true;
  try {
    const copy = await fetched(bytesOf(key), pin);
    show(await unsealed(bytesOf(key), copy.sealed), copy.expires_at);
  } catch (error) {
    say(error instanceof ProblemError ? error.slug : "failed");
  } finally {
    button.disabled = false;
  }
}

// Another link pasted into this tab, or the note brought back by the browser's Back: start from the cover.
addEventListener("hashchange", () => location.reload());
addEventListener("pageshow", (event) => event.persisted && location.reload());
