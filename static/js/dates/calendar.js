// A month to choose a day from, in the page's language. Arrows go by days and weeks, Home and End to
// the ends of a week, Page up and down by months, with Shift by years; Escape leaves it.

const DAY = 24 * 60 * 60 * 1000;
const language = document.documentElement.lang === "es" ? "es-US" : "en-US";
const format = (options) => new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
const inWords = format({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
const monthInWords = format({ year: "numeric", month: "long" });
const [longWeekday, shortWeekday] = [format({ weekday: "long" }), format({ weekday: "narrow" })];

const asDate = (iso) => new Date(`${iso}T00:00:00Z`);
const asIso = (date) => date.toISOString().slice(0, 10);
const plus = (date, days) => new Date(+date + days * DAY);
const make = (tag, more = {}) => Object.assign(document.createElement(tag), more);

/** The same day of another month, or its last. */
function plusMonths(date, months) {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return plus(first, Math.min(date.getUTCDate(), last) - 1);
}

const STEPS = {
  ArrowLeft: (date) => plus(date, -1),
  ArrowRight: (date) => plus(date, 1),
  ArrowUp: (date) => plus(date, -7),
  ArrowDown: (date) => plus(date, 7),
  Home: (date) => plus(date, -date.getUTCDay()),
  End: (date) => plus(date, 6 - date.getUTCDay()),
  PageUp: (date, isYear) => plusMonths(date, isYear ? -12 : -1),
  PageDown: (date, isYear) => plusMonths(date, isYear ? 12 : 1),
};

class Calendar {
  constructor(about, pick) {
    Object.assign(this, { about, pick });
    this.day = asDate(about.iso || about.today);
    this.dialog = make("dialog", { className: "date-calendar" });
    this.dialog.setAttribute("aria-label", about.label);
    this.title = make("h2");
    this.title.setAttribute("aria-live", "polite");
    this.table = make("table");
    this.table.setAttribute("role", "grid");
    const head = make("header");
    head.append(this.turner("‹", about.words.before, -1), this.title, this.turner("›", about.words.after, 1));
    const close = make("button", { type: "button", className: "button", textContent: about.words.close });
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.append(head, this.table, close);
    this.dialog.addEventListener("close", () => this.dialog.remove());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("click", ({ target }) => target.dataset.iso && this.take(target.dataset.iso));
    document.body.append(this.dialog);
    this.draw();
    this.dialog.showModal();
    this.focus();
  }

  turner(sign, text, months) {
    const button = make("button", { type: "button", className: "button", textContent: sign });
    button.setAttribute("aria-label", text);
    button.addEventListener("click", () => {
      this.day = plusMonths(this.day, months);
      this.draw();
    });
    return button;
  }

  draw() {
    const first = new Date(Date.UTC(this.day.getUTCFullYear(), this.day.getUTCMonth(), 1));
    this.title.textContent = monthInWords.format(first);
    const sunday = plus(first, -first.getUTCDay());
    const head = make("tr");
    for (let at = 0; at < 7; at += 1) head.append(this.head(plus(sunday, at)));
    const rows = [head];
    for (let week = sunday; week < plusMonths(first, 1); week = plus(week, 7)) {
      const row = make("tr");
      for (let at = 0; at < 7; at += 1) row.append(this.cell(plus(week, at), first));
      rows.push(row);
    }
    this.table.replaceChildren(...rows);
  }

  head(date) {
    const cell = make("th", { scope: "col", abbr: longWeekday.format(date) });
    cell.textContent = shortWeekday.format(date);
    return cell;
  }

  cell(date, first) {
    const iso = asIso(date);
    const cell = make("td");
    if (date.getUTCMonth() !== first.getUTCMonth()) return cell;
    const button = make("button", { type: "button", textContent: date.getUTCDate() });
    button.dataset.iso = iso;
    button.setAttribute("aria-label", inWords.format(date));
    button.tabIndex = +date === +this.day ? 0 : -1;
    if (iso === this.about.today) button.setAttribute("aria-current", "date");
    if (iso < this.about.first) button.setAttribute("aria-disabled", "true");
    cell.setAttribute("aria-selected", String(iso === this.about.iso));
    cell.append(button);
    return cell;
  }

  key(event) {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.day = step(this.day, event.shiftKey);
    this.draw();
    this.focus();
  }

  focus() {
    this.table.querySelector("[tabindex='0']").focus();
  }

  take(iso) {
    if (iso < this.about.first) return;
    this.dialog.close();
    this.pick(iso);
  }
}

/** `about`: label, words, and as ISO days what is chosen, the first that may be, and today. */
export function openCalendar(about, pick) {
  return new Calendar(about, pick);
}
