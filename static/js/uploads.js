// [data-uploads]: each file goes by itself as soon as it is chosen, with its progress; size and kind
// are looked at before. A cut line pauses it, and it goes on by itself. What has arrived waits on the
// server for the form (cases/actions/held_uploads.py), also when the page is loaded again.

import { ownButton } from "./fields/file_button.js";
import { UploadItem } from "./uploads/item.js";
import { problemOf } from "./uploads/problems.js";
import { rememberRefusals, rememberedRefusals } from "./uploads/refusals.js";
import { listHeld } from "./uploads/transfer.js";

class Uploads {
  constructor(place) {
    this.place = place;
    this.words = place.dataset;
    this.form = place.closest("form");
    this.address = new URL(this.form.getAttribute("action") || location.href, location).pathname;
    this.input = place.querySelector("input[type=file]");
    this.list = place.querySelector(".upload-list");
    this.name = this.input.name;
    this.items = [];
    this.said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.said.setAttribute("role", "status");
    place.append(ownButton(this.input, this.words.choose), this.list, this.said);
    this.input.addEventListener("change", () => this.choose([...this.input.files]));
    for (const file of rememberedRefusals(this.address)) this.add(new UploadItem(this, file)).stillRefused();
    for (const line of [...this.list.children]) if (line.dataset.name) this.adopt(line);
    this.fetchHeld();
  }

  adopt(line) {
    const { id, name, size, problem } = line.dataset;
    line.remove();
    const item = this.add(new UploadItem(this, { name, size: Number(size) }));
    if (problem) item.refused(problem);
    else item.arrived(id);
  }

  async fetchHeld() {
    for (const file of await listHeld(this.words.uploads, this.address)) {
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
    this.place.querySelector("button").focus();
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

const all = [...document.querySelectorAll("[data-uploads]")].map((place) => new Uploads(place));

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
