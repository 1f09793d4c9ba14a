// The page of a call, by keyboard alone. It works without: then the time the call began stands
// where it's counted here, and each key has its button.

import { followOrder } from "./call/order.js";
import { followStale } from "./call/stale.js";
import { areQuiet, isAtErrors } from "./keys.js";
import { later } from "./later.js";
import { landTypedAhead } from "./typed_ahead.js";

const form = document.querySelector("form[data-draft-url]");
const timer = document.querySelector("[data-timer]");
const strip = document.querySelector(".call-strip");
const goodbye = document.getElementById("goodbye");
const DAY = 24 * 60 * 60;

/** Numbers of a call left lying are days old: then the hour it began says more. */
function tick(shown, began) {
  const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
  if (seconds >= DAY) return;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const told = parts[0] ? parts : parts.slice(1);
  shown.textContent = told.map((part) => String(part).padStart(2, "0")).join(":");
  setTimeout(() => tick(shown, began), 1000 - (Date.now() % 1000));
}

if (timer) tick(timer.querySelector("[data-elapsed]"), Date.parse(timer.dataset.timer));

// Whatever is scrolled to stays clear of the strip, however many lines it takes (css/components/call.css).
if (strip) {
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--strip", `${strip.getBoundingClientRect().height}px`);
  }).observe(strip);
}

// A call goes on where the page says. Words go on at their end, and what found nobody is typed over.
const start = form?.querySelector("[autofocus]");
if (document.activeElement === document.body) start?.focus();
if (document.activeElement === start && start?.matches("[name=contract], [name=summary]")) {
  const isSearched = start.name === "contract" && document.getElementById("unsearched").hidden;
  start.setSelectionRange(isSearched ? 0 : start.value.length, start.value.length);
  if (isSearched) form.querySelector("[name=lease]")?.focus();
}

landTypedAhead();

for (const key of document.querySelectorAll(":is([data-to-goodbye], .call-contact, .look-up) kbd")) key.hidden = false;

const kinds = () => [...form.querySelectorAll("[name=kind]")];
const chosenOf = (radios) => radios.find((each) => each.checked) ?? radios[0];

// What the call still needs comes a moment after the page, or as soon as it’s asked for.
let loaded = null;
const missing = () => (loaded ??= import("./call/missing.js").catch(() => (loaded = null)));
const followMissing = () => missing().then((found) => found?.followMissing(form));

async function goToGoodbye() {
  if ((await missing())?.goToMissing(form)) return;
  goodbye.scrollIntoView({ block: "start" });
  form.elements.message.focus();
}

/** Enter in a list of choices takes the one it stands on and goes on to what comes next. */
function take(radio, next) {
  if (!radio.checked) radio.click();
  next?.focus();
}

/** The caller is found: the other leases make room for the call. They open again by “Change”. */
function shutOthers() {
  const others = form.querySelector(".other-leases");
  if (others && form.querySelector("[name=lease]:checked")) others.open = false;
}

function onEnter(event) {
  const { target } = event;
  if (target.form !== form) return; // who else calls, which begins a call of its own
  if (target.name === "lease") {
    take(target, chosenOf(kinds()));
    shutOthers();
  } else if (target.name === "kind") take(target, form.elements.summary);
  else if (target.name === "contract" || !target.matches("input:not([type=submit], [type=file])")) return;
  // Anywhere else it would look for a lease, as the first button of the form does.
  event.preventDefault();
}

// Who calls about themselves is named once: in the field that stays (css/components/caller.css).
form?.addEventListener("change", ({ target }) => {
  const { caller_name: caller, contact_name: about } = form.elements;
  if (target.name === "why" && !caller.checkVisibility() && !about.value) about.value = caller.value;
});

/** Into an open case go words alone: without them, nothing is sent, and the hand is where they belong. */
form?.addEventListener("click", (event) => {
  if (event.target.closest("button")?.name !== "add_to" || form.elements.summary.value.trim()) return;
  event.preventDefault();
  missing().then((found) => found?.tellMissing(form, "id_summary"));
});

// Beside other words, no lease stands as the one that was chosen.
form?.addEventListener("input", ({ target }) => {
  if (target.name !== "contract") return;
  const typed = target.value.trim();
  const isChosen = form.querySelector("[name=lease]:checked");
  document.getElementById("unsearched").hidden = !isChosen || !typed || typed === form.elements.searched.value.trim();
});

// The arrow keys look through them first; a press takes one.
form?.addEventListener("click", ({ target, detail }) => {
  if (detail && target.closest(".lease-choice")) setTimeout(shutOthers);
});

form?.addEventListener("keydown", (event) => {
  if (event.key === "Tab" && event.target.name === "lease") shutOthers();
  if (event.isComposing || event.key !== "Enter") return;
  if (!event.ctrlKey && !event.metaKey) return onEnter(event);
  event.preventDefault();
  // Only where the email stands, with all that was typed before it.
  if (form.elements.message.closest(".part").contains(event.target)) form.querySelector("[data-save]").click();
  else goToGoodbye();
});

// Outside the form's fields too: a press on the page's ground leaves the hand nowhere.
document.addEventListener("keydown", (event) => {
  if (!form || event.target !== document.body || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  goToGoodbye();
});

const press = (button) => {
  button?.click();
  return button;
};

/** What the search found nobody for goes along; before a search, the fields are there at once. */
function goOnWithoutLease() {
  const way = form.querySelector(".no-lease-ways [name=without]");
  if (way?.checkVisibility()) return press(way);
  return openTo(form.elements.why);
}

function verify() {
  const [first] = form.querySelectorAll(".verification [name=factors]");
  return first && openTo(first);
}

function openTo(field) {
  field.closest("details").open = true;
  field.focus();
  return field;
}

/** Where the hand was before it looked a word up: Escape leads back. */
let before = null;

function lookUp() {
  before = document.activeElement;
  return openTo(document.getElementById("look-up-words"));
}

/** The server has put those of the chosen reason first. Before there is one, what was written tells: the
 *  case that has most of its words.
 */
function openCases() {
  const buttons = [...form.querySelectorAll("[name=add_to]")];
  if (kinds().some((each) => each.checked)) return buttons;
  const words = (text) => text.toLowerCase().match(/\p{L}{5,}/gu) ?? [];
  const said = new Set(words(form.elements.summary.value));
  const shared = (button) => words(button.closest("li").textContent).filter((word) => said.has(word)).length;
  return buttons.sort((one, other) => shared(other) - shared(one));
}

/** It ends the call: the key only goes there, from one case to the next, and the page says what Enter
 *  will do.
 */
function goToOpenCase() {
  const buttons = openCases();
  const button = buttons[(buttons.indexOf(document.activeElement) + 1) % buttons.length];
  button?.scrollIntoView({ block: "center" });
  button?.focus();
  return button;
}

/** By the letter's place on the keyboard: with Alt, some make another sign of it. */
const PRESSED = {
  KeyP: () => press(form.querySelector("[name=agree]")),
  KeyN: goOnWithoutLease,
  KeyG: lookUp,
  KeyA: () => press(form.querySelector("[name=ask_all]")),
  KeyI: () => press(form.querySelector("[name=language]:not(:checked)")),
  KeyV: verify,
  KeyS: () => openTo(form.elements.escalation),
  "+": goToOpenCase,
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.target.id !== "look-up-words" || !before?.isConnected) return;
  event.preventDefault();
  before.focus();
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
  const key = event.key === "+" ? event.key : event.code;
  const isQuiet = isTyping || areQuiet() || (isAtErrors() && key !== "KeyG"); // which only looks up
  if (!form || event.ctrlKey || event.metaKey || (!event.altKey && isQuiet)) return;
  const pressed = PRESSED[key];
  if (!pressed?.()) return;
  event.preventDefault();
});

// Who listens to the page hears what was typed in its own voice.
const markSummary = () => {
  form.elements.summary.lang = form.elements.language.value;
};

if (form) later(followMissing);
if (form) followStale(form);
if (form) followOrder();

// Few calls need the rarer reasons: what finds them by name comes once they’re opened.
const more = form?.querySelector("#id_kind details");
const findMore = () => import("./call/find_reason.js").then(({ followReasons }) => followReasons(form)).catch(() => {});
if (more?.open) later(findMore);
else more?.addEventListener("toggle", findMore, { once: true });

// A name typed at “more” is looked for there: none of its letters does something else.
more?.firstElementChild.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !/^\p{L}$/u.test(event.key)) return;
  const box = document.getElementById("find-reason");
  const field = box.querySelector("input");
  event.preventDefault();
  event.stopPropagation();
  more.open = true;
  box.hidden = false;
  field.focus();
  field.value += event.key;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

for (const typed of ["input", "change"]) form?.addEventListener(typed, followMissing);

// A language that someone chose stays, even if another lease is chosen after it; or if it was
// marked already, which changes nothing.
form?.addEventListener("click", ({ target }) => {
  if (target.name !== "language") return;
  form.elements.suggested_language.value = "";
  document.getElementById("followed").hidden = true;
  markSummary();
});

// A script that was shut stays so, whatever the server sends next.
document.addEventListener(
  "toggle",
  ({ target }) => {
    const isAsked = target.open && document.activeElement?.parentElement === target;
    if (isAsked && target.matches(".other-leases")) form.querySelector("[name=lease]:checked")?.focus();
    const read = target.querySelector?.(":scope > .stack > [name=read]");
    if (read) read.disabled = !target.open;
  },
  true,
);

// Nor does an answer that was on its way when they chose it.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  const isTheirs = !form?.elements.suggested_language.value;
  if (target.id === "call-language" && isTheirs) event.preventDefault();
  // What is typed into goes on: what we know of the caller isn’t put over it.
  const isTypedInto = ["named", "next-day"].includes(target.id) && target.contains(document.activeElement);
  if (isTypedInto) event.preventDefault();
});

/** Where the hand was, in a part of the page that stays while what is in it comes anew. */
let hand = null;

document.addEventListener("htmx:beforeSwap", () => {
  const place = document.activeElement?.closest(".part");
  hand = place && form?.contains(place) ? { held: document.activeElement, place } : null;
});

/** To the same button or field, to what it's folded into now, or to what came in its stead. */
function giveBackHand() {
  const { held, place } = hand ?? {};
  hand = null;
  if (!held || held.isConnected || document.activeElement !== document.body) return;
  const fields = [...place.querySelectorAll("summary, button, input:not([type=hidden]), select, textarea, a[href]")];
  const same = fields.filter((each) => each.name && each.name === held.name);
  const isAnother = held.name === "add_to"; // another case’s: whoever presses it again would be wrong
  const again = same.find((each) => each.value === held.value) ?? (isAnother ? null : same[0]) ?? fields[0];
  (again?.closest("details:not([open])")?.querySelector("summary") ?? again)?.focus();
  if (document.activeElement !== document.body) return;
  place.tabIndex = -1;
  place.focus();
}

// The hand goes on: to what was found, from where Tab leads to who calls and Enter to the reason; from
// the button to what was agreed on.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!form) return;
  markSummary();
  followMissing();
  giveBackHand();
  // Found while it's typed, in a panel that scrolls by itself.
  if (detail.target.id === "terms") detail.target.parentElement.scrollIntoView({ block: "nearest" });
  if (detail.target.id === "agreed") [...form.querySelectorAll("[name^=agreed-][name$=-what]")].at(-1)?.focus();
  if (detail.target.id !== "contract") return;
  const leases = [...form.querySelectorAll("[name=lease]")];
  (leases.length ? chosenOf(leases) : form.elements.contract).focus();
  if (leases.length) return;
  form.elements.contract.select();
  form.elements.contract.scrollIntoView({ block: "nearest" }); // with its answer, if the page was scrolled
});
