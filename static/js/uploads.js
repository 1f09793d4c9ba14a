// [data-uploads]: each file goes by itself as soon as it is chosen, with its progress; size and kind
// are looked at before. A cut line pauses it, and it goes on by itself. What has arrived waits on the
// server for the form (cases/actions/held_uploads.py), also when the page is loaded again.
//
// Most forms are sent without a file, so all of that is loaded once there is one, or is about to be.

import { ownButton } from "./fields/file_button.js";
import { later } from "./later.js";
import { whenOpen } from "./typed/local.js";
import { listHeld } from "./uploads/held.js";
import { rememberedRefusals } from "./uploads/refusals.js";

function watch(place) {
  const form = place.closest("form");
  const address = new URL(form.getAttribute("action") || location.href, location).pathname;
  const input = place.querySelector("input[type=file]");
  const list = place.querySelector(".upload-list");
  const button = ownButton(input, place.dataset.choose);
  place.append(button, list);
  let loaded = null;
  let listed = null;

  // Before a file is on its way: one of these would seem to be another.
  const askOnce = () => {
    listed ??= listHeld(place.dataset.uploads, address).then(
      (files) => files.length && give((uploads) => uploads.hold(files)),
    );
  };
  const load = () => {
    askOnce();
    loaded ??= import("./uploads/form.js").then(async ({ Uploads, ready }) => {
      await ready;
      return new Uploads({ place, form, address, input, button });
    });
    return loaded;
  };
  const give = (take) =>
    load().then(take, () => {
      loaded = null;
      input.hidden = false; // the browser’s own list shows what is sent with the form
    });

  for (const near of ["pointerenter", "focusin"]) {
    place.addEventListener(near, () => load().catch(() => (loaded = null)), { once: true });
  }
  input.addEventListener("change", () => give((uploads) => uploads.choose([...input.files])));
  if (list.children.length || rememberedRefusals(address).length) give(() => {});
  later(askOnce);
}

whenOpen(() => document.querySelectorAll("[data-uploads]").forEach(watch));
