// A text that comes near its limit says how much is left, and one over it how much too much.
// The browser cuts nothing: what was pasted stays whole, and the server refuses it with the count.

const NEAR = 0.9;
const words = document.getElementById("keep-words")?.dataset ?? {};
const language = document.documentElement.lang === "es" ? "es-US" : "en-US";
const lines = new WeakMap();

function lineOf(field) {
  if (!lines.has(field)) {
    const line = Object.assign(document.createElement("p"), { className: "count", id: `${field.id}_count` });
    line.setAttribute("role", "status");
    field.after(line);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
    lines.set(field, line);
  }
  return lines.get(field);
}

function count(field) {
  const limit = Number(field.dataset.limit);
  const length = [...field.value].length; // as the server counts: characters, not units of UTF-16
  if (length < limit * NEAR && !lines.has(field)) return;
  const line = lineOf(field);
  const over = length > limit;
  line.toggleAttribute("data-over", over);
  if (length < limit * NEAR) line.textContent = "";
  else {
    const number = Math.abs(limit - length).toLocaleString(language);
    line.textContent = (over ? words.countOver : words.countLeft).replace("{number}", number);
  }
}

const COUNTED = "textarea[data-limit], input[data-limit]:not([type=password])";

document.addEventListener("input", ({ target }) => {
  if (target.matches?.(COUNTED)) count(target);
});
for (const field of document.querySelectorAll(COUNTED)) count(field);
