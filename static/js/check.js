// Our forms have `novalidate`: a browser would say what’s wrong in its own language. What the page can
// check without the server is said beside the field, and the first such field gets the focus.

let problems = null;
const fine = new WeakSet(); // checked forms that are submitted again

const load = async () => (problems ??= await import("./fields/problems.js"));
for (const begun of ["pointerdown", "keydown"]) addEventListener(begun, () => load().catch(() => {}), { once: true });

/** If the module can’t be loaded, the server checks. */
async function looked(form, submitter) {
  const found = await load().catch(() => null);
  if (found?.tellProblems(form)) return;
  fine.add(form);
  form.requestSubmit(submitter);
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter } = event;
    if (!form.noValidate || submitter?.formNoValidate || submitter?.name) return;
    if (fine.delete(form) || (problems && !problems.tellProblems(form))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!problems) looked(form, submitter);
  },
  true,
);
