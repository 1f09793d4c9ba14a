"""What came of a call, in one key (static/js/keys.js)."""

from cases.enums import CALL_RESULTS

RESULT_KEYS = list(zip(CALL_RESULTS, "rnmbw", strict=True))
