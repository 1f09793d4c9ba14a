// The browser's own file button is in the browser's language. This one replaces it, with the same
// label, help and errors.

export function ownButton(input, text) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "button", id: input.id });
  button.textContent = text;
  const label = input.labels?.[0];
  if (label) {
    label.id ||= `${input.id}_label`;
    button.setAttribute("aria-labelledby", `${label.id} ${input.id}`);
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    const value = input.getAttribute(name);
    if (value) button.setAttribute(name, value);
  }
  input.removeAttribute("id");
  input.hidden = true;
  button.addEventListener("click", () => input.click());
  return button;
}
