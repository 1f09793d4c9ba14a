// What a page can do without at first is fetched once it has been there for a moment.

const MOMENT = 1000;

export function later(act) {
  const soon = () => setTimeout(act, MOMENT);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}
