// This tab's own copy of what was typed: there at once, also without a line or a session.
// Gone with the tab, at sign-out, and when someone else signs in here.

const PREFIX = "puente:typed:";
const VIEW = "puente:view:";

export const reader = document.body.dataset.reader ?? "";

/** Without storage the pages work, only without the copy. */
function quietly(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export function read(key) {
  return quietly(() => JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null")) ?? null;
}

export function write(key, copy) {
  quietly(() => sessionStorage.setItem(PREFIX + key, JSON.stringify({ reader, ...copy })));
}

export function remove(key) {
  quietly(() => sessionStorage.removeItem(PREFIX + key));
}

export function forgetAll() {
  quietly(() => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) || key.startsWith(VIEW)) sessionStorage.removeItem(key);
    }
  });
}

/** Until someone signs in, the copies wait: they may be that person’s. */
export function forgetOthers() {
  if (!reader) return;
  quietly(() => {
    for (const key of Object.keys(sessionStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      if (JSON.parse(sessionStorage.getItem(key)).reader !== reader) sessionStorage.removeItem(key);
    }
  });
}

/** What was open on a page and how far down, for the one load after the language switch. */
export function keepView(path) {
  const open = [...document.querySelectorAll("main details")].map((details) => details.open);
  quietly(() => sessionStorage.setItem(VIEW + path, JSON.stringify({ open, top: scrollY })));
}

export function takeView(path) {
  const text = quietly(() => sessionStorage.getItem(VIEW + path));
  quietly(() => sessionStorage.removeItem(VIEW + path));
  return text ? JSON.parse(text) : null;
}
