// The pages of everybody who works here.

import { later } from "../later.js";
import "../keep.js";
import "../check.js";
import "../submit.js";
import "../keys.js";
import "../composer.js";
import "../typed_ahead.js";
import "../call_bar.js";
import "../files.js";
import "../uploads.js";
import "../call.js";

// The week of follow-ups, the queue and a file of a case are on one page only.
if (document.querySelector("[data-calendar]")) import("../calendar.js");
if (document.querySelector("table.rows tr.row")) import("../rows.js");
if (document.querySelector("[data-viewer]")) import("../viewer.js");
if (location.hash && document.querySelector(".case-head")) import("../panels.js");

if (document.querySelector("[data-case-live]")) later(() => import("../live.js"));

// Someone is on the phone: the card is dressed at once. Else what hears of a call comes a moment later.
const phone = document.querySelector(".ringing");
const hearPhone = () => import("../ringing.js");
if (phone?.querySelector("article")) hearPhone();
else if (phone) later(hearPhone);

// No one inserts a text or types a date into a page that has only just come; one who did is answered
// as soon as these are there.
later(() => {
  import("../count.js");
  import("../dates.js");
  import("../scripts.js");
});
