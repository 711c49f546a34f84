"""Every write to ideas: keyword-only, atomic, lock → policy → write → history → event.

Rows are locked with `no_key=True`. Who votes or comments looks at the idea when it commits (foreign
keys are checked then) and has its tally by that time; who decides has the idea and wants the tally:
with a lock that shuts out foreign keys, too, they would wait for each other for ever.
"""
