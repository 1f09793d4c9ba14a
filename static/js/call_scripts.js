// Opens the script that fits what the call turns out to be about; the opening stays open.

const kind = document.querySelector("form[data-draft-url] [name=kind]");

kind?.addEventListener("change", () => {
  for (const group of document.querySelectorAll("#call-scripts [data-kinds]")) {
    const fits = group.dataset.kinds.split(" ").includes(kind.value);
    group.open = fits || group.dataset.situation === "opening";
  }
});

// A language that someone chose stays, even if another lease is chosen after it.
kind?.form.addEventListener("change", ({ target }) => {
  if (target.name === "language") kind.form.elements.suggested_language.value = "";
});
// Nor does an answer that was on its way when they chose it.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const isTheirs = !kind?.form.elements.suggested_language.value;
  if (event.detail.target.id === "call-language" && isTheirs) event.preventDefault();
});
