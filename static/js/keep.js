// The language switch loads the page again in the other language: what was typed comes along.
// So does the text of a composer whose save ended at the sign-in page because the session was over.
// And a reply being written, by us or by a customer, when another button or a link of the case's page
// is pressed: it is there again wherever that case's page comes up next.
// Kept for that one load only, in this tab, and never a password, a code or a file.

const composer = document.querySelector("form[data-composer]");
const reply = composer ?? document.querySelector("form[data-reply]");
const place = (path) => `puente:kept:${path}`;
const SECRET = /password|code|token|secret/i;
const UNTYPED = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);

function typedFields() {
  return [...document.querySelectorAll("main input[name], main textarea[name], main select[name]")].filter(
    (field) =>
      !UNTYPED.has(field.type) &&
      !SECRET.test(field.name) &&
      !/one-time-code|password|^cc-/.test(field.autocomplete ?? "") &&
      !field.closest("form[method=get]"),
  );
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

/** Which field of the page this is: form, name, and which one of that name. */
function address(field, fields) {
  const form = field.form?.getAttribute("action") ?? "";
  const same = fields.filter(
    (other) => other.name === field.name && (other.form?.getAttribute("action") ?? "") === form,
  );
  return `${form} ${field.name} ${same.indexOf(field)}`;
}

/** The version of the case on the page: it grows with every save that succeeds. */
function version() {
  return composer?.querySelector("[name=version]")?.value;
}

function keep(path, ifVersion) {
  const fields = typedFields();
  const values = {};
  for (const field of fields) {
    values[address(field, fields)] = isTicked(field) ? field.checked : field.value;
  }
  const open = [...document.querySelectorAll("main details")].map((details) => details.open);
  sessionStorage.setItem(place(path), JSON.stringify({ values, open, top: scrollY, ifVersion }));
}

function putBack() {
  const text = sessionStorage.getItem(place(location.pathname));
  if (!text) return;
  sessionStorage.removeItem(place(location.pathname));
  const { values, open, top, ifVersion } = JSON.parse(text);
  if (ifVersion !== undefined && ifVersion !== version()) return; // it was saved
  const fields = typedFields();
  const changed = [];
  for (const field of fields) {
    const value = values[address(field, fields)];
    if (value === undefined) continue;
    const property = isTicked(field) ? "checked" : "value";
    if (field[property] !== value) {
      field[property] = value;
      changed.push(field);
    }
  }
  document.querySelectorAll("main details").forEach((details, index) => {
    if (open[index] !== undefined) details.open = open[index];
  });
  // Others listen too: the composer's look, the draft.
  for (const field of changed) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  scrollTo({ top, behavior: "instant" });
}

const replyPlace = () => `puente:reply:${reply.dataset.page}`;
let isOnItsWay = false; // what is being sent or kept otherwise

function keepReply() {
  if (isOnItsWay) return;
  const fields = typedFields().filter((field) => field.form === reply);
  const body = fields.find((field) => field.name === "body");
  if (!body?.value.trim()) return;
  const values = fields
    .filter((field) => !isTicked(field) || field.checked)
    // The day of the page: the other button may have moved it.
    .filter((field) => field.value !== reply.elements[`initial-${field.name}`]?.value)
    .map((field) => [field.name, field.value]);
  sessionStorage.setItem(replyPlace(), JSON.stringify(values));
}

function putReplyBack() {
  const kept = sessionStorage.getItem(replyPlace());
  sessionStorage.removeItem(replyPlace());
  for (const [name, value] of JSON.parse(kept ?? "[]")) {
    const field = [...reply.elements].find(
      (each) => each.name === name && (!isTicked(each) || each.value === value),
    );
    if (!field || (field.options && ![...field.options].some((each) => each.value === value))) continue;
    if (isTicked(field)) field.checked = true;
    // A page may come with words of its own for a reply: they follow.
    else field.value = [value, field.name === "body" && field.defaultValue].filter(Boolean).join("\n\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

try {
  document.querySelector("form[data-keep]")?.addEventListener("submit", (event) => {
    isOnItsWay = true;
    keep(new URL(event.target.elements.next.value, location).pathname);
  });
  composer?.addEventListener("submit", (event) => keep(event.target.dataset.page, version()));
  reply?.addEventListener("submit", () => {
    isOnItsWay = true;
    sessionStorage.removeItem(replyPlace());
  });
  putBack();
  if (reply) {
    putReplyBack();
    addEventListener("pagehide", keepReply);
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return; // the page itself came back, with its words
      isOnItsWay = false;
      sessionStorage.removeItem(replyPlace());
    });
  }
} catch {
  // No storage in this browser: the switch works, only without the typed text.
}
