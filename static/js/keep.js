// What is typed is never lost: a reload, the back button, the language switch, a cut line, an ended
// session, a closed window all come back to the same words, until the form was saved or they are
// thrown away. In this tab at once (typed/local.js), on the server a moment later (typed/server.js).

import { changes, fill, hasWords, typedFields, wordFields } from "./typed/fields.js";
import * as local from "./typed/local.js";
import { AlreadySent, SessionOver, fetchDrafts, saveDraft } from "./typed/server.js";
import { discardButton, signInLink, tell, untell } from "./typed/state.js";

const WAIT = 800;
const AGAIN = 6000;
const ASK_AGAIN = 2000;
const switcher = document.querySelector("form[data-keep]");
const pagePath = new URL(switcher?.elements.next.value ?? location.href, location).pathname;
const isSignedIn = local.reader !== "";

const newToken = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

class Keeper {
  constructor(form, key) {
    Object.assign(this, { form, key, timer: 0, request: null, isLeaving: false });
    this.isCall = "draftUrl" in form.dataset;
    this.isKept = this.isCall || wordFields(form).length > 0;
    this.copy = local.read(key);
    this.token = newToken();
    // Some errors stand above all the forms of a page.
    const errors = (this.copy?.sent ? document : form).querySelector(".errors, .field-errors");
    this.isRefused = errors !== null;
    // A refused page holds what was sent; what was changed before it is known from the copy alone.
    this.known = (this.isRefused && this.copy?.values) || {};
    if (this.isRefused) this.goOn();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", () => this.leave());
  }

  get values() {
    return { ...this.known, ...changes(this.form) };
  }

  /** Not if it’s only choices: no one would miss them, and they’d be odd to find another day. */
  get isWorthKeeping() {
    return this.isKept && (this.isCall || hasWords(this.form, this.values));
  }

  keepHere(more = {}) {
    const { values, token } = this;
    if (this.isWorthKeeping) local.write(this.key, { values, token, ...more });
    else local.remove(this.key);
  }

  changed() {
    if (!this.isKept) return;
    this.isTouched = true;
    this.keepHere();
    this.save(WAIT);
  }

  save(wait) {
    clearTimeout(this.timer);
    this.isWaiting = isSignedIn && this.isKept;
    if (this.isWaiting) this.timer = setTimeout(() => this.saveNow(), wait);
  }

  async saveNow(keepalive = false) {
    clearTimeout(this.timer);
    if (!this.isWaiting || this.isLeaving) return;
    this.isWaiting = false;
    this.request?.abort();
    this.request = new AbortController();
    const typed = this.isWorthKeeping ? this.values : {};
    try {
      const { signal } = this.request;
      await saveDraft(this.form, this.key, this.token, typed, { keepalive, signal });
      if (Object.keys(typed).length) tell(this.form, "saved");
      else untell(this.form);
    } catch (error) {
      if (error.name === "AbortError") return;
      if (error instanceof AlreadySent) return (this.token = newToken()); // what comes now is new
      if (error instanceof SessionOver) return tell(this.form, "over", signInLink());
      tell(this.form, "unsaved");
      if (!keepalive) this.save(AGAIN);
    }
  }

  leave() {
    this.isLeaving = true;
    clearTimeout(this.timer);
    this.request?.abort(); // arriving after the form it would only be in the way
    setTimeout(() => (this.isLeaving = false), 15000); // an answer without a page leaves us here
    if (this.isKept) this.keepHere({ sent: this.token });
    else if (this.copy) local.write(this.key, { ...this.copy, sent: this.token }); // a preview of it
    else return;
    this.name("draft", `${this.token} ${this.key}`);
  }

  name(name, value) {
    let field = this.form.querySelector(`input[type=hidden][name=${name}]`);
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      this.form.append(field);
    }
    field.value = value;
  }

  /** The same words as before under the same token: sent once, they end for every page of them. */
  goOn() {
    this.token = this.copy?.token ?? this.token;
  }

  putBack(values) {
    if (!fill(this.form, values)) return;
    this.isTouched = true;
    this.save(WAIT);
    tell(this.form, "returned", discardButton(() => this.discard()));
  }

  discard() {
    this.known = {};
    this.form.reset();
    local.remove(this.key);
    this.save(0);
    for (const field of typedFields(this.form)) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    untell(this.form);
    wordFields(this.form)[0]?.focus();
  }

  /** What this tab knows by itself. A form whose answer didn’t arrive waits for the server. */
  begin() {
    if (this.isRefused) {
      if (this.isKept && this.copy) this.changed();
    } else if (this.copy && !this.copy.sent) {
      if (this.copy.once) local.remove(this.key);
      this.goOn();
      this.putBack(this.copy.values);
    }
  }

  /** Going back, the browser has put in what stood there then; this tab's copy may be younger. */
  afterTheBrowser() {
    const copy = this.isRefused ? null : local.read(this.key);
    if (copy && !copy.sent && fill(this.form, copy.values)) this.save(WAIT);
  }

  heard(draft) {
    const sent = !this.isRefused && this.copy?.sent;
    if (sent && draft?.spent === sent) local.remove(this.key);
    else if (sent && !this.isTouched) {
      this.goOn();
      this.putBack(this.copy.values);
    } else if (!this.isTouched && !this.isRefused && draft) this.putBack(draft.typed);
  }
}

function address(form) {
  return new URL(form.getAttribute("action") || pagePath, location).pathname;
}

function keepers() {
  const seen = new Map();
  const forms = [...document.querySelectorAll("main form")].filter((form) => form.method === "post");
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
askServer(all);

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
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") all.forEach((keeper) => keeper.saveNow(true));
});
addEventListener("pageshow", ({ persisted }) => {
  for (const keeper of all) {
    if (persisted) keeper.isLeaving = false;
    keeper.afterTheBrowser();
  }
});
