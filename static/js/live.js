// Who else is in this case and who writes, and what was added since it was opened. While the page is
// in view it asks every few seconds (cases/views/case/live.py); only another answer makes it ask for
// words. Nothing under the hand changes by itself: what is new comes in when it’s asked for.

const EVERY = 3000;
const LONGEST_WAIT = 30000;
const WRITES = 20000; // after the last letter
const UNATTENDED = 10 * 60 * 1000; // nobody looks at a page that no one has touched for so long
const PARTS = [".case-head", ".words", ".now > .panel:not(.words)", ".jump", ".history > section", "#facts"];

const place = document.querySelector("[data-case-live]");
const composer = document.querySelector("form[data-composer]");
const button = place.querySelector("button");
const news = place.querySelector("[data-added]");
const name = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join("").slice(0, 12);

let { ask, seen } = place.dataset;
let known = "";
let isOver = false; // signed out, or the case may no longer be seen
let wroteAt = -WRITES;
let touchedAt = performance.now();
let timer = 0;

const isSince = (moment, time) => performance.now() - moment < time;

function doing() {
  if (!isSince(wroteAt, WRITES) || !composer.elements.body.value) return "looks";
  return composer.elements.visibility.value === "public" ? "replies" : "notes";
}

const address = (what) => `${ask}&window=${name}&doing=${what}&seen=${seen}`;

function put(element, words) {
  if (element.textContent.trim() === words.textContent.trim()) return; // said once
  element.replaceChildren(...words.cloneNode(true).childNodes);
}

function say(page) {
  const empty = document.createElement("p");
  const words = (which) => page?.querySelector(`[${which}]`) ?? empty;
  for (const each of document.querySelectorAll("[data-presence]")) put(each, words("data-presence"));
  put(news, words("data-added"));
  button.hidden = !news.textContent.trim();
  button.toggleAttribute("data-key", !button.hidden);
  if (!button.hidden) button.dataset.key = "u";
}

async function read(url, more = {}) {
  const answer = await fetch(url, { cache: "no-store", ...more });
  if (answer.redirected || answer.status === 404) isOver = true;
  if (isOver || !answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** The words, and a key for the session as it is now. */
async function words() {
  const page = await read(`${place.dataset.words}?seen=${seen}`, { headers: { "X-Puente-Unattended": "1" } });
  ask = page.querySelector("[data-ask]").dataset.ask;
  say(page);
}

async function hear() {
  const answer = await fetch(address(doing()), { method: "POST", cache: "no-store" });
  if (answer.status === 404) return words(); // the key’s time is over; perhaps the session’s isn’t
  if (!answer.ok) throw new Error(String(answer.status));
  const stamp = await answer.text();
  if (stamp === known) return;
  if (stamp) await words();
  else say(null);
  known = stamp;
}

const isIdle = () => document.hidden || !isSince(touchedAt, UNATTENDED);

async function listen(wait = EVERY) {
  clearTimeout(timer);
  timer = 0;
  if (isOver || isIdle()) return;
  let isHeard = true;
  await hear().catch(() => (isHeard = false));
  if (isOver) say(null);
  const next = isHeard ? EVERY : Math.min(2 * wait, LONGEST_WAIT);
  clearTimeout(timer);
  timer = setTimeout(() => listen(next), next);
}

function touched() {
  const wasIdle = !isSince(touchedAt, UNATTENDED);
  touchedAt = performance.now();
  if (wasIdle) listen();
}

/** An entry that someone has opened stays as it is: they may write in it. */
function keepOpen(part, next) {
  for (const entry of part.querySelectorAll(".entry[id]:has(details[open])")) next.querySelector(`#${entry.id}`)?.replaceWith(entry);
  const presence = part.querySelector("[data-presence]");
  if (presence) next.querySelector("[data-presence]").replaceWith(presence);
}

/** What is typed stays. It’s saved on top of what was just read, unless it changes the same things. */
function renewComposer(page) {
  const now = composer.elements;
  const next = page.querySelector("form[data-composer]").elements;
  if (now.to_status.value || now.due_on.value !== now.due_on.defaultValue) return;
  for (const each of ["version", "seen", "initial-due_on"]) now[each].value = next[each].value;
  // Copies: a list whose chosen option is taken away chooses the next one.
  now.to_status.replaceChildren(...[...next.to_status.children].map((each) => each.cloneNode(true)));
  now.to_status.value = "";
  now.due_on.value = now.due_on.defaultValue = next.due_on.defaultValue;
}

async function bringIn() {
  button.setAttribute("aria-busy", "true");
  try {
    const page = await read(button.dataset.address);
    for (const selector of PARTS) {
      const [part, next] = [document.querySelector(selector), page.querySelector(selector)];
      if (!part || !next) continue;
      keepOpen(part, next);
      part.replaceWith(next);
      // As htmx says it: what’s typed in its forms is kept and put back (keep.js, dates.js).
      for (const event of ["htmx:load", "htmx:afterSettle"]) next.dispatchEvent(new CustomEvent(event, { bubbles: true }));
    }
    renewComposer(page);
    const { dataset } = page.querySelector("[data-case-live]");
    seen = dataset.seen;
    button.dataset.address = page.querySelector("[data-case-live] button").dataset.address;
    put(news, document.createElement("p"));
    button.hidden = true;
    delete button.dataset.key;
    known = "";
    const first = document.querySelector(".history [data-new]");
    first?.setAttribute("tabindex", "-1");
    first?.focus({ preventScroll: true });
    first?.scrollIntoView({ block: "nearest" });
  } catch {
    location.assign(button.dataset.address); // the page itself says what is wrong
  }
  button.removeAttribute("aria-busy");
}

button.addEventListener("click", bringIn);
composer.addEventListener("input", (event) => {
  if (event.isTrusted && event.target.name === "body") wroteAt = performance.now();
});
for (const event of ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"]) addEventListener(event, touched, { passive: true, capture: true });
document.addEventListener("visibilitychange", () => {
  touched();
  if (!document.hidden) listen();
});
addEventListener("pagehide", () => isOver || navigator.sendBeacon(address("left")));
addEventListener("pageshow", ({ persisted }) => persisted && listen());
listen();
