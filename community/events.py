from dataclasses import dataclass, field

from activity.events import Event


@dataclass(frozen=True, kw_only=True)
class MemberJoined(Event):
    kind = "community.member_joined"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AddressConfirmed(Event):
    """A member proved that an e-mail address is theirs; what waited for it may count now."""

    kind = "community.address_confirmed"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MailStopped(Event):
    """A member's address refused so much that nothing more is sent there."""

    kind = "community.mail_stopped"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Event):
    """A version of the terms, the privacy policy or the house rules, which `policy` says."""

    kind = "community.policy_published"
    version_id: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class PolicyTold(Event):
    """Members up to this number were told of a version; the others come next."""

    kind = "community.policy_told"
    version_id: int
    up_to: int


@dataclass(frozen=True, kw_only=True)
class ExportMade(Event):
    """A copy of everything about a member is ready for them."""

    kind = "community.export_made"
    export_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MailResumed(Event):
    """It is written to again: the member says that it works, or somebody in the admin does."""

    kind = "community.mail_resumed"
    member_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """A member asked to be deleted. They can come back until `departure_id` is due."""

    kind = "community.account_closed"
    departure_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Event):
    """A member who had closed the account came back."""

    kind = "community.account_reopened"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    """A member is deleted: only the number is left."""

    kind = "community.member_left"
    member_id: int


@dataclass(frozen=True, kw_only=True)
class FriendshipRequested(Event):
    """A member asked another, for the first time or again. What is declined is no fact to tell."""

    kind = "community.friendship_requested"
    asker_id: int
    asked_id: int


@dataclass(frozen=True, kw_only=True)
class FriendshipMade(Event):
    """`asker_id` had asked; `accepted_by` said yes, or asked the other way."""

    kind = "community.friendship_made"
    asker_id: int
    accepted_by: int


@dataclass(frozen=True, kw_only=True)
class FriendshipEnded(Event):
    kind = "community.friendship_ended"
    member_id: int
    friend_id: int


@dataclass(frozen=True, kw_only=True)
class LinkVerified(Event):
    """A page elsewhere links back to the member who calls it theirs."""

    kind = "community.link_verified"
    member_id: int
    link_id: int


@dataclass(frozen=True, kw_only=True)
class TopicOpened(Event):
    """`official`: the author spoke for the space's team. `mentioned`: member ids."""

    kind = "community.topic_opened"
    topic_id: int
    space_id: int
    author_id: int
    topic_kind: str
    official: bool
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReplyPosted(Event):
    """`quoted_id`: the author of the reply that this one quotes."""

    kind = "community.reply_posted"
    topic_id: int
    reply_id: int
    author_id: int
    official: bool
    quoted_id: int | None = None
    mentioned: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ReplyFoundHelpful(Event):
    kind = "community.reply_found_helpful"
    reply_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ReplyHelpfulWithdrawn(Event):
    """Somebody who had found a reply helpful does not say so any more."""

    kind = "community.reply_helpful_withdrawn"
    reply_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerAccepted(Event):
    """`author_id` wrote the answer, `asker_id` the question; the actor accepted it."""

    kind = "community.answer_accepted"
    topic_id: int
    reply_id: int
    author_id: int
    asker_id: int


@dataclass(frozen=True, kw_only=True)
class AnswerUnaccepted(Event):
    """The answer is none any more: another was chosen, the asker took it back, or it was hidden."""

    kind = "community.answer_unaccepted"
    topic_id: int
    reply_id: int
    author_id: int
    asker_id: int


@dataclass(frozen=True, kw_only=True)
class SolvedMineToo(Event):
    """An accepted answer solved it for `member_id`, too."""

    kind = "community.solved_mine_too"
    topic_id: int
    reply_id: int
    author_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class SolvedMineTooWithdrawn(Event):
    """`member_id` took it back."""

    kind = "community.solved_mine_too_withdrawn"
    topic_id: int
    reply_id: int
    author_id: int
    member_id: int
