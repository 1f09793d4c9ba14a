// What someone typed into a form: the fields that differ from what the page came with, by name.
// Never a file, a password, a code or a card.

const UNTYPED = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);
const WORDLESS = new Set(["checkbox", "radio", "date", "time", "color", "range", "select-one", "select-multiple"]);
export const SECRET = /pass|code|token|secret|card|cvv|cvc|ssn|routing|csrf/i;
const SECRET_AUTOCOMPLETE = /one-time-code|password|^cc-/;

/** Beside the names of fields: the language in which dates were typed. */
const TYPED_IN = "typed-in";
const page = document.documentElement;

export const isTicked = (field) => field.type === "checkbox" || field.type === "radio";

export function typedFields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      field.matches("input, textarea, select") &&
      !UNTYPED.has(field.type) &&
      !SECRET.test(field.name) &&
      !field.closest("[data-uploads]") &&
      !SECRET_AUTOCOMPLETE.test(field.autocomplete ?? ""),
  );
}

export const wordFields = (form) =>
  typedFields(form).filter((field) => !WORDLESS.has(field.type) && !field.matches("[data-date]"));

function byName(fields) {
  const names = new Map();
  for (const field of fields) names.set(field.name, [...(names.get(field.name) ?? []), field]);
  return names;
}

function held(fields, value, checked) {
  const ticked = fields.filter((field) => !isTicked(field) || checked(field));
  return ticked.map((field) => (isTicked(field) ? field.value : value(field)));
}

/** A date that was read is kept as that day: in another language its text may be another day’s. */
function valueOf(field) {
  const { iso, read } = field.closest("[data-dates]")?.dataset ?? {};
  return iso && read === field.value && field.value !== field.defaultValue ? iso : field.value;
}

const now = (fields) => held(fields, valueOf, (field) => field.checked);
const asItCame = (fields) => held(fields, defaultOf, (field) => field.defaultChecked);

function defaultOf(field) {
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}

const same = (some, others) => JSON.stringify(some) === JSON.stringify(others);

/** Name → what its fields hold, where that is not what the page came with. */
export function changes(form) {
  const found = {};
  for (const [name, fields] of byName(typedFields(form))) {
    const values = now(fields);
    if (same(values, asItCame(fields))) continue;
    found[name] = values;
    if (fields[0].matches("[data-date]")) found[TYPED_IN] = [page.lang];
  }
  return found;
}

/** True if words are among them, not only choices. */
export function hasWords(form, values) {
  return wordFields(form).some((field) => values[field.name]?.some((value) => value.trim()));
}

/** Put values back. Others listen too: the look of the composer, the count below a text. */
export function fill(form, values) {
  form.dispatchEvent(new CustomEvent("filling", { bubbles: true, detail: Object.keys(values) }));
  const filled = [];
  const typedIn = values[TYPED_IN]?.[0] ?? page.lang;
  for (const [name, fields] of byName(typedFields(form))) {
    const wanted = values[name];
    if (!Array.isArray(wanted)) continue;
    fields.forEach((field, place) => {
      if (isTicked(field)) put(field, "checked", wanted.includes(field.value), filled);
      else if (wanted[place] !== undefined) put(field, "value", words(form, field, wanted[place]), filled);
      if (field.matches("[data-date]") && typedIn !== page.lang) field.dataset.typedIn = typedIn;
    });
  }
  for (const field of filled) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }
  return filled.length > 0;
}

function put(field, property, value, filled) {
  if (field[property] === value) return;
  if (field.options && ![...field.options].some((option) => option.value === value)) return;
  field[property] = value;
  filled.push(field);
}

/** Add words below what stands in the same fields, unless they are there. */
export function addTo(form, values) {
  for (const field of wordFields(form)) {
    const added = values[field.name]?.[0]?.trim();
    if (!added || field.value.includes(added)) continue;
    const between = field.type === "textarea" ? "\n\n" : " ";
    field.value = field.value.trim() ? field.value + between + added : added;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** A page may come with words of its own for a reply: they follow what was being written. */
function words(form, field, kept) {
  const own = form.matches("[data-composer]") && field.type === "textarea" ? field.defaultValue : "";
  return own.trim() && !kept.includes(own) ? `${kept}\n\n${own}` : kept;
}
