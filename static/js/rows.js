// The queue by keys: j and k go to the next and the last row, x selects it, Enter opens it. The first
// box of the list selects all of this page.

import { areQuiet } from "./keys.js";

const list = document.querySelector("table.rows");
const rows = [...list.querySelectorAll("tr.row")];
const boxes = () => [...list.querySelectorAll(".d-mark input[name=case]")];
const link = (row) => row.querySelector(".d-number a");

function step(by) {
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const to = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (!to) return;
  link(to).focus();
  to.scrollIntoView({ block: "nearest" });
}

function select(row) {
  const box = row?.querySelector("[name=case]");
  if (box?.checkVisibility()) box.click(); // a narrow page has no room for what is done with several
}

function isTyping(target) {
  return target.matches?.("input:not([type=checkbox]), textarea, select");
}

const does = {
  j: () => step(1),
  k: () => step(-1),
  x: () => select(rows.find((row) => row.contains(document.activeElement))),
};

document.addEventListener("keydown", (event) => {
  const { key, isComposing, altKey, ctrlKey, metaKey, target } = event;
  if (!Object.hasOwn(does, key) || isComposing || altKey || ctrlKey || metaKey) return;
  if (isTyping(target) || areQuiet() || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  does[key]();
});

const head = list.querySelector("[data-mark-all]");
if (head) {
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  all.setAttribute("aria-label", head.dataset.markAll);
  const show = () => {
    const marked = boxes().filter((each) => each.checked).length;
    all.checked = marked === boxes().length;
    all.indeterminate = marked > 0 && !all.checked;
  };
  all.addEventListener("change", () => boxes().forEach((each) => (each.checked = all.checked)));
  list.addEventListener("change", show);
  head.replaceChildren(all);
  show();
}
