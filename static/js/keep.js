// The language switch loads the page again in the other language: what was typed comes along.
// So does the text of a composer whose save ended at the sign-in page because the session was over.
// Kept for that one load only, in this tab, and never a password, a code or a file.

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
  return document.querySelector("form[data-composer] [name=version]")?.value;
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

try {
  document.querySelector("form[data-keep]")?.addEventListener("submit", (event) => {
    keep(new URL(event.target.elements.next.value, location).pathname);
  });
  document.querySelector("form[data-composer]")?.addEventListener("submit", (event) => {
    keep(event.target.dataset.page, version());
  });
  putBack();
} catch {
  // No storage in this browser: the switch works, only without the typed text.
}
