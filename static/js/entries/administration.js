// The administration.

import "../files.js";
import "../language_tabs.js";
import "../inline_rows.js";

// Django’s own scripts make the buttons that add a row; what was typed into one comes back after them.
const keep = () => import("../administration_drafts.js");
document.readyState === "complete" ? keep() : addEventListener("load", keep);
