"""Every page of ours that a visitor sees without signing in. Adding one is a decision."""

OPEN_PAGES: set[str] = set()
