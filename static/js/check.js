// Our forms carry `novalidate`: a browser would tell what is wrong in its own language. What can be
// told without the server is told beside the field, and the first such field gets the focus.

let problems = null;
const fine = new WeakSet(); // forms on their way once more

const load = async () => (problems ??= await import("./fields/problems.js"));
for (const begun of ["pointerdown", "keydown"]) addEventListener(begun, () => load().catch(() => {}), { once: true });

/** Without the module the server tells. */
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
