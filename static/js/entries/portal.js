// The pages of customers.

import "../keep.js";
import "../count.js";
import "../check.js";
import "../submit.js";
import "../dates.js";
import "../files.js";
import "../uploads.js";
