// The groups of fields that exist once per language (fieldset.language) become tabs. Without this
// script they stand one below the other. A tab says when something in it is empty or wrong.

const groups = [...document.querySelectorAll("fieldset.language")];

function isIncomplete(group) {
  return [...group.querySelectorAll("input, textarea")].some((field) => !field.value.trim());
}

function setUp() {
  const list = document.createElement("div");
  list.className = "language-tabs";
  list.setAttribute("role", "tablist");
  const tabs = groups.map((group, place) => {
    const heading = group.querySelector("h2, legend");
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `language-tab-${place}`;
    tab.textContent = heading.textContent.trim();
    tab.setAttribute("role", "tab");
    group.id ||= `language-panel-${place}`;
    tab.setAttribute("aria-controls", group.id);
    group.setAttribute("role", "tabpanel");
    group.setAttribute("aria-labelledby", tab.id);
    heading.hidden = true;
    list.append(tab);
    return tab;
  });

  function open(chosen) {
    tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === chosen));
      tab.tabIndex = place === chosen ? 0 : -1;
      groups[place].hidden = place !== chosen;
    });
  }

  function mark() {
    tabs.forEach((tab, place) => {
      const isWrong = groups[place].querySelector(".errorlist") !== null;
      tab.toggleAttribute("data-incomplete", isWrong || isIncomplete(groups[place]));
    });
  }

  list.addEventListener("click", (event) => {
    const place = tabs.indexOf(event.target.closest("[role=tab]"));
    if (place >= 0) open(place);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const place = (tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length;
    open(place);
    tabs[place].focus();
  });
  document.addEventListener("input", mark);
  // A draft comes back (typed/fields.js): not behind a tab.
  document.addEventListener("filling", ({ detail }) => {
    const holds = (group) => [...group.querySelectorAll("[name]")].some(({ name }) => detail.includes(name));
    const place = groups.findIndex(holds);
    if (place >= 0 && !groups.some((group) => !group.hidden && holds(group))) open(place);
  });

  groups[0].before(list);
  const wrong = groups.findIndex((group) => group.querySelector(".errorlist"));
  open(Math.max(wrong, 0));
  mark();
}

if (groups.length > 1) setUp();
