// The caller's card opens while the agent does something else: the focus and what is typed stay where
// they are. One window of the browser asks every second whether something changed on the agent's
// phone (telephone/views.py); only a change makes the windows in view ask for the card.

const EVERY = 1000;
const LONGEST_WAIT = 30000;
const HIDDEN_LONG = 5 * 60 * 1000;
const AWAY = "puente:phone-put-away";
const KNOWN = "puente:phone-known";

const region = document.querySelector(".ringing");
const cards = region?.querySelector(".ringing-cards");
const told = region?.querySelector("[data-told]");
const windows = "BroadcastChannel" in globalThis ? new BroadcastChannel("puente-phone") : null;

let known = remembered(KNOWN); // the last value heard in this window
let hiddenSince = 0;
let isOver = false; // signed out, or the page's key has expired
let isBehind = false; // changed while this window was hidden

const sleep = (time) => new Promise((done) => setTimeout(done, time));

function remembered(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

function remember(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // until the next page, then
  }
}

function dress() {
  const away = remembered(AWAY);
  for (const card of cards.querySelectorAll("article")) {
    card.hidden = away === `${card.dataset.call} ${card.dataset.state}`;
    card.querySelector("[data-put-away]").hidden = false;
  }
}

function say() {
  const words = [...cards.querySelectorAll("article:not([hidden]) [data-say]")];
  const next = words.map((each) => each.textContent.trim()).join(". ");
  if (told.textContent !== next) told.textContent = next;
}

/** The same control again, if the focus was on one of the card's. */
function keepFocus(change) {
  const held = cards.contains(document.activeElement) ? document.activeElement : null;
  const place = held ? [...cards.querySelectorAll("a, button")].indexOf(held) : -1;
  change();
  if (place >= 0) cards.querySelectorAll("a, button")[place]?.focus();
}

async function show() {
  if (document.hidden) return (isBehind = true);
  isBehind = false;
  const answer = await fetch(region.dataset.card, {
    headers: { "X-Puente-Unattended": "1" },
    cache: "no-store",
  });
  if (answer.redirected || answer.status === 404) return (isOver = true);
  if (!answer.ok) throw new Error(String(answer.status));
  const html = await answer.text();
  keepFocus(() => {
    cards.innerHTML = html;
    dress();
  });
  say();
}

/** True if it was heard. Without Valkey the card itself is asked for, more and more seldom. */
async function ask() {
  const answer = await fetch(region.dataset.ask, { credentials: "omit", cache: "no-store" });
  if (answer.status === 404) isOver = true;
  if (!answer.ok) {
    if (!isOver) await show();
    return false;
  }
  const value = await answer.text();
  if (value !== known) {
    windows?.postMessage(value);
    await hear(value);
  }
  return true;
}

async function hear(value) {
  await show();
  known = value;
  if (!isOver) remember(KNOWN, value);
}

const isAway = () => document.hidden && Date.now() - hiddenSince > HIDDEN_LONG;

async function listen(isStolen) {
  let wait = EVERY;
  while (!isOver && !isAway() && !isStolen()) {
    const isHeard = await ask().catch(() => false);
    wait = isHeard ? EVERY : Math.min(2 * wait, LONGEST_WAIT);
    await sleep(wait);
  }
}

/** The window that was looked at last asks; the others wait for their turn. */
async function takeTurn(options) {
  if (!navigator.locks) return listen(() => false);
  let isMine = true;
  try {
    await navigator.locks.request("puente-phone", options, () => listen(() => !isMine));
  } catch {
    isMine = false; // another window took over
    if (!document.hidden && !isOver) await takeTurn({});
  }
}

if (region) {
  region.dataset.live = "";
  dress();
  windows?.addEventListener("message", ({ data }) => {
    if (data !== known) hear(data).catch(() => (isBehind = true));
  });
  cards.addEventListener("click", ({ target }) => {
    const card = target.closest("[data-put-away]")?.closest("article");
    if (!card) return;
    remember(AWAY, `${card.dataset.call} ${card.dataset.state}`);
    card.hidden = true;
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey) return;
      const button = cards.querySelector("article:not([hidden]) [data-answer-key]");
      if (!button || event.isComposing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      button.form.requestSubmit(button);
    },
    { capture: true },
  );
  // What this tab keeps is forgotten then (keep.js), and an answer on its way must not bring it back.
  document.addEventListener("submit", ({ target }) => (isOver ||= target.id === "sign-out"), true);
  document.addEventListener("visibilitychange", () => {
    hiddenSince = Date.now();
    if (document.hidden) return;
    if (isBehind) show().catch(() => (isBehind = true));
    takeTurn({ steal: true });
  });
  hiddenSince = Date.now();
  // The card stands in the page already: what changes is asked for once all else has come.
  const begin = () => setTimeout(() => takeTurn(document.hidden ? {} : { steal: true }), EVERY / 2);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
