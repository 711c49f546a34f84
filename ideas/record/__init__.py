"""The public record of promises: what was kept, how long it took, what is overdue or withdrawn.

Sums come from the counts that a trigger keeps (`PromiseCount`), so they cost the same however many
promises there were; they are at most a minute old.
"""

from ideas.record.listing import overdue, withdrawn
from ideas.record.sums import Kind, Load, Month, Record, TeamRecord, promises_kept, record_of
from ideas.record.terms import promised

__all__ = [
    "Kind",
    "Load",
    "Month",
    "Record",
    "TeamRecord",
    "overdue",
    "promised",
    "promises_kept",
    "record_of",
    "withdrawn",
]
