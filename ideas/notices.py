"""What followers hear, in words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community import wording
from community.notices.forum import MENTIONS
from community.wording import Group, Wording

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DECIDED = "ideas.decided"
ANSWERED = "ideas.answered"
COMMENTED = "ideas.commented"
MENTIONED = "ideas.mentioned"
REVISED = "ideas.revised"
RESOLVED = "ideas.resolved"
OFFERED = "ideas.offered"
PROPOSED = "ideas.proposed"
APPROVED = "ideas.approved"
RETURNED = "ideas.returned"
CANCELLED = "ideas.cancelled"
OVERTAKEN = "ideas.overtaken"
PUBLISHED = "ideas.published"
WITHDRAWN = "ideas.promise_withdrawn"
HALF = "ideas.promise_half"
NEAR = "ideas.promise_near"
OVERDUE = "ideas.promise_overdue"

# By the percent of a promise's time that is used up.
ESCALATED = {50: HALF, 90: NEAR, 100: OVERDUE}
MERGED = "ideas.merged"
MERGED_YOURS = "ideas.merged_yours"
UNMERGED = "ideas.unmerged"
OBJECTED = "ideas.objected"
OBJECTION_ANSWERED = "ideas.objection_answered"
CREDITED = "ideas.credited"
CO_INVITED = "ideas.co_invited"
CO_JOINED = "ideas.co_joined"
CO_LEFT = "ideas.co_left"
CO_REMOVED = "ideas.co_removed"
CO_POSTED = "ideas.co_posted"
CO_DISCARDED = "ideas.co_discarded"
THANKED = "ideas.thanked"
VOIDED = "ideas.voided"
SEVERAL_VOIDED = "ideas.several_voided"
REINSTATED = "ideas.reinstated"
SEVERAL_REINSTATED = "ideas.several_reinstated"
# Of one idea and of several, by whether votes were voided or count again.
VOIDINGS = {True: (VOIDED, SEVERAL_VOIDED), False: (REINSTATED, SEVERAL_REINSTATED)}

_FOLLOWED = _("You follow this idea.")
_REMINDED = _("Your team promised an answer or a first reply, and it is yours to see to.")
_SUPPORTED = _("You posted, support or follow this idea.")
_ANSWERS_FOR = _("You answer for the board of this idea.")
_WROTE = _("You wrote the decision.")

DECISIONS, COMMENTS = "decisions", "comments"
CREDIT, TEAMWORK, VOTES = "credit", "teamwork", "votes"
GROUPS = (
    Group(
        DECISIONS,
        _("Decisions"),
        _("On ideas that you posted, support or follow, and when one is rewritten or merged."),
    ),
    Group(COMMENTS, _("Comments"), _("On ideas that you follow, and answers of the team.")),
    Group(
        CREDIT, _("Credit"), _("When something you said is used, or your part in an idea ships.")
    ),
    Group(
        TEAMWORK,
        _("Your team's work"),
        _("What waits for a second look, what is due, and what becomes of your decisions."),
        for_teams=True,
    ),
    # Whose vote does not count has a right to hear it: nobody chooses about these.
    Group(VOTES, _("Your votes"), "", binding=True),
)


def _reminder(words: "StrOrPromise") -> Wording:
    """Nobody sends these: the clock does."""
    return Wording(words, words, _REMINDED, TEAMWORK)


def _vote(words: "StrOrPromise") -> Wording:
    """Who decided stays inside; the reason is public."""
    return Wording(words, words, _("It is your vote."), VOTES)


WORDINGS = {
    DECIDED: Wording(
        _("%(actor)s decided on “%(subject)s”"),
        _("“%(subject)s” moved on"),
        _SUPPORTED,
        DECISIONS,
        official=True,
    ),
    ANSWERED: Wording(
        _("%(actor)s answered for the team on “%(subject)s”"),
        _("The team answered on “%(subject)s”"),
        _FOLLOWED,
        COMMENTS,
        _("%(actors)s answered for the team on “%(subject)s”"),
        official=True,
    ),
    COMMENTED: Wording(
        _("%(actor)s commented on “%(subject)s”"),
        _("New comment on “%(subject)s”"),
        _FOLLOWED,
        COMMENTS,
        _("%(actors)s commented on “%(subject)s”"),
    ),
    MENTIONED: Wording(
        _("%(actor)s mentioned you on “%(subject)s”"),
        _("You were mentioned on “%(subject)s”"),
        _("Somebody wrote your handle."),
        MENTIONS,
        _("%(actors)s mentioned you on “%(subject)s”"),
    ),
    REVISED: Wording(
        _("%(actor)s rewrote “%(subject)s”: keep your support or withdraw it"),
        _("“%(subject)s” was rewritten: keep your support or withdraw it"),
        _("You support this idea."),
        DECISIONS,
    ),
    RESOLVED: Wording(
        _("%(actor)s marked your point on “%(subject)s” as resolved"),
        _("Your point on “%(subject)s” was marked as resolved"),
        _("You wrote the comment."),
        COMMENTS,
    ),
    PROPOSED: Wording(
        _("%(actor)s asks for a second look at a decision on “%(subject)s”"),
        _("A decision on “%(subject)s” waits for a second look"),
        _ANSWERS_FOR,
        TEAMWORK,
    ),
    APPROVED: Wording(
        _("%(actor)s approved your decision on “%(subject)s”"),
        _("Your decision on “%(subject)s” was approved"),
        _WROTE,
        TEAMWORK,
    ),
    RETURNED: Wording(
        _("%(actor)s returned your decision on “%(subject)s”"),
        _("Your decision on “%(subject)s” was returned"),
        _WROTE,
        TEAMWORK,
    ),
    CANCELLED: Wording(
        _("%(actor)s cancelled your decision on “%(subject)s”"),
        _("Your decision on “%(subject)s” was cancelled"),
        _WROTE,
        TEAMWORK,
    ),
    OVERTAKEN: Wording(
        _("Your decision on “%(subject)s” was not published"),
        _("Your decision on “%(subject)s” was not published"),
        _WROTE,
        TEAMWORK,
    ),
    PUBLISHED: Wording(
        _("Your decision on “%(subject)s” is public"),
        _("Your decision on “%(subject)s” is public"),
        _WROTE,
        TEAMWORK,
    ),
    WITHDRAWN: Wording(
        _("%(actor)s withdrew a promise on “%(subject)s”"),
        _("A promise on “%(subject)s” was withdrawn"),
        _("You posted or support this idea."),
        DECISIONS,
    ),
    HALF: _reminder(_("Half of the time to answer “%(subject)s” is used up")),
    NEAR: _reminder(_("An answer on “%(subject)s” is due soon")),
    OVERDUE: _reminder(_("An answer on “%(subject)s” is overdue")),
    MERGED: Wording(
        _("%(actor)s merged “%(subject)s” into another idea: your support counts there"),
        _("“%(subject)s” was merged into another idea: your support counts there"),
        _SUPPORTED,
        DECISIONS,
    ),
    MERGED_YOURS: Wording(
        _("%(actor)s merged your idea “%(subject)s” into another one: agree or object"),
        _("Your idea “%(subject)s” was merged into another one: agree or object"),
        _("You posted this idea."),
        DECISIONS,
    ),
    UNMERGED: Wording(
        _("%(actor)s undid a merge: “%(subject)s” stands for itself again"),
        _("“%(subject)s” stands for itself again"),
        _SUPPORTED,
        DECISIONS,
    ),
    OBJECTED: Wording(
        _("%(actor)s objects to the merge of “%(subject)s”"),
        _("The author of “%(subject)s” objects to the merge"),
        _("Your team owns the board."),
        TEAMWORK,
    ),
    OBJECTION_ANSWERED: Wording(
        _("%(actor)s replied to your objection about “%(subject)s”"),
        _("The team replied to your objection about “%(subject)s”"),
        _("You posted this idea."),
        DECISIONS,
    ),
    CREDITED: Wording(
        _("%(actor)s used what you said on “%(subject)s”"),
        _("What you said on “%(subject)s” was used"),
        _("You wrote the comment."),
        CREDIT,
    ),
    CO_INVITED: Wording(
        _("%(actor)s asks you to co-write “%(subject)s”"),
        _("A friend asks you to co-write “%(subject)s”"),
        _("A friend asked you."),
    ),
    CO_JOINED: Wording(
        _("%(actor)s co-writes “%(subject)s” now"),
        _("A friend co-writes “%(subject)s” now"),
        _("You asked a friend to co-write it."),
    ),
    CO_LEFT: Wording(
        _("%(actor)s no longer co-writes “%(subject)s”"),
        _("A co-author left “%(subject)s”"),
        _("You asked a friend to co-write it."),
    ),
    CO_REMOVED: Wording(
        _("%(actor)s goes on with “%(subject)s” without you"),
        _("“%(subject)s” goes on without you"),
        _("You co-wrote it."),
    ),
    CO_DISCARDED: Wording(
        _("%(actor)s threw the draft “%(subject)s” away"),
        _("The draft “%(subject)s” was thrown away"),
        _("You co-wrote it."),
    ),
    CO_POSTED: Wording(
        _("%(actor)s posted “%(subject)s”, which you co-wrote"),
        _("“%(subject)s”, which you co-wrote, is posted"),
        _("You co-wrote it."),
    ),
    THANKED: Wording(
        _("“%(subject)s” shipped, and you have a part in it"),
        _("“%(subject)s” shipped, and you have a part in it"),
        _("You have a part in this idea."),
        CREDIT,
    ),
    VOIDED: _vote(_("Your support of “%(subject)s” does not count at present")),
    SEVERAL_VOIDED: _vote(_("%(subject)s of your supports do not count at present")),
    REINSTATED: _vote(_("Your support of “%(subject)s” stands again as it was")),
    SEVERAL_REINSTATED: _vote(_("%(subject)s of your supports stand again as they were")),
    OFFERED: Wording(
        _("%(actor)s made a draft of an idea from your topic “%(subject)s”: post it, or not"),
        _("Your topic “%(subject)s” could be an idea: a draft waits for you"),
        _("You wrote the topic."),
    ),
}

# What a contributor is thanked for, by the part they played.
THANKS = {
    "author": _("You had the idea."),
    "co_author": _("You wrote it together with the author."),
    "merged_author": _("You had the same idea."),
    "builds_on": _("You built on it."),
    "concern": _("You raised the concern that changed the decision."),
    "answer": _("You gave the answer that was used."),
}


def thanks(name: str, parts: Iterable[str]) -> str:
    """What a contributor reads when the idea has shipped, in the active language."""
    greeting = gettext("Thank you, %(name)s.") % {"name": name}
    return " ".join([greeting, *(str(THANKS[part]) for part in dict.fromkeys(parts))])


def register() -> None:
    """Tell the notifications how each kind reads, and what members choose about."""
    for group in GROUPS:
        wording.add_group(group)
    for kind, words in WORDINGS.items():
        wording.add(kind, words)
