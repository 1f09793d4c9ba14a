// form[data-draft-url] is saved on the server while it is typed. [data-draft-state] in it says
// so: data-saved and data-unsaved hold the words.

const WAIT = 800;

for (const form of document.querySelectorAll("form[data-draft-url]")) {
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let isChanged = false;
  let isLeaving = false;
  let turn = 0;

  function say(word, failed) {
    if (!state) return;
    state.textContent = word;
    state.toggleAttribute("data-failed", failed);
  }

  function typed() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return new URLSearchParams([...data]);
  }

  async function save(keepalive = false) {
    clearTimeout(timer);
    if (!isChanged || isLeaving) return;
    isChanged = false;
    const mine = ++turn;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: typed(),
        keepalive,
        credentials: "same-origin",
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      if (mine === turn && !isChanged) say(state?.dataset.saved ?? "", false);
    } catch {
      isChanged = true;
      say(state?.dataset.unsaved ?? "", true);
      if (!keepalive) timer = setTimeout(save, 8 * WAIT);
    }
  }

  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  // The finished form is on its way: a draft arriving after it would only be in the way.
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (isLeaving = false));
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
}
