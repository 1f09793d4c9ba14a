// This tab's own copy of what was typed: there at once, also without a line or a session. It's sealed,
// so whoever sits down here next reads nothing, and it goes as soon as the server has the words.
// Someone who can't seal keeps nothing but what the very next page takes.

import { canSeal, seal, unseal } from "./sealing.js";

export const reader = document.querySelector("[data-reader]")?.dataset.reader ?? "";

const PREFIX = `puente:typed:${reader}:`;
const VIEW = "puente:view:";
const copies = new Map();
const turns = new Map(); // sealing takes a moment: only the last word is put down

/** Without storage the pages work, only without the copy. */
function quietly(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

const names = () => quietly(() => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) ?? [];

async function open(name) {
  try {
    const text = sessionStorage.getItem(name);
    copies.set(name.slice(PREFIX.length), JSON.parse(canSeal ? await unseal(name, text) : text));
  } catch {
    quietly(() => sessionStorage.removeItem(name)); // sealed under a key that is gone
  }
}

// Earlier versions kept words here as they were typed.
quietly(() => {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith("puente:typed:/")) sessionStorage.removeItem(name);
});

const isThere = names().length > 0;
export const opened = Promise.all(names().map(open));

/** At once if there’s nothing to wait for: someone may be typing. */
export function whenOpen(work) {
  isThere && canSeal ? opened.then(work) : work();
}

export function read(key) {
  return copies.get(key) ?? null;
}

function takeTurn(key) {
  turns.set(key, (turns.get(key) ?? 0) + 1);
  return turns.get(key);
}

export async function write(key, copy) {
  const turn = takeTurn(key);
  copies.set(key, copy);
  if (!canSeal && !copy.once) return;
  const text = JSON.stringify(copy);
  const kept = canSeal ? await seal(PREFIX + key, text) : text;
  if (turns.get(key) === turn) quietly(() => sessionStorage.setItem(PREFIX + key, kept));
}

export function remove(key) {
  takeTurn(key);
  copies.delete(key);
  quietly(() => sessionStorage.removeItem(PREFIX + key));
}

/** Key and token of each form that was sent, for all this tab knows. */
export function sent() {
  return [...copies].flatMap(([key, copy]) => (copy.sent ? [[key, copy.sent]] : []));
}

/** At sign-out: all that this tab keeps, also of the phone and of views. Words that the server doesn't have stay, sealed, for the same person. */
export function forgetSaved() {
  for (const name of names()) {
    const key = name.slice(PREFIX.length);
    if (!copies.get(key)?.values) remove(key);
  }
  quietly(() => {
    const ours = Object.keys(sessionStorage).filter((name) => name.startsWith("puente:"));
    for (const name of ours) if (!name.startsWith("puente:typed:")) sessionStorage.removeItem(name);
  });
}

/** What was open on a page, how far down and where the hand was, for its next load: after the language
 *  switch, or after signing in again.
 */
export function keepView(path, hand = "") {
  const open = [...document.querySelectorAll("main details")].map((details) => details.open);
  quietly(() => sessionStorage.setItem(VIEW + path, JSON.stringify({ open, top: scrollY, hand })));
}

export function takeView(path) {
  const text = quietly(() => sessionStorage.getItem(VIEW + path));
  quietly(() => sessionStorage.removeItem(VIEW + path));
  return text ? JSON.parse(text) : null;
}
