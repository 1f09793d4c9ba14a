// The call bar answers while someone types. Loaded when it's first used; without it, Enter searches.

const bar = document.querySelector(".call-bar[data-suggest]");

async function begin() {
  let isEntered = false; // by someone who types faster than this loads: it means the same
  const hold = (event) => {
    isEntered = event.key === "Enter" && event.target.name === "q" && !event.isComposing;
    if (isEntered) event.preventDefault();
  };
  bar.addEventListener("keydown", hold);
  const { Suggestions } = await import("./call_bar/suggestions.js").catch(() => ({}));
  bar.removeEventListener("keydown", hold);
  if (Suggestions) return new Suggestions(bar).begin(isEntered);
  bar.addEventListener("focusin", begin, { once: true });
  if (isEntered) bar.querySelector("form").requestSubmit();
}

if (bar?.contains(document.activeElement)) begin();
else bar?.addEventListener("focusin", begin, { once: true });
