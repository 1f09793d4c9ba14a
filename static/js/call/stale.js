// Once another lease, relation or reason is chosen, what belonged to the former one is out of date:
// it’s dimmed and says so until the new parts have come, and a save waits for them. What was read
// aloud or saved meanwhile could be someone else’s.

const OF_THE_RELATION = ["call-scripts", "heed", "consequences", "confirmation"];
const OF_THE_REASON = [...OF_THE_RELATION, "same-cases", "charges", "answers", "checklist", "outcome"];
const OF_THE_LEASE = [...OF_THE_REASON, "begun", "about-lease", "glance"];
const PARTS = { relation: OF_THE_RELATION, kind: OF_THE_REASON, lease: OF_THE_LEASE, find: OF_THE_LEASE, ask_all: OF_THE_REASON };

let pressed = null; // the button of a save that waits

const isStale = (part) => part?.getAttribute("aria-busy") === "true";

function mark(form, name) {
  for (const id of PARTS[name]) {
    const part = document.getElementById(id);
    part.setAttribute("aria-busy", "true");
    part.dataset.stale = form.dataset.loading;
  }
  document.getElementById("stale").textContent = form.dataset.loading;
}

function unmark() {
  for (const id of OF_THE_LEASE) {
    const part = document.getElementById(id);
    part.removeAttribute("aria-busy");
    delete part.dataset.stale;
  }
  document.getElementById("stale").textContent = "";
}

/** They stay dim: what they say is still about the former. */
function tellLost(form) {
  for (const part of form.querySelectorAll("[data-stale]")) part.dataset.stale = form.dataset.lost;
  document.getElementById("stale").textContent = form.dataset.lost;
}

/** A button that saves, or one of a part that is about to be another. */
function mustWait(button) {
  return button.matches("[data-save], [data-save-silent]") || isStale(button.closest(".part"));
}

function goOn() {
  const button = pressed;
  pressed = null;
  button?.removeAttribute("aria-busy");
  if (button?.isConnected) button.click();
}

export function followStale(form) {
  const requests = new Set();
  const nameOf = ({ elt, requestConfig }) => {
    if (elt.id === "confirmation") return ""; // renewed after each change; all of them have it already
    const name = requestConfig?.triggeringEvent?.target?.name ?? elt.name;
    return name in PARTS && form.contains(elt) ? name : "";
  };
  form.addEventListener("htmx:beforeSend", ({ detail }) => {
    const name = nameOf(detail);
    if (!name) return;
    requests.add(detail.xhr);
    mark(form, name);
  });
  form.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!requests.delete(detail.xhr)) return;
    // One that another takes the place of ends before the other begins.
    setTimeout(() => {
      if (requests.size) return;
      if (detail.successful) unmark();
      else tellLost(form);
      goOn();
    });
  });
  form.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (!button || !requests.size || !mustWait(button)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pressed = button;
      button.setAttribute("aria-busy", "true");
    },
    true,
  );
}
