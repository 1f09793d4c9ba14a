// The line below a form that says what became of its words.

const words = document.getElementById("keep-words")?.dataset ?? {};
const FAILED = new Set(["offline", "unsaved", "over", "finished"]);

/** Where the page has a place for it, else below the field, which it follows. */
function line(form, field) {
  const row = field?.closest(".field, td, .form-row") ?? form; // the last two of the administration
  let found = form.querySelector("[data-draft-state]");
  if (!found) {
    found = document.createElement("p");
    found.className = "draft-state";
    found.dataset.draftState = "follows";
    found.setAttribute("role", "status");
  }
  if (found.dataset.draftState === "follows" && found.parentElement !== row) row.append(found);
  return found;
}

/** `what` is the name of our words, or words of the server. */
export function tell(form, field, what, ...more) {
  const place = line(form, field);
  place.toggleAttribute("data-failed", FAILED.has(what) || !(what in words));
  const text = words[what] ?? what;
  if (place.firstChild?.textContent === text && !more.length && place.childNodes.length === 1) return;
  const said = document.createElement("span");
  said.textContent = text;
  place.replaceChildren(said, ...more);
}

export function untell(form) {
  form.querySelector("[data-draft-state]")?.replaceChildren();
}

/** Both texts of a call, written in two windows; false once there is only one. */
export function bothTexts(html) {
  const place = document.getElementById("both-texts");
  if (place) place.innerHTML = html ?? "";
  return Boolean(place && html);
}

/** What happened, in a line, where the server says it. */
bothTexts.said = () => document.querySelector("#both-texts [data-said]")?.dataset.said ?? "both";

bothTexts.areThere = () => document.querySelector("#both-texts .both-texts") !== null;

bothTexts.show = () => {
  const place = document.getElementById("both-texts");
  place.scrollIntoView({ block: "start" });
  place.focus();
};

/** `what` is the name of our words on it. */
export function button(what, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link-button";
  made.textContent = words[what] ?? "";
  made.addEventListener("click", press);
  return made;
}

/** Back to this very page after signing in. */
export function signInLink() {
  const link = document.createElement("a");
  link.href = `${words.signIn}?${new URLSearchParams({ ended: "over", next: location.pathname + location.search })}`;
  link.dataset.signInAgain = "";
  link.setAttribute("aria-keyshortcuts", "Alt+r");
  const key = Object.assign(document.createElement("kbd"), { className: "wide-only", textContent: "Alt r" });
  key.setAttribute("aria-hidden", "true");
  link.append(words.signInWords ?? "", " ", key);
  return link;
}
