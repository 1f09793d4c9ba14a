// The pages of everybody who works here.

import "../keep.js";
import "../count.js";
import "../check.js";
import "../submit.js";
import "../keys.js";
import "../ringing.js";
import "../call_bar.js";
import "../dates.js";
import "../files.js";
import "../uploads.js";
import "../scripts.js";
import "../call.js";

// The week of follow-ups is on one page only.
if (document.querySelector("[data-calendar]")) import("../calendar.js");
