// Rows that were added to a form of the administration and not saved: a draft that comes back needs
// them again (typed/fields.js).

const group = (name) => document.getElementById(`${name.replace(/-\d+-\w+$/, "")}-group`);

document.addEventListener("filling", ({ target, detail }) => {
  for (const name of detail) {
    const add = group(name)?.querySelector(".add-row a");
    let rows = -1; // a group that takes no more ends it
    while (add && !target.elements[name] && rows !== target.elements.length) {
      rows = target.elements.length;
      add.click();
    }
  }
});
