// A combobox: the field keeps the focus, the list below it has the selected match.

import { Answers, COMMANDS } from "./answers.js";
import { logCallWith } from "./log_call.js";

const SHORTEST = 2;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Suggestions {
  constructor(bar) {
    this.bar = bar;
    this.input = bar.querySelector("input[name=q]");
    this.panel = bar.querySelector(".results");
    this.status = bar.querySelector("[role=status]");
    this.answers = new Answers(bar.dataset.suggest, (text, answer) => this.show(text, answer));
    this.options = [];
    this.selected = null;
    this.shown = ""; // what the list answers
    this.opensWhenShown = false; // Enter was pressed before the answer came
    this.isChoosing = false; // by arrows: then letters may be keys
  }

  /** `isEntered`: Enter was pressed before there was anyone to ask. */
  begin(isEntered = false) {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.panel.addEventListener("keydown", (event) => this.pressedBelow(event));
    this.bar.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.bar.contains(relatedTarget)) this.close();
    });
    addEventListener("pagehide", () => this.close());
    if (isEntered && this.isShort) this.input.form.requestSubmit();
    else if (isEntered) this.openFirst();
    else if (this.input.value !== this.input.defaultValue) this.typed();
  }

  get text() {
    return this.input.value.trim().replace(/\s+/g, " ");
  }

  get isShort() {
    return this.text.length < SHORTEST && this.text !== COMMANDS;
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  typed() {
    this.isChoosing = false;
    this.opensWhenShown = false;
    if (this.isShort) return this.close();
    if (this.text !== this.shown) this.answers.ask(this.text);
  }

  /** `answer`: the list, or the name of a state. Only what answers the present text is shown. */
  show(text, answer) {
    if (text !== this.text || document.activeElement !== this.input) return;
    const states = [...this.bar.querySelectorAll("template[data-state]")];
    const state = states.find((each) => each.dataset.state === answer);
    this.shown = state ? "" : text;
    if (state) this.panel.replaceChildren(state.content.cloneNode(true));
    else this.panel.innerHTML = answer;
    this.panel.hidden = this.panel.childElementCount === 0;
    this.options = [...this.panel.querySelectorAll("[role=option]")];
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    if (this.options.length) this.input.setAttribute("aria-controls", "call-bar-found");
    else this.input.removeAttribute("aria-controls");
    this.status.textContent = this.panel.querySelector("[data-announce]")?.textContent ?? "";
    // Enter opens only what must have been meant; for anything else it searches everything.
    this.select((this.panel.querySelector("[data-sure]") && this.options[0]) ?? null);
    if (this.opensWhenShown) this.open();
  }

  select(option) {
    this.selected?.setAttribute("aria-selected", "false");
    this.selected = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    this.showKeys();
  }

  showKeys() {
    const { account, name } = this.selected?.dataset ?? {};
    for (const each of this.panel.querySelectorAll("[data-key-open], [data-key-all]"))
      each.hidden = Boolean(this.selected) !== "keyOpen" in each.dataset;
    const call = this.panel.querySelector("[data-key-call]");
    if (call) call.hidden = !(this.isChoosing && account);
    for (const place of this.panel.querySelectorAll("[data-key-name]")) place.textContent = name ?? "";
    const cases = this.panel.querySelector("[data-key-cases]");
    if (cases) cases.hidden = !(this.isChoosing && this.caseOf(account));
  }

  caseOf(account) {
    return account && this.options.find((option) => option.dataset.of === account);
  }

  pressed(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key in STEPS) this.move(event, STEPS[key]);
    else if (key === "Enter") this.enter(event);
    else if (key === "Escape") this.escape(event);
    else if (this.isChoosing && key === "Tab" && !event.shiftKey) this.toTheirCases(event);
    else if (this.isChoosing && key === "c" && this.selected?.dataset.account) {
      event.preventDefault();
      logCallWith(this.selected.dataset.account);
    }
  }

  move(event, step) {
    if (!this.isOpen) {
      if (!this.isShort) this.answers.ask(this.text, { now: true });
      return;
    }
    event.preventDefault();
    if (!this.options.length) return this.panel.querySelector("button, a")?.focus();
    this.isChoosing = true;
    const before = this.selected ? this.options.indexOf(this.selected) : Math.min(-step, 0);
    this.select(this.options.at((before + step) % this.options.length));
  }

  toTheirCases(event) {
    const theirs = this.caseOf(this.selected?.dataset.account);
    if (!theirs) return;
    event.preventDefault();
    this.select(theirs);
  }

  /** What is typed now, even before its answer came: its first match if that's sure. */
  enter(event) {
    if (this.shown === this.text && !(this.isOpen && this.selected)) return; // the form searches
    if (this.shown !== this.text && !this.answers.isAsking(this.text)) return;
    event.preventDefault();
    if (this.shown === this.text) this.open();
    else this.openFirst();
  }

  openFirst() {
    this.opensWhenShown = true;
    this.answers.ask(this.text, { now: true });
  }

  open() {
    this.opensWhenShown = false;
    if (this.selected?.href) location.assign(this.selected.href);
    else if (this.selected) this.selected.click();
    else this.input.form.requestSubmit();
  }

  escape(event) {
    event.preventDefault();
    if (this.isOpen) this.close();
    else this.input.value = "";
  }

  pressedBelow(event) {
    if (event.key !== "Escape") return;
    this.close();
    this.input.focus();
  }

  close() {
    this.answers.stop();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    Object.assign(this, { options: [], selected: null, shown: "", opensWhenShown: false });
    this.input.setAttribute("aria-expanded", "false");
    for (const name of ["aria-controls", "aria-activedescendant"]) this.input.removeAttribute(name);
    this.status.textContent = "";
  }
}
