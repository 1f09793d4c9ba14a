// The reasons that aren’t in view open with a field: whoever knows a name types its beginning, and
// Tab or an arrow goes on to the reasons themselves, which one group of choices would have skipped.

import { goToQuestions } from "./questions.js";

/** As people type it: no accents, no capitals, no brackets. */
const plain = (text) => text.normalize("NFD").replace(/[\p{M}()]/gu, "").toLowerCase().trim();

const begins = (name, typed) => plain(name).split(/\s+/).some((_, at, words) => words.slice(at).join(" ").startsWith(typed));

export function followReasons(form) {
  const box = document.getElementById("find-reason");
  const field = box?.querySelector("input");
  if (!field) return;
  const none = box.querySelector("[data-none]");
  const chips = [...form.querySelectorAll("#id_kind .chip")];
  const shown = () => chips.filter((chip) => !chip.hidden);
  const radio = (chip) => chip?.querySelector("input");

  function filter() {
    const typed = plain(field.value);
    for (const chip of chips) chip.hidden = !begins(chip.textContent, typed);
    none.hidden = shown().length > 0;
  }

  function showAll() {
    if (!field.value) return;
    field.value = "";
    filter();
  }

  function take(chip) {
    showAll();
    radio(chip).click();
    goToQuestions(form);
  }

  box.hidden = false;
  if (field.value) filter(); // typed before this came
  box.addEventListener("input", filter);
  box.addEventListener("change", (event) => event.stopPropagation()); // it chooses nothing
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOn = event.key === "ArrowDown" || (event.key === "Tab" && !event.shiftKey);
    const others = shown().filter((chip) => chip.closest("details") || field.value);
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (field.value.trim() && others.length) take(others[0]);
    } else if (event.key === "Escape" && field.value) {
      event.preventDefault();
      showAll();
    } else if (isOn && others.length) {
      event.preventDefault();
      radio(others[0]).focus();
    }
  });
  const details = box.closest("details");
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "kind" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // among the reasons in view, it goes on to the words (static/js/call.js)
    if (!event.target.checked) event.target.click();
    goToQuestions(form);
  });
  function follow() {
    if (details.open && document.activeElement?.parentElement === details) field.focus();
    if (!details.open) showAll();
  }
  details.addEventListener("toggle", follow);
  follow();
  // None stays out of view once the hand has gone on.
  document.getElementById("id_kind").addEventListener("focusout", ({ currentTarget, relatedTarget }) => {
    if (!currentTarget.contains(relatedTarget)) showAll();
  });
}
