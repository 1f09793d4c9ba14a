// What the page can say about a field before the server does, in the words that came with it
// (common/bound_fields.py). Never stricter than the server, which checks everything again.

const AMOUNT = /^[-−]?\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/;
const COMMA_CENTS = /^[-−]?\$?\d+,\d{2}$/;
const WHOLE = /^[-+]?\d+(\.0*)?$/;
const ANY = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const language = document.documentElement.lang === "es" ? "es-US" : "en-US";

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function isEmpty(field) {
  if (isChoice(field)) {
    const group = [...field.form.elements].filter((each) => each.name === field.name);
    return !group.some((each) => each.checked);
  }
  return field.type === "password" ? !field.value : !field.value.trim();
}

function numberProblem(value, told) {
  if (!(told.number === "whole" ? WHOLE : ANY).test(value)) return told.invalid;
  if (told.least !== undefined && Number(value) < Number(told.least)) return told.few;
  if (told.most !== undefined && Number(value) > Number(told.most)) return told.many;
  return "";
}

function amountProblem(value, told) {
  const text = value.replaceAll(/\s/g, "");
  if (COMMA_CENTS.test(text)) return "";
  const found = AMOUNT.exec(text);
  if (!found) return told.amount;
  return (found[3] ?? "").length > ".00".length ? told.cents : "";
}

/** Empty if nothing is wrong. */
export function problemOf(field) {
  const told = field.dataset;
  if (isEmpty(field)) return told.required ?? "";
  if (isChoice(field)) return "";
  const value = field.value.trim();
  if (told.wrong) return told.wrong; // a date that the server has read (dates.js)
  if (told.number) return numberProblem(value, told);
  if (told.email && !EMAIL.test(value)) return told.email;
  if (told.amount) return amountProblem(value, told);
  const length = [...field.value.replaceAll("\r\n", "\n")].length;
  if (told.long && length > Number(told.limit)) {
    return told.long.replace("{count}", length.toLocaleString(language));
  }
  return "";
}
