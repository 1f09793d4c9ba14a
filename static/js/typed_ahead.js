// Whoever takes a call types the name at once, while the call’s page is still on its way. The letters
// are written here instead of being lost or pressed as keys of the page that’s left; they wait in this
// tab, and the call’s page takes them over. Between two pages no one hears a key, so this one is left
// while the hand rests.

const KEY = "puente:typed-ahead";
const LONGEST = 60_000; // a page that took longer is another call’s
const REST = 400;
const form = document.querySelector("form[data-log-call]");
const field = form?.querySelector("[data-typed-ahead]");
if (!document.querySelector("form[data-draft-url]")) take(); // it led elsewhere

function keep(isEntered = false) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ text: field.value, isEntered, at: Date.now() }));
  } catch {
    // then they have to be typed again
  }
}

/** Once, and not those of a call that never came. */
function take() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
    return kept && Date.now() - kept.at < LONGEST ? kept : null;
  } catch {
    return null;
  }
}

// Before anything else hears of it: what looks at a form first may still have to be loaded (check.js),
// and the next letter doesn’t wait.
addEventListener(
  "submit",
  ({ target }) => {
    if (!field || target !== form || form.elements.lease) return;
    document.querySelector("dialog[open]")?.close();
    field.hidden = false;
    field.focus();
  },
  true,
);

addEventListener("submit", (event) => {
  if (!field || event.defaultPrevented) return;
  if (event.target !== form) return stay(); // that is where they go
  if (form.elements.lease) return;
  event.preventDefault();
  begin();
});

let call = ""; // the address of its page
let isLeaving = false;
let isElsewhere = false; // another form was sent meanwhile
let heard = 0; // when the last letter was
let timer = 0;

async function begin() {
  isElsewhere = false;
  const sent = { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" };
  const answer = await fetch(form.action, { ...sent, headers: { "X-Puente-Ahead": "1" } }).catch(() => null);
  call = answer?.headers.get("X-Puente-Call") ?? "";
  if (call) leave();
  else form.submit(); // its answer says what is the matter
}

function stay() {
  isElsewhere = true;
  clearTimeout(timer);
}

function leave() {
  clearTimeout(timer);
  if (isElsewhere) return;
  timer = setTimeout(() => {
    isLeaving = true;
    location.assign(call);
  }, heard + REST - Date.now());
}

function wait() {
  heard = Date.now();
  if (!call) return;
  if (isLeaving) window.stop(); // the page hasn’t come: there’s time for this letter
  isLeaving = false;
  leave();
}

field?.addEventListener("input", () => {
  keep();
  wait();
});
field?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault(); // the form is on its way
  keep(true);
  heard = 0;
  if (call && !isLeaving) leave();
});

addEventListener("pageshow", () => {
  if (!field) return;
  clearTimeout(timer);
  call = "";
  isLeaving = isElsewhere = false;
  field.value = "";
  field.hidden = true;
});

/** What was typed since, before a field had the focus (entries/early.js). */
function early() {
  const heard = window.puenteEarly;
  if (!heard) return { text: "", isEntered: false };
  removeEventListener("keydown", heard, true);
  return heard;
}

/** Into the field where the call’s page would have them typed, before what was typed there since. */
export function landTypedAhead() {
  const kept = take() ?? { text: "", isEntered: false };
  const drawn = early();
  const place = document.querySelector("#another-caller, [name=contract][autofocus]");
  const text = kept.text + drawn.text;
  if (!text || !place) return;
  const since = place.value === place.defaultValue ? "" : place.value;
  place.focus();
  place.value = text + since;
  place.dispatchEvent(new Event("input", { bubbles: true }));
  if (kept.isEntered || drawn.isEntered) addEventListener("load", () => search(place), { once: true });
}

function search(place) {
  const find = place.name === "contract" && document.getElementById("find-contract");
  if (find) find.click();
  else place.form.requestSubmit();
}
