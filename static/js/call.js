// The page of a call, by keyboard alone. It works without: then the time the call began stands
// where it's counted here, and each key has its button.

import { followMissing, goToMissing } from "./call/missing.js";
import { areOff } from "./keys.js";

const form = document.querySelector("form[data-draft-url]");
const timer = document.querySelector("[data-timer]");
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

// A call goes on with what was found, or in the field of the contract: what found nobody is typed over.
if (document.activeElement?.name === "contract") {
  document.activeElement.select();
  form.querySelector("[name=lease]")?.focus();
}

for (const key of document.querySelectorAll("[data-to-goodbye] kbd")) key.hidden = false;

const kinds = () => [...form.querySelectorAll("[name=kind]")];
const chosenOf = (radios) => radios.find((each) => each.checked) ?? radios[0];

function goToGoodbye() {
  if (goToMissing(form)) return;
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
  if (goodbye.contains(event.target)) form.querySelector("[data-save]").click();
  else goToGoodbye();
});

// Outside the form's fields too: a press on the page's ground leaves the hand nowhere.
document.addEventListener("keydown", (event) => {
  if (!form || event.target !== document.body || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  goToGoodbye();
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
  if (!form || event.ctrlKey || event.metaKey || (!event.altKey && (isTyping || areOff()))) return;
  const button = event.code === "KeyP" ? "agree" : event.key === "+" ? "add_to" : "";
  const found = button && form.querySelector(`[name=${button}]`);
  if (!found) return;
  event.preventDefault();
  found.click();
});

// Who listens to the page hears what was typed in its own voice.
const markSummary = () => {
  form.elements.summary.lang = form.elements.language.value;
};

if (form) followMissing(form);
for (const typed of ["input", "change"]) form?.addEventListener(typed, () => followMissing(form));

// A language that someone chose stays, even if another lease is chosen after it; or if it was
// marked already, which changes nothing.
form?.addEventListener("click", ({ target }) => {
  if (target.name !== "language") return;
  form.elements.suggested_language.value = "";
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
  const isTheirs = !form?.elements.suggested_language.value;
  if (event.detail.target.id === "call-language" && isTheirs) event.preventDefault();
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
  const again = same.find((each) => each.value === held.value) ?? same[0] ?? fields[0];
  (again?.closest("details:not([open])")?.querySelector("summary") ?? again)?.focus();
  if (document.activeElement !== document.body) return;
  place.tabIndex = -1;
  place.focus();
}

// The hand goes on: from what was found to the reason, from the button to what was agreed on.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!form) return;
  markSummary();
  followMissing(form);
  giveBackHand();
  if (detail.target.id === "agreed") [...form.querySelectorAll("[name^=agreed-][name$=-what]")].at(-1)?.focus();
  if (detail.target.id !== "contract") return;
  const leases = [...form.querySelectorAll("[name=lease]")];
  if (leases.some((each) => each.checked)) chosenOf(kinds()).focus();
  else (leases[0] ?? form.elements.contract).focus();
  if (!leases.length) form.elements.contract.select();
});
