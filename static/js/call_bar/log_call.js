/** As the header's button does, with this lease selected. */
export function logCallWith(account) {
  const form = document.querySelector("form[data-log-call]");
  if (!form) return;
  const lease = Object.assign(document.createElement("input"), { type: "hidden", name: "lease" });
  lease.value = account;
  form.append(lease);
  form.requestSubmit();
}
