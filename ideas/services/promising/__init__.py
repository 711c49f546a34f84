"""The only writer of promises: how they start, pause, end, are withdrawn, and who is reminded.

Whoever calls one of these from a transaction of their own has locked the idea; promises are locked
after it. `escalate` locks promises alone and never touches an idea, so nobody waits in a circle.
"""

from ideas.services.promising.ending import follow_import, follow_reply, follow_steps
from ideas.services.promising.escalating import escalate
from ideas.services.promising.pausing import settle
from ideas.services.promising.starting import catch_up, earn_answer, promise_reply, start_answer
from ideas.services.promising.withdrawing import withdraw

__all__ = [
    "catch_up",
    "earn_answer",
    "escalate",
    "follow_import",
    "follow_reply",
    "follow_steps",
    "promise_reply",
    "settle",
    "start_answer",
    "withdraw",
]
