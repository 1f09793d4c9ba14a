// Our forms carry `novalidate`: a browser would tell what is wrong in its own language. What can be
// told without the server is told beside the field, and the first such field gets the focus.

import { clearError, tellError } from "./fields/errors.js";
import { problemOf } from "./fields/rules.js";

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

/** A group that stands in another tab, or a part of the form that does not count now, waits. */
const isShown = (field) => field.checkVisibility?.() ?? true;

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!form.noValidate || submitter?.formNoValidate || submitter?.name) return;
    let first = null;
    for (const field of fieldsOf(form)) {
      const text = problemOf(field);
      if (!text || !tellError(field, text)) continue;
      told.add(field);
      first ??= field;
    }
    if (!first) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    first.focus();
  },
  true,
);

/** What was told here goes as soon as it no longer holds; what the server told stays. */
function look({ target }) {
  const first = target.form && target.type === "radio" ? [...target.form.elements].find((each) => each.name === target.name) : target;
  if (!told.has(first) || problemOf(first)) return;
  told.delete(first);
  clearError(first);
}

document.addEventListener("input", look);
document.addEventListener("change", look);
