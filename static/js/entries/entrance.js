// Sign-in and every other page for somebody who isn't signed in.

import "../keep.js";
import "../count.js";
import "../check.js";
import "../submit.js";
