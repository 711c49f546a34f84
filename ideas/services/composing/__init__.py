"""Decisions before they are public: proposed, scheduled, approved, returned, published.

Whoever takes several locks takes the idea's first, then the waiting decision's.
"""

from ideas.services.composing.composed import Composed
from ideas.services.composing.judging import approve, cancel, reschedule, return_
from ideas.services.composing.proposing import propose, schedule, submit
from ideas.services.composing.publishing import overtake, publish_due
from ideas.services.composing.telling import tell, tell_team
from ideas.services.composing.templates import set_up_templates

__all__ = [
    "Composed",
    "approve",
    "cancel",
    "overtake",
    "propose",
    "publish_due",
    "reschedule",
    "return_",
    "schedule",
    "set_up_templates",
    "submit",
    "tell",
    "tell_team",
]
