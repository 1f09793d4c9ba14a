// "/" and Ctrl/⌘-K: the call bar. "c": log a call, the one on your phone if it rings. "?": the keys. A button can name its own. Single keys never while typing,
// and they can be switched off (speech input presses letters by itself).

const OFF = "puente:keys-off";
const bar = document.getElementById("call-bar");
const dialog = document.getElementById("keys");
const toggle = document.querySelector("[data-keys-switch]");

function areOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

// A key or a button has sent a form: what is pressed now is meant for the page that comes.
let isLeaving = false;
const LONGEST = 15000; // a download comes and leaves us here

function leave() {
  isLeaving = true;
  setTimeout(() => (isLeaving = false), LONGEST);
}

addEventListener("submit", ({ target, defaultPrevented }) => {
  if (!defaultPrevented && target.method === "post") leave();
});
addEventListener("pageshow", () => (isLeaving = false));

/** Single keys do nothing: switched off, or meant for the page that comes. */
export const areQuiet = () => areOff() || isLeaving;

/** Whoever was typing a moment ago is at the errors: there, no letter begins or changes anything. */
export const isAtErrors = () => document.activeElement?.matches(".errors");

function isTyping(target) {
  const pressed = "[type=checkbox], [type=radio], [type=button], [type=submit]";
  return target.isContentEditable || target.matches?.(`input:not(${pressed}), textarea, select`);
}

/** Where the hand was before a key led to the call bar: Escape leads back, once the bar is empty. */
let before = null;

function goBack(event) {
  const place = before;
  if (event.target !== bar || bar.value || !place?.isConnected) return;
  event.preventDefault();
  place.focus();
}

bar?.addEventListener("blur", ({ relatedTarget }) => {
  if (!bar.closest(".call-bar").contains(relatedTarget) && document.hasFocus()) before = null;
});

function focusBar(event) {
  event.preventDefault();
  dialog?.close();
  const { activeElement } = document;
  if (!bar?.closest(".call-bar").contains(activeElement)) before = activeElement;
  bar?.focus();
  bar?.select();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return focusBar(event);
  if (event.key === "Escape") return goBack(event);
  if (event.ctrlKey || event.metaKey || isTyping(event.target) || areQuiet()) return;
  if (event.key === "/") return focusBar(event);
  if (event.key === "?") return dialog?.open || dialog?.showModal();
  if (isAtErrors()) return;
  const named = document.querySelector(`:is(button, a)[data-key="${CSS.escape(event.key)}"]`);
  if (named) {
    event.preventDefault(); // the letter isn’t part of what is typed next
    // At once: what looks at its form first may still have to be loaded (check.js).
    if (named.type !== "button") leave();
    named.click();
    if (isTyping(document.activeElement)) isLeaving = false; // it led to a field of this page
    return;
  }
  if (event.key !== "c") return;
  event.preventDefault(); // the letter isn’t part of the name that’s typed next
  const ringing = document.querySelector(".ringing-card:not([hidden]) [data-answer-key]");
  if (ringing) return ringing.form.requestSubmit(ringing);
  document.querySelector("form[data-log-call]")?.requestSubmit();
});

for (const opener of document.querySelectorAll("[data-open-keys]")) opener.hidden = false;
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-open-keys]")) dialog?.showModal();
});

if (toggle) {
  toggle.checked = !areOff();
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      toggle.checked = true;
    }
  });
}
