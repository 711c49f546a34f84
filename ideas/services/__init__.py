"""Every write to ideas: keyword-only, atomic, lock → policy → write → history → event."""
