// The administration.

import "../files.js";
import "../language_tabs.js";
