// A chosen file: its line in the list, and what becomes of it.
// waiting → sending → held | refused | paused (→ waiting)

import { removeHeld } from "./held.js";
import { inMegabytes } from "./problems.js";
import { transfer } from "./transfer.js";

const AGAIN = [2000, 5000, 10000, 20000];
const TOLD = [25, 50, 75];

const make = (tag, className) => Object.assign(document.createElement(tag), { className });

export class UploadItem {
  constructor(uploads, file) {
    Object.assign(this, { uploads, file, words: uploads.words, tries: 0 });
    this.line = make("li", "upload");
    this.title = make("span", "upload-name");
    this.title.textContent = file.name;
    this.size = make("small", "upload-size");
    this.size.textContent = inMegabytes(file.size);
    this.told = make("span", "upload-state");
    this.bar = make("progress", "upload-bar");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", file.name);
    this.again = this.button(this.words.again, () => this.retry());
    this.out = this.button(this.words.remove, () => this.remove());
    const foot = make("p", "upload-foot");
    foot.append(this.size, this.again, this.out);
    this.line.append(this.title, this.told, this.bar, foot);
    this.show("waiting", this.words.waiting);
  }

  button(text, press) {
    const button = make("button", "link-button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-label", `${text}: ${this.file.name}`);
    button.addEventListener("click", press);
    return button;
  }

  show(state, text) {
    this.state = state;
    this.line.dataset.state = state;
    this.told.textContent = text;
    this.bar.hidden = !["sending", "paused"].includes(state);
    this.again.hidden = state !== "paused";
    const out = state === "sending" ? this.words.cancel : this.words.remove;
    this.out.textContent = out;
    this.out.setAttribute("aria-label", `${out}: ${this.file.name}`);
  }

  say(text) {
    this.uploads.tell(`${this.file.name}: ${text}`);
  }

  wait() {
    clearTimeout(this.timer);
    this.show("waiting", this.words.waiting);
  }

  retry() {
    this.wait();
    this.uploads.next();
  }

  async send() {
    this.progress(0, this.file.size);
    this.say(this.told.textContent);
    const { uploads } = this;
    this.way = transfer(this.words.uploads, {
      file: this.file,
      form: uploads.address,
      csrf: uploads.form.elements.csrfmiddlewaretoken.value,
      field: "evidence",
      onProgress: (done, whole) => this.progress(done, whole),
    });
    try {
      this.heard(await this.way.done);
    } catch {
      if (this.state === "sending") this.pause(this.words.paused);
    }
    uploads.next();
  }

  heard({ held, problem, isOver }) {
    if (held) {
      this.say(this.words.held);
      this.arrived(held.id);
    } else if (problem) this.refused(problem);
    else if (isOver) this.tellRefused(this.words.over);
    else this.pause(this.words.trouble);
  }

  progress(done, whole) {
    const percent = whole ? Math.floor((100 * done) / whole) : 0;
    const checking = percent >= 100;
    this.show("sending", checking ? this.words.checking : this.words.sending.replace("{percent}", percent));
    this.bar.value = percent;
    const amount = this.words.amount.replace("{done}", inMegabytes(this.file.size * (percent / 100)));
    this.size.textContent = amount.replace("{whole}", inMegabytes(this.file.size));
    const step = TOLD.findLast((each) => percent >= each);
    if (step && step !== this.step && !checking) this.say(this.told.textContent);
    this.step = step;
  }

  /** Goes on by itself: when the line is back, and now and then meanwhile. */
  pause(text) {
    this.show("paused", text);
    this.say(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.state === "paused" && this.retry(), AGAIN[Math.min(this.tries, 3)]);
    this.tries += 1;
  }

  tellRefused(problem) {
    this.show("refused", problem);
    this.size.textContent = inMegabytes(this.file.size);
    this.say(`${this.words.refused} ${problem}`);
  }

  /** For good: the same file chosen again is one line. */
  refused(problem) {
    for (const each of this.uploads.items) if (each !== this && each.isRefused && this.isLike(each)) this.uploads.drop(each);
    this.isRefused = true;
    this.problem = problem;
    this.tellRefused(problem);
    this.uploads.remember();
  }

  /** Told before; there is no need to say it aloud again. */
  stillRefused() {
    this.isRefused = true;
    this.problem = this.file.problem;
    this.show("refused", this.problem || this.words.refused);
  }

  isLike({ file }) {
    return file.name === this.file.name && file.size === this.file.size;
  }

  arrived(id) {
    if (this.uploads.items.some((item) => item.id === id)) return this.uploads.drop(this); // chosen twice
    this.id = id;
    this.show("held", this.words.held);
    this.size.textContent = inMegabytes(this.file.size);
    const field = Object.assign(make("input", ""), { type: "hidden", value: id });
    field.name = `${this.uploads.name}_held`;
    this.line.append(field);
  }

  remove() {
    const { uploads } = this;
    clearTimeout(this.timer);
    this.state = "removed";
    this.way?.cancel();
    if (this.id) removeHeld(this.words.uploads, this.id, uploads.form.elements.csrfmiddlewaretoken.value);
    uploads.drop(this);
    uploads.focus();
  }
}
