// [data-files]: files that are sent with their form. Names and sizes of the chosen files are listed
// below the button, and each can be removed. (uploads.js: files that are sent ahead of their form.)

import { ownButton } from "./fields/file_button.js";
import { inMegabytes } from "./uploads/problems.js";

const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

class ChosenFiles {
  constructor(place) {
    this.words = place.dataset;
    this.input = place.querySelector("input[type=file]");
    this.list = place.querySelector(".upload-list");
    this.said = make("p", "visually-hidden");
    this.said.setAttribute("role", "status");
    this.files = [];
    this.button = ownButton(this.input, this.words.choose);
    place.append(this.button, this.list, this.said);
    this.input.addEventListener("change", () => this.choose([...this.input.files]));
    addEventListener("pageshow", () => this.choose([...this.input.files])); // a browser gave them back
  }

  choose(chosen) {
    const added = chosen.filter((file) => !this.files.some((each) => isSame(each, file)));
    if (!this.input.multiple && chosen.length) this.files = chosen.slice(0, 1);
    else this.files.push(...added);
    this.show();
    if (added.length) this.said.textContent = `${this.words.chosen} ${added.map((file) => file.name).join(", ")}`;
  }

  /** The input holds what the list shows. */
  show() {
    const held = new DataTransfer();
    for (const file of this.files) held.items.add(file);
    this.input.files = held.files;
    this.list.replaceChildren(...this.files.map((file) => this.line(file)));
  }

  line(file) {
    const line = make("li", "upload");
    const foot = make("p", "upload-foot");
    const out = make("button", "link-button", this.words.remove);
    out.type = "button";
    out.setAttribute("aria-label", `${this.words.remove}: ${file.name}`);
    out.addEventListener("click", () => this.remove(file));
    foot.append(make("small", "upload-size", inMegabytes(file.size)), out);
    line.append(make("span", "upload-name", file.name), foot);
    return line;
  }

  remove(file) {
    const place = this.files.indexOf(file);
    this.files.splice(place, 1);
    this.show();
    this.said.textContent = `${this.words.removed} ${file.name}`;
    const left = this.list.querySelectorAll("button");
    (left[Math.min(place, left.length - 1)] ?? this.button).focus();
  }
}

for (const place of document.querySelectorAll("[data-files]")) new ChosenFiles(place);
