/**
 * Makes our pages smooth, in a tab and in the frame on a host's page: an answer is sent without leaving
 * the page, what was typed stays when sending fails, and leaving empties the page first. In the frame,
 * where no cookie comes along, every page of the conversation is fetched with its token.
 *
 * The pages stay the server's: each sentence that is shown stands in them. Without this module they all
 * work; in a frame there is then a link to a page of its own.
 */

/** The server's refusal, or none of its answers. */
class ProblemError extends Error {
  /** @param {string} title what the page that came says, empty where none came @param {number} status */
  constructor(title, status) {
    super("not sent");
    this.name = "ProblemError";
    this.title = title;
    this.status = status;
  }
}

const SLOW = 1000; // ms until the status says that it is still being sent
const TOO_SLOW = 2500; // ms until people to turn to stand beside it
const LONGEST = 20_000; // ms until it is given up
const LAST_WAIT = 1500; // ms that leaving waits for the lock
const STYLE_WAIT = 1500; // ms that a page waits for its stylesheet
const PARTS = [".skip", ".bar", "main", ".foot"];
const EDITABLE = "textarea,select,input:not([type=radio],[type=checkbox]),[contenteditable]";

const root = document.documentElement;
const framed = "hosts" in root.dataset;
const mine = `iw ${root.dataset.flow}`;
// The page of a link allows no policy; nothing is fetched there.
const policy = location.pathname.startsWith("/n/")
  ? undefined
  : globalThis.trustedTypes?.createPolicy("iw", { createHTML: (/** @type {string} */ html) => html });
const status = /** @type {HTMLElement} */ (document.querySelector("[role=status]"));

/** The conversation that this frame holds. @type {{id: string, token: string} | null} */
let access = null;
let here = location.href;
let sending = false;
let coming = null; // the page that is on its way
let later = true; // whether a code may be offered
let unsent = document.querySelector("#not-sent");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

/** @param {string} what a sentence of the status line, "" for none @param {number} [lasts] ms */
function say(what, lasts) {
  clearTimeout(fading);
  status.textContent = what && status.dataset[what];
  if (lasts) fading = setTimeout(say, lasts, "");
}

// What the frame keeps

/** @param {{id: string, token: string} | null} given */
function hold(given) {
  access = given;
  try {
    if (given) sessionStorage.setItem(mine, JSON.stringify(given));
    else sessionStorage.clear();
  } catch {
    // Browsers that lend a frame no storage throw; the token then lives in this page alone.
  }
}

/** @returns {boolean} whether a reload of the host would find the conversation again */
function lendsStorage() {
  try {
    return Boolean(sessionStorage);
  } catch {
    return false;
  }
}

// Asking the server

/** @param {string} url @param {RequestInit} [how] @returns {Promise<Response>} */
function ask(url, how = {}) {
  const headers = new Headers(how.headers);
  if (access) headers.set("Authorization", `Bearer ${access.token}`);
  return fetch(url, { credentials: framed ? "omit" : "same-origin", cache: "no-store", ...how, headers });
}

/** Shows in good time that something takes long, and then that it failed.
 * @param {HTMLElement} beside @param {(signal: AbortSignal) => Promise<void>} work @param {() => void} again */
async function patiently(beside, work, again) {
  if (sending) return;
  sending = true;
  document.querySelector(".unsent")?.remove();
  const waits = [setTimeout(say, SLOW, "sending"), setTimeout(warn, TOO_SLOW, beside, "waiting")];
  try {
    await work(AbortSignal.timeout(LONGEST));
    document.querySelector(".unsent")?.remove();
  } catch (error) {
    say(navigator.onLine ? "" : "offline");
    warn(beside, "failed", error instanceof ProblemError ? error.title : "", again);
    send("problem", { slug: "not-sent" });
  } finally {
    waits.forEach(clearTimeout);
    sending = false;
  }
}

/** Says that something was not sent, with people to turn to beside it.
 * @param {HTMLElement} beside @param {"waiting" | "failed"} how @param {string} [title] @param {() => void} [again] */
function warn(beside, how, title, again) {
  if (!unsent) return;
  const box = /** @type {HTMLElement} */ (unsent.content.firstElementChild.cloneNode(true));
  for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== how;
  if (title) box.querySelector("h2[data-when=failed]").textContent = title;
  if (again) box.querySelector("button").addEventListener("click", again);
  document.querySelector(".unsent")?.remove();
  beside.append(box);
  box.scrollIntoView({ block: "nearest" });
}

// Showing what came

/** @param {string} html @returns {Document} */
const read = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");

/** Puts a page in the place of the one that stands here, and the focus to where it goes on.
 * @param {Document} next @param {string} url
 * @param {string | null} [place] the id of the element to go to; null leaves the focus alone */
async function show(next, url, place) {
  coming = next;
  await dress(next);
  if (coming !== next || !document.querySelector("main")) return; // another came, or one left meanwhile
  document.title = next.title;
  root.lang = next.documentElement.lang;
  root.dir = next.documentElement.dir;
  for (const part of PARTS) document.querySelector(part).replaceWith(next.querySelector(part));
  unsent = next.querySelector("#not-sent") ?? unsent;
  here = url;
  if (framed) furnish();
  if (place !== null) goTo(place);
}

/** Brings the stylesheets that a page needs before it is seen, but waits for none for long. @param {Document} next */
function dress(next) {
  const missing = [...next.querySelectorAll("link[rel=stylesheet]")]
    .filter((sheet) => !document.querySelector(`link[href="${sheet.getAttribute("href")}"]`));
  const come = missing.map((sheet) => new Promise((done) => {
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  }));
  return Promise.race([Promise.all(come), new Promise((done) => setTimeout(done, STYLE_WAIT))]);
}

/** @param {string} [place] an id; else the turn, else the page's heading */
function goTo(place) {
  const named = place ? document.getElementById(place) : null;
  const target = named ?? document.querySelector("#turn") ?? document.querySelector("main h1");
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

// Answers

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} by */
function submit(form, by) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  if (by?.name) fields.append(by.name, by.value);
  if (form.method === "get") return visit(Object.assign(new URL(form.action), { search: fields }).href);
  const around = form.closest("section,aside,fieldset,[id]");
  const place = around?.id || around?.getAttribute("aria-labelledby") || "";
  const again = () => form.requestSubmit(by);
  patiently(form, async (signal) => {
    const response = await ask(form.action, { method: "POST", body: fields, signal });
    if (response.headers.has("Content-Disposition")) return save(response);
    const next = read(await response.text());
    if (!response.ok && response.status !== 409 && !next.querySelector("main [role=alert]")) {
      const title = response.status < 500 ? next.querySelector("main h1")?.textContent : "";
      throw new ProblemError(title ?? "", response.status);
    }
    await arrive(next, response, form, place);
  }, again);
}

/** @param {Document} next @param {Response} response @param {HTMLFormElement} form @param {string} place */
function arrive(next, response, form, place) {
  const url = new URL(response.url);
  const turn = next.querySelector("#turn");
  if (framed) {
    if (form.action.endsWith("/delete")) {
      hold(null);
      send("deleted");
    } else if (url.pathname.endsWith("/review")) send("finished");
    else if (turn) send("step");
  } else if (url.pathname !== location.pathname) {
    location.assign(url.pathname + url.search + (turn ? "#turn" : ""));
    return;
  } else {
    history.replaceState(null, "", url.pathname + url.search);
  }
  say(response.ok && turn && !next.querySelector("main [role=alert]") ? "saved" : "", 4000);
  return show(next, url.href, turn ? "turn" : place);
}

/** @param {string} url @param {HTMLElement} [beside] where to say that it did not come */
function visit(url, beside = document.querySelector("main")) {
  return patiently(beside, async (signal) => {
    const response = await ask(url, { signal });
    if (response.status >= 500) throw new ProblemError("", response.status);
    const next = read(await response.text());
    if (framed) await show(next, url, new URL(url, here).hash.slice(1));
    else location.assign(url);
  }, () => visit(url, beside));
}

// The size of the text

/** Sets it in place, so that nothing typed is lost; the browser keeps it in its cookie. @param {string} size */
function resize(size) {
  root.className = size === "usual" ? "" : size;
  markSize();
  if (!framed && location.pathname.startsWith("/c/")) ask(`${location.pathname}?text=${size}`).catch(() => null);
}

function markSize() {
  for (const button of document.querySelectorAll(".sizes button")) {
    button.ariaPressed = String(button.value === (root.className || "usual"));
  }
}

// Leaving

/** Locks first, then opens the neutral site. Nothing of the page is left behind it. */
async function leave() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('.bar form[action$="/leave"]'));
  const locked = form && ask(form.action, { method: "POST", keepalive: true, redirect: "manual" });
  document.body.replaceChildren();
  hold(null);
  await Promise.race([locked?.catch(() => null), new Promise((done) => setTimeout(done, LAST_WAIT))]);
  const site = root.dataset.exit;
  try {
    top.location.replace(site);
  } catch {
    location.replace(site);
  }
}

let presses = 0;
let alone = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let counting;

addEventListener("keydown", (event) => {
  alone = event.key === "Shift" && !/** @type {Element} */ (event.target).closest?.(EDITABLE);
  if (!alone) presses = 0;
  if (event.key === "Escape") send("close");
});
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  presses += 1;
  clearTimeout(counting);
  counting = setTimeout(() => (presses = 0), 5000);
  if (presses === 3) leave();
  else say(presses === 1 ? "twice" : "once", 5000);
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  if (access) return visit(here);
  document.body.replaceChildren();
  location.reload();
});
addEventListener("offline", () => say("offline"));
addEventListener("online", () => say(""));

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const by = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (by?.closest(".sizes") && (framed || /^\/[cn]\//.test(location.pathname))) {
    event.preventDefault();
    return resize(by.value);
  }
  const carries = form.querySelector("[name=version]") && form.method === "post";
  const leaves = form.action.endsWith("/leave");
  if (!framed && !carries && !leaves) return;
  event.preventDefault();
  if (leaves) leave();
  else if (form.id === "begin") begin(form);
  else if (form.id === "own-tab") openOwnTab(form);
  else if (form.action.endsWith("/later")) decline();
  else submit(form, by);
});

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  const within = url.origin === location.origin && url.pathname.startsWith("/c/");
  const help = within && url.pathname.endsWith("/help");
  if (link.matches(".bar a.button")) leave();
  else if (framed && link.getAttribute("href").startsWith("#")) goTo(url.hash.slice(1));
  else if (framed && within && link.hasAttribute("download")) take(link, url.href);
  else if ((framed && within) || help) visit(url.href, help ? undefined : link.parentElement);
  else return;
  event.preventDefault();
});

// In the frame alone

const hosts = new Set((root.dataset.hosts ?? "").split(" "));
/** @type {string | null} */
let host = null;

/** Tells the host page a name, never a word. @param {string} type @param {{height?: number, slug?: string}} [more] */
function send(type, more) {
  if (host) parent.postMessage({ iw: 1, type, ...more }, host);
}

addEventListener("message", ({ source, origin, data }) => {
  if (!framed || parent === self || source !== parent || !hosts.has(origin)) return;
  if (data?.iw !== 1 || Object.keys(data).length !== 2) return;
  if (data.type === "hello" && !host) {
    host = origin;
    send("ready");
    new ResizeObserver(() => {
      send("height", { height: Math.ceil(document.body.getBoundingClientRect().height) });
    }).observe(document.body);
  } else if (data.type === "focus") {
    window.focus();
    goTo();
  }
});

/** Begins. @param {HTMLFormElement} form */
function begin(form) {
  const field = (/** @type {string} */ name) => form.elements.namedItem(name).value;
  const headers = { "Content-Type": "application/json", "Idempotency-Key": field("key") };
  const body = JSON.stringify({ flow: field("flow"), language: field("language") });
  patiently(form, async (signal) => {
    if (!access) {
      const response = await ask("/v1/conversations", { method: "POST", headers, body, signal });
      if (!response.ok) throw new ProblemError("", response.status);
      const { id, token } = await response.json();
      hold({ id, token });
      send("started");
    }
    const url = new URL(`/c/${access.id}`, location.href).href;
    await show(read(await (await ask(url, { signal })).text()), url);
  }, () => begin(form));
}

/** Opens it in a tab of its own, by a code that is used at once. @param {HTMLFormElement} form */
function openOwnTab(form) {
  patiently(form, async (signal) => {
    const response = await ask(`/v1/conversations/${access.id}/resume-code`, { method: "POST", signal });
    if (!response.ok) throw new ProblemError("", response.status);
    const code = form.elements.namedItem("code");
    code.value = (await response.json()).code;
    form.submit();
    code.value = "";
    hold(null);
    document.querySelector("main").replaceChildren(document.querySelector("#elsewhere").content.cloneNode(true));
    document.querySelector(".foot").replaceChildren();
    furnish();
    goTo();
  }, () => openOwnTab(form));
}

/** A file, which no plain link could fetch without the cookie. @param {HTMLAnchorElement} link @param {string} url */
function take(link, url) {
  patiently(link.parentElement, async (signal) => {
    const response = await ask(url, { signal });
    if (!response.ok) throw new ProblemError("", response.status);
    await save(response);
  }, () => take(link, url));
}

/** Saves a file under the name that came with it. @param {Response} response */
async function save(response) {
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
  const file = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement("a"), { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

/** No code is wanted, and none is offered again. */
function decline() {
  later = false;
  furnish();
  goTo();
}

/** What the frame changes in a page of ours. */
function furnish() {
  markSize();
  if (!later) document.querySelector("#later")?.remove();
  for (const part of document.querySelectorAll("[data-held]")) part.hidden = !access;
  for (const part of document.querySelectorAll("[data-lost]")) part.hidden = lendsStorage();
}

/** Takes up what this tab's frame held before the host's page was loaded again. Nobody asked for it now, so
 * the focus stays where it is. */
async function resume() {
  try {
    access = JSON.parse(sessionStorage.getItem(mine) ?? "null");
    if (!access) return;
    const url = new URL(`/c/${access.id}`, location.href).href;
    const response = await ask(url, { signal: AbortSignal.timeout(LONGEST) });
    if (response.ok) await show(read(await response.text()), url, null);
    else hold(null);
  } catch {
    // No storage, or no server: the page stays as it came.
  }
}

if (framed) {
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = part.dataset.scripted === "no";
  furnish();
  resume();
}
