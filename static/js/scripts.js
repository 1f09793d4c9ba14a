// [data-scripts]: what to write stands ready. "Insert" puts it into the composer where the caret
// is; "::" typed there leads to the choice, Escape leads back.

const panel = document.querySelector("[data-scripts]");
const composer = document.querySelector("form[data-composer]");
const text = composer?.querySelector("textarea[name=body]");
const language = composer?.querySelector("select[name=language]");

function insert(button) {
  const script = button.closest("[data-language]");
  const words = script.querySelector("[lang].typed").textContent;
  text.focus();
  // Deprecated, and all that can be undone with Ctrl-Z; elsewhere the words are just put in.
  if (!document.execCommand?.("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (language) language.value = script.dataset.language;
  text.scrollIntoView({ block: "nearest" });
}

function choose() {
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
    choose();
  });
}
