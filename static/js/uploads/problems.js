// What the browser can tell about a file before its bytes travel; the server looks at all of it again.

export const MEGABYTE = 1024 * 1024;

/** In words; empty for a file that may go. `taken`: how many there are, this one included. */
export function problemOf(file, accept, words, taken) {
  if (!file.size) return words.empty;
  if (!isKindOf(file, accept)) return words.type;
  if (file.size > Number(words.mostBytes)) {
    return words.large.replace("{size}", Math.ceil(file.size / MEGABYTE));
  }
  return taken > Number(words.mostFiles) ? words.many : "";
}

function isKindOf(file, accept) {
  const kinds = accept.split(",").map((kind) => kind.trim().toLowerCase());
  const name = file.name.toLowerCase();
  // Where the browser does not know the kind, the server finds out.
  return !file.type || kinds.includes(file.type.toLowerCase()) || kinds.some((kind) => kind.startsWith(".") && name.endsWith(kind));
}

const language = document.documentElement.lang === "es" ? "es-US" : "en-US";

export function inMegabytes(bytes) {
  if (bytes < MEGABYTE / 10) return `${Math.ceil(bytes / 1024)} KB`;
  const digits = bytes < 10 * MEGABYTE ? 1 : 0;
  const number = bytes / MEGABYTE;
  return `${number.toLocaleString(language, { maximumFractionDigits: digits })} MB`;
}
