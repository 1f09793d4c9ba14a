// [data-write]: begins a note, a reply or a new status at the foot of a case without loading it
// anew. Words that are there already keep their readers. Escape closes what is still empty.

const composer = document.querySelector("form[data-composer]");
const body = composer?.querySelector("[name=body]");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-write]");
  if (!body || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const readers = link.dataset.write;
  if (readers && !body.value) composer.querySelector(`[name=visibility][value=${readers}]`).click();
  body.focus(); // it opens, so that all of it can be reached
  document.getElementById(link.hash.slice(1))?.focus();
});

composer?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || event.defaultPrevented || body.value) return;
  composer.querySelector("[name=visibility][value=internal]").click();
  document.activeElement.blur();
});
