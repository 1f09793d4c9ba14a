// The call bar answers while someone types. Loaded when it's first used; without it, Enter searches.

const bar = document.querySelector(".call-bar[data-suggest]");

async function begin() {
  const { Suggestions } = await import("./call_bar/suggestions.js").catch(() => ({}));
  if (Suggestions) new Suggestions(bar).begin();
  else bar.addEventListener("focusin", begin, { once: true });
}

if (bar?.contains(document.activeElement)) begin();
else bar?.addEventListener("focusin", begin, { once: true });
