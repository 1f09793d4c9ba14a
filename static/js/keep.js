// What is typed is never lost: a reload, the back button, the language switch, a cut line, an ended
// session, a closed window all come back to the same words, until the form was saved or they are
// thrown away (typed/keeper.js).

import { Keeper } from "./typed/keeper.js";
import * as local from "./typed/local.js";
import { fetchDrafts, SessionOver } from "./typed/server.js";
import { signInLink } from "./typed/state.js";

const ASK_AGAIN = 2000;
const LAST_SAVE = 10000; // whoever signs out waits no longer for it
const switcher = document.querySelector("form[data-keep]");
const pagePath = new URL(switcher?.elements.next.value ?? location.href, location).pathname;
const isSignedIn = local.reader !== "";

function address(form) {
  return new URL(form.getAttribute("action") || pagePath, location).pathname;
}

let all = [];

/** Those of forms that have none yet. */
function newKeepers() {
  const seen = new Map();
  const known = new Set(all.map((keeper) => keeper.form));
  const forms = [...document.querySelectorAll("main form")].filter(
    (form) => form.method === "post" && !("noDraft" in form.dataset),
  );
  const made = [];
  for (const form of forms) {
    const place = seen.get(address(form)) ?? 0;
    seen.set(address(form), place + 1);
    if (!known.has(form)) made.push(new Keeper(form, address(form) + (place ? `#${place}` : "")));
  }
  all = [...all.filter((keeper) => keeper.form.isConnected), ...made];
  return made;
}

/** Of the page, and of what comes into it later. */
function begin() {
  const made = newKeepers();
  for (const keeper of made) keeper.begin();
  return made;
}

function putViewBack() {
  const view = local.takeView(pagePath);
  if (!view) return;
  document.querySelectorAll("main details").forEach((details, index) => {
    if (view.open[index]) details.open = true;
  });
  scrollTo({ top: view.top, behavior: "instant" });
  if (view.hand) document.querySelector(`main [name="${CSS.escape(view.hand)}"]`)?.focus();
}

/** A page that is left has its question cut off, too: only who still stands there asks again. */
async function draftsOf(keys) {
  try {
    return await fetchDrafts(keys);
  } catch {
    await new Promise((done) => setTimeout(done, ASK_AGAIN));
    return fetchDrafts(keys).catch(() => ({})); // what this tab knows is all there is
  }
}

/** `sent`: forms of other pages that were sent from this tab, as local.sent() has them. */
async function askServer(all, sent = []) {
  const asked = all.filter((keeper) => keeper.isKept && !keeper.isCall);
  const keys = [...asked.map((keeper) => keeper.key), ...sent.map(([key]) => key)];
  if (!keys.length) return;
  const drafts = isSignedIn ? await draftsOf(keys) : {};
  for (const keeper of asked) keeper.heard(drafts[keeper.key]);
  for (const [key, token] of sent) if (drafts[key]?.spent === token) local.remove(key);
}

/** What hardly anyone opens is asked about once someone does. */
function ask(made, sent) {
  const shutIn = (keeper) => keeper.form.closest("details[data-drafts-later]:not([open])");
  askServer(made.filter((keeper) => !shutIn(keeper)), sent);
  for (const keeper of made) shutIn(keeper)?.addEventListener("toggle", () => askServer([keeper]), { once: true });
}

// A refused form is shown under its own address: reloading and coming back lead to its page. The
// fragment stays: a preview is not where it leads before its styles have come.
if (location.pathname !== pagePath) history.replaceState(history.state, "", pagePath + location.hash);

local.whenOpen(() => {
  const made = begin();
  putViewBack();
  ask(made, local.sent().filter(([key]) => !made.some((keeper) => keeper.key === key)));
});
document.addEventListener("htmx:afterSettle", () => ask(begin()));
// A part of the page was asked for after the session ended (accounts/access.py).
document.addEventListener("session-over", ({ target }) => {
  const keeper = all.find(({ form }) => form.contains(target));
  if (!keeper) return signInLink().click();
  keeper.keepHere();
  keeper.failed(new SessionOver());
});

// From wherever someone is writing, and back to there.
document.addEventListener("keydown", (event) => {
  const isAsked = event.altKey && event.code === "KeyR" && !event.ctrlKey && !event.metaKey;
  const link = isAsked && document.querySelector("[data-sign-in-again]");
  if (!link) return;
  event.preventDefault();
  link.click();
});
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-sign-in-again]")) return;
  local.keepView(pagePath, all.find(({ form, field }) => field && form.contains(field))?.field.name);
});

switcher?.addEventListener("submit", () => {
  for (const keeper of all) {
    keeper.isLeaving = true;
    const values = keeper.values;
    if (keeper.isWorthKeeping) keeper.keepHere({ once: !isSignedIn });
    else if (Object.keys(values).length) local.write(keeper.key, { values, once: true });
  }
  local.keepView(pagePath);
});
for (const form of isSignedIn ? document.querySelectorAll("form[action$='/logout/']") : []) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const saves = Promise.all(all.map((keeper) => keeper.saveNow()));
    await Promise.race([saves, new Promise((done) => setTimeout(done, LAST_SAVE))]);
    for (const keeper of all) keeper.isLeaving = true;
    local.forgetSaved();
    form.submit();
  });
}
// Asked only if this page alone has the words: anything else is there on the next visit.
addEventListener("beforeunload", (event) => {
  if (all.some((keeper) => keeper.isAtRisk && !keeper.isLeaving)) event.preventDefault();
});
addEventListener("pagehide", () => all.forEach((keeper) => keeper.saveNow(true)));
addEventListener("online", () => all.forEach((keeper) => keeper.goOnNow()));
document.addEventListener("visibilitychange", () => {
  const isHidden = document.visibilityState === "hidden";
  for (const keeper of all) isHidden ? keeper.saveNow(true) : keeper.comeBack();
});
addEventListener("pageshow", ({ persisted }) => {
  for (const keeper of all) {
    if (persisted) keeper.isLeaving = false;
    keeper.afterTheBrowser();
  }
});
