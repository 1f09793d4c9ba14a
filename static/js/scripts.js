// [data-scripts]: what to write stands ready. "Insert" puts it into the composer where the caret
// is, as paragraphs of its own and for the customer; "::" typed there leads to the choice, Escape
// leads back.

const panel = document.querySelector("[data-scripts]");
const composer = document.querySelector("form[data-composer]");
const text = composer?.querySelector("textarea[name=body]");
const language = composer?.querySelector("select[name=language]");
const forCustomer = composer?.querySelector("[name=visibility][value=public]");
const told = composer?.querySelector("[data-script-state]");

/** Between two texts: a blank line, unless it is there. */
function between(before, after) {
  if (!before.trim() || !after.trim()) return "";
  const breaks = /\n*$/.exec(before)[0].length + /^\n*/.exec(after)[0].length;
  return "\n".repeat(Math.max(0, 2 - breaks));
}

function insert(button) {
  const script = button.closest("[data-language]");
  const body = script.querySelector("[lang].typed");
  const words = body.textContent.replaceAll("\u00a0", " ");
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const whole = between(before, words) + words + between(words, after);
  if (language) choose(language, script.dataset.language);
  if (forCustomer && !forCustomer.checked) forCustomer.click();
  text.focus();
  // Deprecated, and all that can be undone with Ctrl-Z; elsewhere the words are just put in.
  if (!document.execCommand?.("insertText", false, whole)) {
    text.setRangeText(whole, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const left = [...new Set([...body.querySelectorAll("mark")].map((mark) => mark.textContent))];
  if (left.length) select(left[0], before.length);
  tell(left);
  text.scrollIntoView({ block: "nearest" });
}

function choose(field, value) {
  if (field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Selects what no one knows yet, ready to be typed over. */
function select(gap, from) {
  const at = text.value.indexOf(gap, from);
  if (at >= 0) text.setSelectionRange(at, at + gap.length);
}

function tell(left) {
  if (!told) return;
  const open = left.length ? ` ${told.dataset.left} ${left.join(", ")}` : "";
  told.textContent = `${told.dataset.words}${open}`;
}

function leadToChoice() {
  panel.open = true;
  const buttons = [...panel.querySelectorAll("[data-insert]")];
  const first = buttons.find((button) => button.checkVisibility());
  (first ?? panel.querySelector("summary")).focus();
}

if (panel && text) {
  for (const each of panel.querySelectorAll("[data-insert], [data-scripts-key]")) {
    each.hidden = false;
  }
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") text.focus();
  });
  text.addEventListener("input", (event) => {
    const end = text.selectionEnd;
    if (event.isComposing || event.data !== ":" || text.value.slice(end - 2, end) !== "::") return;
    text.setRangeText("", end - 2, end, "end");
    leadToChoice();
  });
}
