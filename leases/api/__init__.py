"""The merchants' API: the same actions as the pages, behind a key."""
