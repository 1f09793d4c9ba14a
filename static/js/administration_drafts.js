// Drafts of the administration: a bundle of its own, loaded after Django's scripts.

import "./keep.js";
