// What’s wrong with a form, told beside its fields; loaded when someone begins to use one (check.js).

import { clearError, tellError } from "./errors.js";
import { problemOf } from "./rules.js";

const FIELDS = "input:not([type=hidden]), select, textarea";
const told = new WeakSet();

function fieldsOf(form) {
  const names = new Set();
  return [...form.elements].filter((field) => {
    if (!field.matches(FIELDS) || field.disabled || !isShown(field)) return false;
    const isAgain = field.type === "radio" && names.has(field.name);
    names.add(field.name);
    return !isAgain;
  });
}

/** Fields in another tab, or in a part of the form that doesn’t apply now, aren’t checked. */
const isShown = (field) => field.checkVisibility?.() ?? true;

/** True if something is wrong; the first such field gets the focus. What a script has found missing
 *  (`data-missing`) is told with it, but alone it’s left to the server, which may know better.
 */
export function tellProblems(form) {
  const fields = fieldsOf(form);
  if (!fields.some(problemOf)) return false;
  let first = null;
  for (const field of fields) {
    const text = problemOf(field) || field.dataset.missing;
    if (!text || !tellError(field, text)) continue;
    told.add(field);
    first ??= field;
  }
  first?.focus();
  return first !== null;
}

/** An error shown here goes away as soon as it’s fixed; one from the server stays. */
function look({ target }) {
  const first = target.form && target.type === "radio" ? [...target.form.elements].find((each) => each.name === target.name) : target;
  if (!told.has(first) || problemOf(first)) return;
  told.delete(first);
  clearError(first);
}

document.addEventListener("input", look);
document.addEventListener("change", look);
