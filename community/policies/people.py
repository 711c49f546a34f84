"""Who may ask whom, keep away from whom, and change a handle."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import trust
from community.circle import MOST_ASKS, Between
from community.models import Export, FormerHandle, Friendship, Member
from community.verdicts import YES, AboutLevels, Verdict, limited, no

A_DAY = timedelta(days=1)
HANDLE_RESTS = timedelta(days=30)


def can_ask(member: Member, other: Member, between: Between) -> Verdict:
    """Whether a member may ask another to be friends, who has not asked them."""
    if between.is_self:
        return no("yourself", _("You cannot be a friend of yourself."))
    if between.is_blocked:
        return no("you_blocked", _("You blocked this member. Unblock them first."))
    if not other.is_active:
        return no("not_here", _("This member is not here any more."))
    return can_ask_anybody(member) and _may_ask_again(between)


def can_ask_anybody(member: Member) -> Verdict:
    """Whether a member may ask anybody at all just now."""
    return _within_limits(member) if member.privileges.requests_a_day else _too_new()


def _too_new() -> Verdict:
    level = trust.level_with("requests_a_day", 0)
    assert level is not None
    reason = _(
        "You can ask others to be friends from %(level)s on. It comes by itself after a day with a "
        "confirmed address, once you have been around a little."
    )
    return no("trust_level_too_low", AboutLevels(reason % {"level": trust.named(level)}))


def _may_ask_again(between: Between) -> Verdict:
    if between.asks >= MOST_ASKS:
        return no("asked_enough", _("You have asked three times. They can still ask you."))
    again = between.again_at
    if again and again > timezone.now():
        return no("asked_lately", _("You can ask again on %(day)s.") % {"day": _day(again)})
    return YES


def _within_limits(member: Member) -> Verdict:
    may = member.privileges
    lately = Friendship.objects.asked_since(member, timezone.now() - A_DAY)
    if lately[: may.requests_a_day].count() >= may.requests_a_day:
        words = ngettext(
            "You can ask %(number)d member a day.", "You can ask %(number)d members a day.",
            may.requests_a_day,
        )  # fmt: skip
        return _limited("too_many_today", words, "requests_a_day", may.requests_a_day)
    if Friendship.objects.sent(member)[: may.requests_waiting].count() >= may.requests_waiting:
        words = ngettext(
            "%(number)d request of yours waits for an answer. Withdraw one first.",
            "%(number)d requests of yours wait for an answer. Withdraw one first.",
            may.requests_waiting,
        )
        return _limited("too_many_waiting", words, "requests_waiting", may.requests_waiting)
    return YES


def _limited(code: str, words: str, privilege: str, number: int) -> Verdict:
    """The limit, and the level from which on it is higher."""
    return no(code, limited(words % {"number": number}, privilege, number))


def can_keep_distance(member: Member, other: Member) -> Verdict:
    """Whether a member may block or mute another."""
    if member.pk == other.pk:
        return no("yourself", _("That would be yourself."))
    return YES


def can_change_handle(member: Member) -> Verdict:
    """Once in 30 days, so that others can follow. Members before their first change may at once."""
    newest = FormerHandle.objects.filter(member=member).order_by("-left_at").first()
    if newest is None or newest.left_at + HANDLE_RESTS <= timezone.now():
        return YES
    day = _day(newest.left_at + HANDLE_RESTS)
    return no("handle_changed_lately", _("You can change it again on %(day)s.") % {"day": day})


def _day(when: datetime) -> str:
    return date_format(timezone.localtime(when), "DATE_FORMAT")


def can_export(member: Member) -> Verdict:
    """One copy at a time."""
    if Export.objects.under_way().filter(member=member).exists():
        return no("export_under_way", _("Your copy is being made already."))
    return YES


def can_leave(member: Member) -> Verdict:
    """Anybody but the last who can run the site."""
    if not member.is_superuser:
        return YES
    others = Member.objects.active().filter(is_superuser=True).exclude(pk=member.pk)
    if others.exists():
        return YES
    return no(
        "last_administrator",
        _("You are the only administrator. Make somebody else one before you go."),
    )
