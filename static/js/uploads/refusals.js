// Files that were refused, for the next page of the same form: a word that vanishes was not said.

import * as local from "../typed/local.js";

const key = (address) => `refused:${address}`;
const language = document.documentElement.lang;

/** {name, size, problem} of each; in another language than the page's only that it was refused. */
export function rememberedRefusals(address) {
  const found = local.read(key(address))?.files ?? [];
  return found.map((file) => ({ ...file, problem: file.problems[language] ?? "" }));
}

export function rememberRefusals(address, items) {
  if (!items.length) return local.remove(key(address));
  const files = items.map(({ file, problem }) => ({
    name: file.name,
    size: file.size,
    problems: { ...file.problems, ...(problem && { [language]: problem }) },
  }));
  return local.write(key(address), { files });
}
