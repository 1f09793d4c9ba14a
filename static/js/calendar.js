// The follow-ups of a week are moved by dragging, or by keys from an item's handle: Enter picks it
// up, the arrows choose a day, Enter puts it there, Escape leaves it. Either sends the page's form for
// the item; what the server answers, also a refusal, takes the place of the calendar.

const DAY = 24 * 60 * 60 * 1000;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

const says = document.querySelector("[data-calendar-says]");
const inWords = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long",
  month: "long",
  day: "numeric",
  timeZone: "UTC",
});
let held = null; // by keys: { item, day }
let dragged = null;
let isSending = false;

const calendar = () => document.querySelector("[data-calendar]");
const handleOf = (item) => item.querySelector("[data-handle]");
const columns = () => [...document.querySelectorAll("[data-day]")];
const asDate = (day) => new Date(`${day}T00:00:00Z`);
const later = (day, days) => new Date(+asDate(day) + days * DAY).toISOString().slice(0, 10);

function say(text) {
  says.textContent = text;
}

/** Under the eyes of who moves it by keys, as long as it is held. */
function instruct(text) {
  const line = document.querySelector("[data-calendar-keys]");
  line.textContent = text;
  line.hidden = !text;
}

function isOpenOn(item, day) {
  const days = item.dataset.days;
  return !days || days.split(" ").includes(WEEKDAYS[asDate(day).getUTCDay()]);
}

function named(item, day) {
  const words = inWords.format(asDate(day));
  return isOpenOn(item, day) ? words : `${words}, ${calendar().dataset.closed}`;
}

function mark(item, over) {
  for (const column of columns()) {
    column.toggleAttribute("data-closed", item !== null && !isOpenOn(item, column.dataset.day));
    column.toggleAttribute("data-over", column.dataset.day === over);
  }
}

function arm() {
  for (const item of document.querySelectorAll("[data-follow-up]")) {
    item.draggable = true;
    handleOf(item).hidden = false;
  }
}

/** Shows the answer's calendar and message, and focuses what was moved or refused. */
function show(text, pk) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-calendar]");
  if (!fresh) return false;
  calendar().replaceWith(document.adoptNode(fresh));
  document.querySelector(".messages")?.remove();
  const messages = page.querySelector(".messages");
  if (messages) {
    messages.removeAttribute("role"); // said below
    document.querySelector("main").before(document.adoptNode(messages));
  }
  arm();
  const errors = document.getElementById("errors");
  const item = document.getElementById(`follow-up-${pk}`);
  (errors ?? (item && handleOf(item)) ?? document.querySelector("main")).focus();
  say(errors ? "" : (messages?.textContent.trim() ?? ""));
  return true;
}

async function send(item, day) {
  if (isSending || day === item.dataset.on) return;
  isSending = true;
  const data = new FormData(document.querySelector("[data-move-form]"));
  data.set("expected_on", item.dataset.on);
  data.set("to", day);
  item.setAttribute("data-moving", "");
  try {
    const answer = await fetch(item.dataset.moveTo, {
      method: "POST",
      body: new URLSearchParams([...data]),
      credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" },
    });
    const isMoved = answer.ok && answer.redirected;
    const isRefused = answer.status === 409 || answer.status === 422;
    if (!(isMoved || isRefused) || !show(await answer.text(), item.dataset.followUp)) {
      throw new Error(answer.statusText);
    }
    if (isMoved) history.replaceState(null, "", answer.url);
  } catch {
    item.removeAttribute("data-moving");
    say(calendar().dataset.failed);
  } finally {
    isSending = false;
  }
}

function pick(item) {
  held = { item, day: item.dataset.on };
  handleOf(item).setAttribute("aria-pressed", "true");
  mark(item, held.day);
  say(calendar().dataset.picked);
  instruct(calendar().dataset.picked);
}

function leave() {
  const { item } = held;
  held = null;
  handleOf(item).setAttribute("aria-pressed", "false");
  mark(null, null);
  instruct("");
  return item;
}

function put() {
  const { day } = held;
  const item = leave();
  if (day === item.dataset.on) say(calendar().dataset.left);
  else send(item, day);
}

document.addEventListener("click", (event) => {
  const item = event.target.closest?.("[data-handle]")?.closest("[data-follow-up]");
  if (!item) return;
  if (held?.item === item) put();
  else {
    if (held) leave();
    pick(item);
  }
});

document.addEventListener("keydown", (event) => {
  if (!held || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") {
    leave();
    say(calendar().dataset.left);
  } else if (event.key in STEPS) {
    held.day = later(held.day, STEPS[event.key]);
    mark(held.item, held.day);
    say(named(held.item, held.day));
    instruct(`${named(held.item, held.day)}. ${calendar().dataset.picked}`);
  } else return; // Enter and Space click the handle
  event.preventDefault();
});

document.addEventListener("focusout", (event) => {
  if (held && event.target === handleOf(held.item) && event.relatedTarget) leave();
});

document.addEventListener("dragstart", (event) => {
  const item = event.target.closest?.("[data-follow-up]");
  if (!item || isSending) return;
  if (document.activeElement.matches("input, textarea") && item.contains(document.activeElement)) {
    event.preventDefault(); // words are being marked there
    return;
  }
  if (held) leave();
  dragged = item;
  item.setAttribute("data-moving", "");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", item.dataset.followUp);
  mark(item, null);
});

document.addEventListener("dragover", (event) => {
  const column = dragged && event.target.closest?.("[data-day]");
  if (!column) return;
  event.preventDefault();
  if (!column.hasAttribute("data-over")) mark(dragged, column.dataset.day);
});

document.addEventListener("drop", (event) => {
  const column = dragged && event.target.closest?.("[data-day]");
  if (!column) return;
  event.preventDefault();
  const item = dragged;
  item.removeAttribute("data-moving");
  send(item, column.dataset.day);
});

document.addEventListener("dragend", () => {
  dragged?.removeAttribute("data-moving");
  dragged = null;
  mark(null, null);
});

arm();
