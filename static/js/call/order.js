// Answers overtake each other on a busy server: what an earlier question brings never takes the place
// of what a later one has brought. Its other parts still come.

const asked = new WeakMap(); // which question it was, by its request
const newest = new Map(); // the latest that each part shows, by its id
let questions = 0;
let answered = 0;

function isOlder({ id }) {
  if (newest.get(id) > answered) return true;
  if (id) newest.set(id, answered);
  return false;
}

export function followOrder() {
  document.addEventListener("htmx:beforeSend", ({ detail }) => asked.set(detail.xhr, ++questions));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    answered = asked.get(detail.xhr);
    if (detail.shouldSwap && isOlder(detail.target)) detail.swapOverride = "none"; // its other parts find their own places
  });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (isOlder(event.detail.target)) event.preventDefault();
  });
}
