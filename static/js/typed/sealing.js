// Seals what this tab keeps. Only pages of the same person come with the key (accounts/tab_keys.py);
// nothing here stores it. Browsers seal over HTTPS and on the machine itself, nowhere else.

const { tabKey } = document.querySelector("[data-tab-key]")?.dataset ?? {};
const { subtle } = globalThis.crypto;
const NONCE = 12; // bytes

export const canSeal = Boolean(tabKey && subtle);

const bytesOf = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
const textOf = (bytes) => btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));

let made;
const key = () => (made ??= subtle.importKey("raw", bytesOf(tabKey), "AES-GCM", false, ["encrypt", "decrypt"]));

/** Bound to `name`: under another one it can’t be opened. */
const lock = (name, iv) => ({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) });

export async function seal(name, text) {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = await subtle.encrypt(lock(name, nonce), await key(), new TextEncoder().encode(text));
  return textOf(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
}

/** Rejects what wasn’t sealed under this key and this name. */
export async function unseal(name, sealed) {
  const bytes = bytesOf(sealed);
  const lockOf = lock(name, bytes.slice(0, NONCE));
  return new TextDecoder().decode(await subtle.decrypt(lockOf, await key(), bytes.slice(NONCE)));
}
