// The copy on the server, for signed-in people: there in another window and on another day.

const words = document.getElementById("keep-words")?.dataset ?? {};
const csrf = (form) => form.elements.csrfmiddlewaretoken?.value ?? "";

export class SessionOver extends Error {}
export class AlreadySent extends Error {}

/** {form: {typed, spent}} of these forms. Rejects without a line or a session. */
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

export async function saveDraft(form, key, token, typed, { keepalive = false, signal } = {}) {
  const own = form.dataset.draftUrl;
  const fields = own
    ? [...new FormData(form)].filter(([, value]) => typeof value === "string")
    : [["form", key], ["token", token], ["typed", JSON.stringify(typed)], ["csrfmiddlewaretoken", csrf(form)]];
  const answer = await fetch(own ?? words.address, {
    method: "POST",
    body: new URLSearchParams(fields),
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
    keepalive,
    signal,
  });
  if (answer.type === "opaqueredirect") throw new SessionOver();
  if (answer.status === 409) throw new AlreadySent();
  if (!answer.ok) throw new Error(answer.statusText);
}
