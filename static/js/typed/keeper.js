// One form's words: kept in this tab at once (local.js), on the server a moment later (server.js),
// and put back on the next visit. What the server has, this tab forgets, except whose page wrote it.

import { addTo, changes, fill, hasWords, typedFields, wordFields } from "./fields.js";
import * as local from "./local.js";
import { AlreadySent, Behind, CallOver, Offline, Refused, SessionOver, saveDraft } from "./server.js";
import { bothTexts, button, signInLink, tell, untell } from "./state.js";

const WAIT = 800;
const LONGEST_WAIT = 5000; // also of someone who never stops typing
const AGAIN = [2, 4, 8, 15, 30, 60].map((seconds) => seconds * 1000);
const isSignedIn = local.reader !== "";

const newToken = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("");

export class Keeper {
  constructor(form, key) {
    Object.assign(this, { form, key, timer: 0, request: null, isLeaving: false, failures: 0, seen: "" });
    this.isCall = "draftUrl" in form.dataset;
    this.isKept = this.isCall || wordFields(form).length > 0;
    form.toggleAttribute("data-kept", this.isKept);
    this.copy = local.read(key);
    this.token = newToken();
    // Some errors stand above all the forms of a page.
    const errors = (this.copy?.sent ? document : form).querySelector(".errors, .field-errors, .errornote");
    this.isRefused = errors !== null;
    this.isLate = Boolean(this.copy?.late);
    // A refused page holds what was sent; what was changed before it is known from the copy alone.
    this.known = (this.isRefused && this.copy?.values) || {};
    if (this.isRefused) this.goOn();
    form.addEventListener("input", ({ target }) => this.changed(target));
    form.addEventListener("submit", ({ submitter }) => this.leave(submitter?.name === "take"));
  }

  get values() {
    return { ...this.known, ...changes(this.form) };
  }

  /** Which version of a call’s draft these words began with, and in which window. */
  get page() {
    const { window, version } = this.form.elements;
    return this.isCall ? { window: window?.value, version: version?.value } : undefined;
  }

  /** Not if it’s only choices: no one would miss them, and they’d be odd to find another day. */
  get isWorthKeeping() {
    return this.isKept && (this.isCall || hasWords(this.form, this.values));
  }

  keepHere(more = {}) {
    const { values, token, seen, page } = this;
    const late = (this.isLate && !more.sent) || undefined;
    if (this.isWorthKeeping) local.write(this.key, { values, token, seen, page, late, ...more });
    else local.remove(this.key);
  }

  changed(field) {
    if (!this.isKept) return;
    if (field && wordFields(this.form).includes(field)) this.field = field;
    this.isTouched = true;
    this.isReturned = false;
    this.isLate ||= this.isLeaving; // what was sent goes without this
    this.keepHere();
    this.save(WAIT);
  }

  save(wait) {
    clearTimeout(this.timer);
    this.isWaiting = isSignedIn && this.isKept && !this.isOver;
    if (!this.isWaiting) return;
    this.since ??= Date.now();
    const most = this.failures ? wait : Math.max(0, this.since + LONGEST_WAIT - Date.now());
    this.timer = setTimeout(() => this.saveNow(), Math.min(wait, most));
  }

  /** The line is back, or the person is: nobody waits for the next try. */
  goOnNow() {
    if (this.failures) this.save(0);
  }

  /** Someone looks at this window again: another one may have written the same form meanwhile. */
  comeBack() {
    if (this.failures || this.isTouched) this.save(0);
  }

  /** Resolves once what was typed is saved or refused, also if that was on its way already. */
  saveNow(keepalive = false) {
    clearTimeout(this.timer);
    if (this.isWaiting && !this.isLeaving) this.saving = this.send(keepalive);
    return this.saving;
  }

  async send(keepalive) {
    this.isWaiting = false;
    this.since = undefined;
    this.request?.abort();
    this.request = new AbortController();
    const typed = this.isWorthKeeping ? this.values : {};
    const { token, seen } = this;
    try {
      const sent = { form: this.key, token, seen, typed: JSON.stringify(typed) };
      const others = await saveDraft(this.form, sent, { keepalive, signal: this.request.signal });
      if (this.seen === seen) this.seen = ""; // more may have been taken meanwhile
      this.saved(typed, others);
    } catch (error) {
      this.failed(error, keepalive);
    }
  }

  saved(typed, others) {
    const isBack = this.failures > 0;
    Object.assign(this, { failures: 0, isAtRisk: false, isLate: false });
    if (!this.isWaiting) this.forget(Object.keys(typed).length > 0);
    if (!others) this.offered = "";
    if (this.isCall && bothTexts(others)) this.tellOfOthers();
    else if (others) this.offer(others);
    else if (!Object.keys(typed).length) untell(this.form);
    else if (isBack || !this.isReturned) this.tell(isBack ? "back" : "saved");
  }

  /** The server has the words; a draft's next page goes on as this one. A call's page comes with them. */
  forget(isDraft) {
    if (isDraft && !this.isCall) local.write(this.key, { token: this.token });
    else local.remove(this.key);
  }

  failed(error, keepalive) {
    if (error.name === "AbortError") return;
    // An ended session comes back to this tab's copy; a save that the next one overtook is no loss.
    this.isAtRisk = this.isWorthKeeping && !(error instanceof SessionOver || error instanceof AlreadySent || error instanceof Behind);
    if (error instanceof AlreadySent) return this.goOnAnew();
    if (error instanceof Refused) return this.tell(error.message);
    if (error instanceof CallOver) return this.callOver(error.html);
    if (error instanceof Behind) {
      bothTexts(error.html);
      return this.tellOfOthers();
    }
    const wait = AGAIN[Math.min(this.failures, AGAIN.length - 1)];
    this.failures += 1;
    if (error instanceof SessionOver) return this.tell("over", signInLink());
    this.tell(error instanceof Offline ? "offline" : "unsaved");
    if (!keepalive) this.save(wait);
  }

  /** What comes after these words were sent is new, and so is what came while they were. */
  goOnAnew() {
    this.token = newToken();
    if (!this.isLate) return;
    this.isLate = false;
    this.keepHere();
    this.save(0);
  }

  /** What a colleague or another window did, where the notice about it says more. */
  tellOfOthers() {
    const more = bothTexts.areThere() ? [button("compare", bothTexts.show)] : [];
    this.tell(bothTexts.said(), ...more);
  }

  /** Nothing more is saved; the notice offers what was typed here to the case. */
  callOver(html) {
    this.isOver = true;
    bothTexts(html);
    this.tell("finished", button("finishedMore", bothTexts.show));
  }

  tell(what, ...more) {
    tell(this.form, this.field ?? wordFields(this.form)[0], what, ...more);
  }

  leave(isTaking) {
    this.isLeaving = true;
    clearTimeout(this.timer);
    this.request?.abort(); // arriving after the form it would only be in the way
    setTimeout(() => (this.isLeaving = false), 15000); // an answer without a page leaves us here
    if (isTaking) return local.remove(this.key); // the page comes with what was chosen
    if (this.isKept) this.keepHere({ sent: this.token });
    else if (this.copy) local.write(this.key, { ...this.copy, sent: this.token }); // a preview of it
    else return;
    this.name("draft", `${this.token} ${this.key}`);
    if (this.seen) this.name("draft_seen", this.seen);
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
    this.seen = this.copy?.seen ?? "";
  }

  putBack(values) {
    if (!fill(this.form, values)) return;
    if (this.isCall && this.copy?.page) {
      for (const [name, value] of Object.entries(this.copy.page)) this.name(name, value);
      bothTexts(""); // the page came with others than these; the next save tells
    }
    this.isTouched = true;
    const filled = wordFields(this.form).filter((field) => values[field.name]);
    this.field = filled.find((field) => field.checkVisibility?.() ?? true) ?? filled[0]; // not behind a tab
    this.save(WAIT);
    this.isReturned = true; // said until they go on writing: whoever wants to discard it needs the button
    this.tell("returned", button("discard", () => this.discard()));
  }

  /** What was written in other windows, too: kept beside these words until someone takes it. */
  offer(others) {
    const keys = others.map(({ key }) => key).join(" ");
    if (this.offered === keys) return; // said once
    this.offered = keys;
    const [said, press] = others.length > 1 ? ["more", "addMore"] : ["two", "add"];
    this.tell(said, button(press, () => {
      this.seen = `${this.seen} ${keys}`.trim();
      for (const { typed } of [...others].reverse()) addTo(this.form, typed); // the oldest first
      this.changed();
      (this.field ?? wordFields(this.form)[0])?.focus();
    }));
  }

  discard() {
    this.clear();
    this.save(0);
    wordFields(this.form)[0]?.focus();
  }

  clear() {
    this.known = {};
    this.form.reset();
    local.remove(this.key);
    for (const field of typedFields(this.form)) {
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    untell(this.form);
  }

  /** Sealing takes a moment: the tab may not have heard of it, and have put the same words back. */
  wasSent() {
    this.token = newToken();
    if (this.isTouched && !this.isReturned) return this.changed(); // new ones
    this.isWaiting = false;
    if (this.isReturned) this.clear();
    else local.remove(this.key);
  }

  /** What this tab knows by itself. A form whose answer didn’t arrive waits for the server. */
  begin() {
    if (this.isRefused) {
      if (this.isKept && this.copy) this.changed();
    } else if (this.copy && (this.isCall || !this.copy.sent)) {
      if (this.copy.once) local.remove(this.key);
      this.goOn();
      if (this.copy.values) this.putBack(this.copy.values);
    }
  }

  /** Going back, the browser has put in what stood there then; this tab's copy may be younger. */
  afterTheBrowser() {
    const copy = this.isRefused ? null : local.read(this.key);
    if (copy?.values && !copy.sent && fill(this.form, copy.values)) this.save(WAIT);
  }

  heard(draft) {
    const sent = !this.isRefused && this.copy?.sent;
    const known = !this.isRefused && this.copy && !this.copy.late ? sent || this.copy.token : "";
    if (known && draft?.spent === known) this.wasSent();
    else if (sent && !this.isTouched) {
      this.goOn();
      if (this.copy.values) this.putBack(this.copy.values);
    } else if (!this.isTouched && !this.isRefused && draft) {
      this.seen = draft.key;
      this.putBack(draft.typed);
      if (draft.others.length) this.offer(draft.others);
    }
  }
}
