// [data-date]: a date is typed as people write it. The server reads it, as it will read the form,
// and says in words which day that is, or what is wrong. Beside it, a calendar in the page's language.

const calendar = () => import("./dates/calendar.js"); // loaded only when someone opens it
const errors = () => import("./fields/errors.js");

const WAIT = 350;
const timers = new WeakMap();

const placeOf = (field) => field.closest("[data-dates]");
const wordsOf = (field) => document.getElementById(`${field.id}_words`);

async function ask(field, text) {
  const { dates, toward } = placeOf(field).dataset;
  const asked = new URLSearchParams({ text, typed_in: field.dataset.typedIn ?? "", toward });
  const answer = await fetch(`${dates}?${asked}`, {
    headers: { "X-Requested-With": "fetch" },
    redirect: "error",
  });
  if (!answer.ok && answer.status !== 422) throw new Error(answer.statusText);
  return answer.json();
}

/** While someone types, only the words follow; what’s wrong is said once they leave the field. */
async function read(field, { isLeft }) {
  clearTimeout(timers.get(field));
  const text = field.value.trim();
  const place = placeOf(field);
  if (!text) return show(place, field, { iso: "", words: "" });
  let found;
  try {
    found = await ask(field, text);
  } catch {
    return; // the form will tell
  }
  if (field.value.trim() !== text) return; // typed on meanwhile
  if (found.error) {
    // Unclear in the language it was typed in: no other language is to make a date of it.
    if (field.dataset.typedIn && !text.endsWith("?")) field.value = `${text} ?`;
    show(place, field, { iso: "", words: "" }, !isLeft);
    field.dataset.wrong = found.error;
    if (isLeft) (await errors()).tellError(field, found.error);
  } else {
    show(place, field, found);
    if (isLeft || field.dataset.typedIn) field.value = found.short;
    placeOf(field).dataset.read = field.value;
  }
}

function show(place, field, { iso, words }, isUnsure = false) {
  place.dataset.iso = iso;
  wordsOf(field).textContent = words;
  delete field.dataset.wrong;
  if (!isUnsure && field.hasAttribute("aria-invalid")) errors().then(({ clearError }) => clearError(field));
}

async function choose(field) {
  const { openCalendar } = await calendar();
  const { iso, first, today, before, after, close } = placeOf(field).dataset;
  const label = field.labels[0]?.firstChild?.textContent.trim() ?? "";
  openCalendar({ label, iso, first, today, words: { before, after, close } }, (day) => {
    field.value = day;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.addEventListener("input", (event) => {
  const { target } = event;
  if (!target.matches?.("[data-date]")) return;
  delete target.dataset.wrong; // it was about other words
  if (event.isTrusted) delete target.dataset.typedIn;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => read(target, { isLeft: false }), WAIT));
});
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-date]")) read(target, { isLeft: true });
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-open-calendar]");
  if (button) choose(placeOf(button).querySelector("[data-date]"));
});

function arm(part) {
  for (const button of part.querySelectorAll("[data-open-calendar]")) button.hidden = false;
}
arm(document);
// What was put back before this ran (keep.js) is read, too, in the language in which it was typed.
for (const field of document.querySelectorAll("[data-date]")) {
  if (field.value !== field.defaultValue) read(field, { isLeft: true });
}
document.addEventListener("htmx:load", ({ target }) => arm(target));
