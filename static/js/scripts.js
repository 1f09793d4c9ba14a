// [data-scripts]: what to write stands ready. "Insert" puts it where the caret is. "::" typed in a
// field that takes it leads to the choice, where part of a name finds one: the arrows choose, Enter
// inserts, Escape leads back. Who will read the words changes only where a reply is composed, which
// says so.

const panel = document.querySelector("[data-scripts]");
const filter = panel?.querySelector("[data-scripts-filter]");
const none = panel?.querySelector("[data-scripts-none]");
const composer = document.querySelector("form[data-composer]");
const language = composer?.querySelector("select[name=language]");
const forCustomer = composer?.querySelector("[name=visibility][value=public]");
const told = document.querySelector("[data-script-state]");
const takes = composer ? "[data-composer] textarea[name=body]" : "[data-inserts]";
let text = document.querySelector(takes);

/** Between two texts: a blank line, unless it is there; in a field of one line, a space. */
function between(before, after) {
  if (!before.trim() || !after.trim()) return "";
  if (text.type !== "textarea") return /\s$/.test(before) || /^\s/.test(after) ? "" : " ";
  const breaks = /\n*$/.exec(before)[0].length + /^\n*/.exec(after)[0].length;
  return "\n".repeat(Math.max(0, 2 - breaks));
}

function insert(button) {
  const script = button.closest("[data-language]");
  const body = script.querySelector("[lang].typed");
  const paragraphs = body.textContent.replaceAll("\u00a0", " ");
  const words = text.type === "textarea" ? paragraphs : paragraphs.trim().replaceAll(/\s+/g, " ");
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

const plain = (words) => words.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const groups = () => [...panel.querySelectorAll(".script-group")];
const named = () => groups().filter((group) => !group.hidden);

/** The one that Enter inserts is open, so that it can be read first. */
function show(chosen) {
  for (const group of groups()) group.open = group === chosen;
  chosen?.scrollIntoView({ block: "nearest" });
}

function find() {
  const asked = plain(filter.value.trim());
  for (const group of groups()) {
    const writes = group.querySelector("[data-insert]") !== null;
    group.hidden = !writes || !plain(group.querySelector("summary").textContent).includes(asked);
  }
  none.hidden = groups().length === 0 || named().length > 0; // they may still be on their way
  show(named()[0]);
}

function leave() {
  filter.value = "";
  none.hidden = true;
  for (const group of groups()) group.hidden = false;
  text.focus();
}

function press(event) {
  const found = named();
  const place = found.findIndex((group) => group.open);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) show(found.at((place + step + found.length) % found.length));
  else if (event.key === "Enter") {
    const buttons = [...(found[place]?.querySelectorAll("[data-insert]") ?? [])];
    const button = buttons.find((each) => each.checkVisibility());
    if (button) {
      insert(button);
      leave();
      if (text.selectionStart === text.selectionEnd) text.scrollIntoView({ block: "nearest" });
    }
  } else return;
  event.preventDefault();
}

/** From "::" before the caret to the choice. */
function leadTo() {
  if (document.activeElement.matches(takes)) text = document.activeElement;
  const end = text.selectionEnd;
  if (text.value.slice(end - 2, end) !== "::") return;
  text.setRangeText("", end - 2, end, "end");
  panel.open = true;
  filter.focus();
  find();
}

/** Also of what came later. */
function arm() {
  for (const each of panel.querySelectorAll("[data-insert], [data-scripts-key], [data-scripts-find]")) {
    each.hidden = false;
  }
}

if (panel && text) {
  arm();
  panel.addEventListener("htmx:load", () => {
    arm();
    if (document.activeElement === filter) find();
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
  filter.addEventListener("input", find);
  filter.addEventListener("keydown", press);
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(takes)) text = target;
  });
  document.addEventListener("input", (event) => {
    if (!event.isComposing && event.data === ":" && event.target.matches(takes)) leadTo();
  });
  if (document.activeElement.matches(takes)) leadTo(); // typed before this was there
}
