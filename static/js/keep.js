// What is typed is never lost: a reload, the back button, the language switch, a cut line, an ended
// session, a closed window all come back to the same words, until the form was saved or they are
// thrown away (typed/keeper.js).

import { Keeper } from "./typed/keeper.js";
import * as local from "./typed/local.js";
import { fetchDrafts } from "./typed/server.js";

const ASK_AGAIN = 2000;
const switcher = document.querySelector("form[data-keep]");
const pagePath = new URL(switcher?.elements.next.value ?? location.href, location).pathname;
const isSignedIn = local.reader !== "";

function address(form) {
  return new URL(form.getAttribute("action") || pagePath, location).pathname;
}

function keepers() {
  const seen = new Map();
  const forms = [...document.querySelectorAll("main form")].filter(
    (form) => form.method === "post" && !("noDraft" in form.dataset),
  );
  return forms.map((form) => {
    const place = seen.get(address(form)) ?? 0;
    seen.set(address(form), place + 1);
    return new Keeper(form, address(form) + (place ? `#${place}` : ""));
  });
}

function putViewBack() {
  const view = local.takeView(pagePath);
  if (!view) return;
  document.querySelectorAll("main details").forEach((details, index) => {
    if (view.open[index]) details.open = true;
  });
  scrollTo({ top: view.top, behavior: "instant" });
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

async function askServer(all) {
  const asked = all.filter((keeper) => keeper.isKept && !keeper.isCall);
  if (!asked.length) return;
  const drafts = isSignedIn ? await draftsOf(asked.map((keeper) => keeper.key)) : {};
  for (const keeper of asked) keeper.heard(drafts[keeper.key]);
}

// A refused form is shown under its own address: reloading and coming back lead to its page. The
// fragment stays: a preview is not where it leads before its styles have come.
if (location.pathname !== pagePath) history.replaceState(history.state, "", pagePath + location.hash);

local.forgetOthers();
const all = keepers();
for (const keeper of all) keeper.begin();
putViewBack();
// What hardly anyone opens is asked about once someone does.
const shutIn = (keeper) => keeper.form.closest("details[data-drafts-later]:not([open])");
askServer(all.filter((keeper) => !shutIn(keeper)));
for (const keeper of all) shutIn(keeper)?.addEventListener("toggle", () => askServer([keeper]), { once: true });

switcher?.addEventListener("submit", () => {
  for (const keeper of all) {
    keeper.isLeaving = true;
    const values = keeper.values;
    if (keeper.isWorthKeeping) keeper.keepHere();
    else if (Object.keys(values).length) local.write(keeper.key, { values, once: true });
  }
  local.keepView(pagePath);
});
for (const form of isSignedIn ? document.querySelectorAll("form[action$='/account/logout/']") : []) {
  form.addEventListener("submit", () => {
    for (const keeper of all) keeper.isLeaving = true;
    local.forgetAll();
  });
}
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
