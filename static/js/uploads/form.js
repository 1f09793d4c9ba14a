// A form whose files are on their way, or have arrived: see uploads.js.

import { opened } from "../typed/local.js";
import { UploadItem } from "./item.js";
import { problemOf } from "./problems.js";
import { rememberRefusals, rememberedRefusals } from "./refusals.js";

/** What this tab remembers can be read. */
export const ready = opened;
const all = [];

export class Uploads {
  constructor({ place, form, address, input, button }) {
    Object.assign(this, { form, address, input, button, words: place.dataset, name: input.name, items: [] });
    this.list = place.querySelector(".upload-list");
    this.said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    place.append(this.said);
    for (const file of rememberedRefusals(address)) this.add(new UploadItem(this, file)).stillRefused();
    for (const line of [...this.list.children]) if (line.dataset.name) this.adopt(line);
    all.push(this);
  }

  adopt(line) {
    const { id, name, size, problem } = line.dataset;
    line.remove();
    const item = this.add(new UploadItem(this, { name, size: Number(size) }));
    if (problem) item.refused(problem);
    else item.arrived(id);
  }

  hold(files) {
    for (const file of files) {
      if (!this.items.some((item) => item.id === file.id)) {
        this.add(new UploadItem(this, file)).arrived(file.id);
      }
    }
  }

  choose(files) {
    this.input.value = ""; // the same file may be chosen again; and it travels once
    for (const file of files) {
      const item = this.add(new UploadItem(this, file));
      const problem = problemOf(file, this.input.accept, this.words, this.taken.length);
      if (problem) item.refused(problem);
    }
    this.next();
  }

  get taken() {
    return this.items.filter((item) => item.state !== "refused");
  }

  add(item) {
    this.items.push(item);
    this.list.append(item.line);
    return item;
  }

  drop(item) {
    this.items = this.items.filter((each) => each !== item);
    item.line.remove();
    this.remember();
    this.next();
  }

  /** A refused file keeps its line over the sending of its form, until it is removed. */
  remember() {
    rememberRefusals(this.address, this.items.filter((item) => item.isRefused));
  }

  focus() {
    this.button.focus();
  }

  tell(text) {
    this.said.textContent = text;
  }

  /** One after the other: a slow line carries one file sooner than three at once. */
  next() {
    if (this.items.some((item) => item.state === "sending")) return;
    const waiting = this.items.find((item) => item.state === "waiting");
    if (waiting) waiting.send();
    else if (!this.isBusy) this.submitNow();
  }

  resume() {
    for (const item of this.items) if (item.state === "paused") item.wait();
    this.next();
  }

  get isBusy() {
    return this.items.some((item) => ["waiting", "sending", "paused"].includes(item.state));
  }

  submitLater(submitter) {
    this.submitter = submitter ?? true;
    this.tell(this.words.then);
    this.list.dataset.then = this.words.then;
  }

  submitNow() {
    const { submitter } = this;
    if (!submitter) return;
    this.submitter = null;
    delete this.list.dataset.then;
    this.form.requestSubmit(submitter === true ? undefined : submitter);
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const busy = all.find((uploads) => uploads.form === event.target && uploads.isBusy);
    // A button that leads elsewhere, as the one that finds a lease, need not wait.
    if (!busy || event.submitter?.name) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    busy.submitLater(event.submitter);
  },
  true,
);
addEventListener("online", () => all.forEach((uploads) => uploads.resume()));
addEventListener("beforeunload", (event) => {
  if (all.some((uploads) => uploads.isBusy)) event.preventDefault();
});
