// The line below a form that says what became of its words.

const words = document.getElementById("keep-words")?.dataset ?? {};

function line(form) {
  let found = form.querySelector("[data-draft-state]");
  if (!found) {
    found = document.createElement("p");
    found.className = "draft-state";
    found.dataset.draftState = "";
    found.setAttribute("role", "status");
    form.append(found);
  }
  return found;
}

export function tell(form, what, ...more) {
  const place = line(form);
  place.toggleAttribute("data-failed", what === "unsaved" || what === "over");
  const text = words[what] ?? "";
  if (place.firstChild?.textContent === text && !more.length && place.childNodes.length === 1) return;
  const said = document.createElement("span");
  said.textContent = text;
  place.replaceChildren(said, ...more);
}

export function untell(form) {
  form.querySelector("[data-draft-state]")?.replaceChildren();
}

export function discardButton(discard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = words.discard ?? "";
  button.addEventListener("click", discard);
  return button;
}

/** Back to this very page after signing in. */
export function signInLink() {
  const link = document.createElement("a");
  link.href = `${words.signIn}?${new URLSearchParams({ next: location.pathname + location.search })}`;
  link.textContent = words.signInWords ?? "";
  return link;
}
