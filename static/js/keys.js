// "/" and Ctrl/⌘-K: the call bar. "c": log a call. "?": the keys. A button can name its own. Single keys never while typing,
// and they can be switched off (speech input presses letters by itself).

const OFF = "puente:keys-off";
const bar = document.getElementById("call-bar");
const dialog = document.getElementById("keys");
const toggle = document.querySelector("[data-keys-switch]");

export function areOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function isTyping(target) {
  const pressed = "[type=checkbox], [type=radio], [type=button], [type=submit]";
  return target.isContentEditable || target.matches?.(`input:not(${pressed}), textarea, select`);
}

function focusBar(event) {
  event.preventDefault();
  dialog?.close();
  bar?.focus();
  bar?.select();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return focusBar(event);
  if (event.ctrlKey || event.metaKey || isTyping(event.target) || areOff()) return;
  if (event.key === "/") return focusBar(event);
  if (event.key === "?") return dialog?.open || dialog?.showModal();
  const named = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (named) return named.click();
  if (event.key === "c") document.querySelector("form[data-log-call]")?.requestSubmit();
});

for (const opener of document.querySelectorAll("[data-open-keys]")) opener.hidden = false;
document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-open-keys]")) dialog?.showModal();
});

if (toggle) {
  toggle.checked = !areOff();
  toggle.addEventListener("change", () => {
    try {
      if (toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    } catch {
      toggle.checked = true;
    }
  });
}
