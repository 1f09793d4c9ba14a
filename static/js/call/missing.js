// What the call still needs, in the list before the goodbye: it follows what is typed, without the
// server, and is told beside its field when someone wants to end the call without it, by the keys or
// by a button (js/fields/problems.js, which leaves it to the server whether the call can be saved).

import { clearError, tellError } from "../fields/errors.js";

const list = () => document.getElementById("missing");
const links = () => [...list().querySelectorAll("a")];
const told = new Set();

const isChosen = (form, name) => Boolean(form.querySelector(`[name=${name}]:checked`));
const isWritten = (field) => Boolean(field?.value.trim());

/** By the field's id; what isn’t here, only the server can say. */
const NEEDS = {
  id_contract: (form) => !isChosen(form, "lease") && !isWritten(form.elements.why),
  id_caller_name: ({ elements }) =>
    elements.relation.value !== "customer" && !isWritten(elements.caller_name) && !isWritten(elements.contact_name),
  id_kind: (form) => !isChosen(form, "kind"),
  id_summary: (form) => !isWritten(form.elements.summary),
  id_told_how: (form) => Boolean(form.elements.told_how) && isWritten(form.elements.outcome) && !isChosen(form, "told_how"),
  id_own_address: (form) => form.elements.own_address?.checked === false,
  id_message: (form) => isWritten(form.elements.outcome) && !isWritten(form.elements.message),
};

/** A field of its own, or the first of the choices that have its id. */
function fieldOf(link) {
  const target = document.querySelector(link.hash);
  return target?.matches(".choices") ? target.querySelector("[type=radio]") : target;
}

export function followMissing(form) {
  for (const link of links()) {
    const needs = NEEDS[link.hash.slice(1)];
    if (needs) link.hidden = !needs(form);
    const field = fieldOf(link);
    if (!field) continue;
    if (!link.hidden) {
      if (needs) field.dataset.missing = link.dataset.told;
      continue;
    }
    if (told.delete(link.hash) || field.dataset.missing) clearError(field);
    delete field.dataset.missing;
  }
  const some = links().some((each) => !each.hidden);
  list().querySelector("[data-missing-some]").hidden = !some;
  list().querySelector("[data-missing-none]").hidden = some;
}

/** One of them, told and focused, whatever else is missing. */
export function tellMissing(form, id) {
  followMissing(form);
  const link = links().find((each) => each.hash === `#${id}`);
  if (tellError(fieldOf(link), link.dataset.told)) told.add(link.hash);
  fieldOf(link).focus();
}

/** The first thing that is missing, told and focused; false if nothing is. */
export function goToMissing(form) {
  followMissing(form);
  const shown = links().filter((each) => !each.hidden && fieldOf(each));
  for (const link of shown) {
    if (tellError(fieldOf(link), link.dataset.told)) told.add(link.hash);
  }
  if (shown.length) fieldOf(shown[0]).focus();
  return shown.length > 0;
}
