// The page of a call. How long it has lasted is counted here; without scripts, the time it began
// stands there.

const timer = document.querySelector("[data-timer]");
const shown = timer?.querySelector("[data-elapsed]");
const began = Date.parse(timer?.dataset.timer);
const DAY = 24 * 60 * 60;

/** Numbers of a call left lying are days old: then the hour it began says more. */
function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - began) / 1000));
  if (seconds >= DAY) return;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const told = parts[0] ? parts : parts.slice(1);
  shown.textContent = told.map((part) => String(part).padStart(2, "0")).join(":");
  setTimeout(tick, 1000 - (Date.now() % 1000));
}

if (shown && began) tick();

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
