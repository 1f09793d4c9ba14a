// A composer shows who will read it. In form[data-composer]:
//   [name=visibility], [name=status]   the choice (radio, select or one checkbox)
//   data-visibility on the form        follows the choice; the look follows it (case.css)
//   [data-for-visibility="public"]     shown only then; several values with spaces between
//   [data-for-status="resolved closed"]
//   [data-words-public], [data-words-internal]   an element whose words follow the choice
// The server renders the first state, so everything reads rightly without this file.

function chosen(form, name) {
  const field = form.elements.namedItem(name);
  if (!field) return null;
  if (field.type === "checkbox") return field.checked ? field.value : "";
  return field.value;
}

function follow(form) {
  const visibility = chosen(form, "visibility") ?? form.dataset.visibility;
  const status = chosen(form, "status");
  if (visibility) form.dataset.visibility = visibility;
  for (const [name, value] of [["visibility", visibility], ["status", status]]) {
    if (value === null || value === undefined) continue;
    for (const part of form.querySelectorAll(`[data-for-${name}]`)) {
      part.hidden = !part.getAttribute(`data-for-${name}`).split(" ").includes(value);
    }
  }
  for (const part of form.querySelectorAll("[data-words-public]")) {
    const words = part.getAttribute(`data-words-${visibility}`);
    if (words && part.textContent !== words) part.textContent = words;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("form[data-composer]")) follow(form);
});
document.addEventListener("htmx:afterSwap", () => document.querySelectorAll("form[data-composer]").forEach(follow));
document.querySelectorAll("form[data-composer]").forEach(follow);
