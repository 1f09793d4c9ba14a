// The copy on the server, for signed-in people: there in another window and on another day.

import { SECRET } from "./fields.js";

const CSRF = "csrfmiddlewaretoken";
const words = document.getElementById("keep-words")?.dataset ?? {};
const csrf = (form) => form.elements.csrfmiddlewaretoken?.value ?? "";

export class SessionOver extends Error {}
export class AlreadySent extends Error {}
/** A call: another window’s words are the draft; both texts are in `html`. */
export class Behind extends Error {
  constructor(html) {
    super();
    this.html = html;
  }
}
/** The call was finished or discarded elsewhere; `html` says by whom. */
export class CallOver extends Behind {}
export class Offline extends Error {}
/** The message is for the person. */
export class Refused extends Error {}

/** {form: {typed, key, token, spent, others}} of these forms. Rejects without a line or a session. */
export async function fetchDrafts(keys) {
  const query = new URLSearchParams(keys.map((key) => ["form", key]));
  const answer = await fetch(`${words.address}?${query}`, {
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
  });
  if (answer.type === "opaqueredirect") throw new SessionOver();
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** Resolves to what other windows wrote into the same form, if they did; for a call, as a page’s part. */
export async function saveDraft(form, sent, { keepalive = false, signal } = {}) {
  const own = form.dataset.draftUrl;
  const fields = own
    ? [...new FormData(form)].filter(
        ([name, value]) => typeof value === "string" && (name === CSRF || !SECRET.test(name)),
      )
    : Object.entries({ ...sent, csrfmiddlewaretoken: csrf(form) });
  const answer = await reach(own ?? words.address, {
    method: "POST",
    body: new URLSearchParams(fields),
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
    keepalive,
    signal,
  });
  // 403: the form belongs to the session before this one.
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new SessionOver();
  if (answer.status === 410 && own) throw new CallOver(await answer.text());
  if (answer.status === 409) throw own ? new Behind(await answer.text()) : new AlreadySent();
  if (answer.status === 422) throw new Refused((await answer.json()).error);
  if (!answer.ok) throw new Error(answer.statusText);
  if (answer.status !== 200) return null;
  return own ? answer.text() : (await answer.json()).others;
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    throw error.name === "AbortError" ? error : new Offline();
  }
}
