// Errors beside a field, in the same place and markup as the server’s (django/forms/field.html).

const boxOf = (field) => field.closest(".field");

/** A radio button’s or checkbox’s group, which has the id; otherwise the field. */
export function named(field) {
  const group = field.matches("[type=radio], [type=checkbox]") ? field.closest(".choices[id]") : null;
  return group ?? field;
}

const listOf = (field) => document.getElementById(`${named(field).id}_error`);

/** For `aria-describedby`, which several scripts and the server add to. */
function describe(field, id, isOn) {
  const owner = named(field) === field ? field : (boxOf(field) ?? field);
  const ids = new Set((owner.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (isOn) ids.add(id);
  else ids.delete(id);
  if (ids.size) owner.setAttribute("aria-describedby", [...ids].join(" "));
  else owner.removeAttribute("aria-describedby");
}

/** False if there’s no place for it: then the server says it. */
export function tellError(field, text) {
  const target = named(field);
  const box = boxOf(field);
  if (!box || !target.id) return false;
  let list = listOf(field);
  if (!list) {
    list = Object.assign(document.createElement("ul"), { className: "field-errors", id: `${target.id}_error` });
    const before = target.closest(".date, .uploads") ?? target;
    before.before(list);
  }
  const line = Object.assign(document.createElement("li"), { textContent: text });
  list.replaceChildren(line);
  field.setAttribute("aria-invalid", "true");
  describe(field, list.id, true);
  return true;
}

export function clearError(field) {
  const list = listOf(field);
  if (!list) return;
  list.remove();
  field.removeAttribute("aria-invalid");
  describe(field, list.id, false);
}
