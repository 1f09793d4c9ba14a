// After a reason that isn’t in view without looking for it: the hand goes to the first of its questions,
// which come a moment later and above the words; or to the words, if it asks nothing or someone writes.

const answers = () => document.getElementById("answers");
const isWaiting = () => answers().getAttribute("aria-busy") === "true"; // static/js/call/stale.js

let waiting = null;

function firstQuestion() {
  const fields = [...answers().querySelectorAll(".answers:not(#words-kept) :is(input:not([type=hidden]), select, textarea)")];
  return fields.find((each) => each.checked) ?? fields[0];
}

/** Both parts have moved since the hand went there. */
function land(words, begun) {
  if (document.activeElement !== words) return;
  const question = words.value === begun ? firstQuestion() : null;
  question?.focus({ preventScroll: true });
  (question ? answers() : words.closest(".field")).scrollIntoView({ block: "nearest" });
}

export function goToQuestions(form) {
  const words = form.elements.summary;
  const begun = words.value;
  words.focus();
  waiting?.disconnect();
  if (!isWaiting()) return land(words, begun);
  waiting = new MutationObserver(() => {
    if (isWaiting()) return;
    waiting.disconnect();
    land(words, begun);
  });
  waiting.observe(answers(), { attributeFilter: ["aria-busy"] });
}
