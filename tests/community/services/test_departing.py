from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from activity.models import EventRecord
from community import privacy, services
from community.errors import Refused
from community.models import (
    AccessToken,
    Block,
    Departure,
    Export,
    FormerHandle,
    Friend,
    Friendship,
    Member,
    Mute,
    Notification,
    Profile,
    ProfileLink,
    SignIn,
    TeamMembership,
)
from community.models.privacy import Content
from community.services import accounts, departing, exporting, placeholders
from community.tasks import delete_members, forget_what_expired
from tests.factories.community import MemberFactory, NotificationFactory, secret_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]


@pytest.fixture
def leaves():
    """`leaves(mara)`: she has closed the account, and the time of grace is over."""

    def goes(member, content=Content.KEEP):
        departure = services.close_account(member=member, content=content)
        is_over(departure)
        return departure

    return goes


def is_over(departure):
    Departure.objects.filter(pk=departure.pk).update(due_at=timezone.now())


def test_a_closed_account_is_closed_to_everybody(member, as_member, visitor):
    secret = secret_of(member)
    services.close_account(member=member, content=Content.KEEP)
    assert visitor.get("/people/mara/").status_code == 404
    assert visitor.get(f"/people/former_{member.pk}/").status_code == 404
    assert as_member.get("/settings/").status_code == 302
    assert services.token_of(secret=secret) is None
    assert not UserSession.objects.filter(user=member).exists()


def test_nothing_shows_the_name_of_who_left(member):
    services.close_account(member=member, content=Content.KEEP)
    shown = Member.objects.get(pk=member.pk)
    assert (str(shown), shown.handle, shown.has_left) == (
        "Former member", f"former_{member.pk}", True,
    )  # fmt: skip
    assert shown.avatar_url.endswith("img/former.svg")
    with translation.override("de"):
        assert str(shown) != "Former member"


def test_no_notification_and_no_mail_reaches_a_closed_account(member):
    services.close_account(member=member, content=Content.KEEP)
    told = services.notify(
        event_id=1, kind="test", topic="idea:1", subject="News", excerpt="", url="/",
        actor_id=None, recipients=[member.pk], occurred_at=timezone.now(),
    )  # fmt: skip
    assert told == 0


def test_one_mail_says_that_it_is_closed(member, deliver, mailoutbox):
    Member.objects.filter(pk=member.pk).update(language="de")
    services.close_account(member=member, content=Content.KEEP)
    deliver()
    (letter,) = mailoutbox
    assert letter.to == ["mara@example.org"]
    assert "Mara Lindqvist" in letter.body
    assert "/accounts/login/" in letter.body


def test_taking_it_back_leaves_everything_as_it_was(member):
    member.avatar.save("me.webp", ContentFile(b"a face"))
    before = {field.attname: getattr(member, field.attname) for field in Member._meta.fields}
    services.close_account(member=member, content=Content.REMOVE)
    services.take_back(member=member)
    after = Member.objects.get(pk=member.pk)
    assert {name: getattr(after, name) for name in before} == before
    with after.avatar.open() as picture:
        assert picture.read() == b"a face"
    assert not Departure.objects.exists()


def test_nobody_is_deleted_while_they_can_come_back(member):
    services.close_account(member=member, content=Content.KEEP)
    delete_members()
    departure = Departure.objects.get()
    assert departure.begun_at is None
    assert departure.due_at - timezone.now() > timedelta(days=13)


def test_too_late_to_come_back(member, leaves):
    leaves(member)
    delete_members()
    with pytest.raises(Refused) as refused:
        services.take_back(member=member)
    assert refused.value.code == "too_late"


def test_nothing_personal_is_left(member, team, leaves):
    member.avatar.save("me.webp", ContentFile(b"a face"))
    picture, storage = member.avatar.name, member.avatar.storage
    EmailAddress.objects.create(user=member, email=member.email)
    TeamMembership.objects.create(team=team, member=member)
    NotificationFactory(member=member)
    SignIn.objects.create(member=member, way="password", block="203.0.113.0/24")
    secret_of(member)
    leaves(member)
    delete_members()
    left = Member.objects.get(pk=member.pk)
    assert left.email == f"former_{member.pk}@deleted.invalid"
    assert not left.has_usable_password()
    assert (left.is_active, left.is_verified, left.serves) == (False, False, False)
    departure = Departure.objects.get()
    assert (departure.display_name, departure.avatar, departure.handle) == ("", "", "mara")
    assert departure.done_at is not None
    removed = (EmailAddress, TeamMembership, Notification, SignIn, AccessToken)
    assert [model for model in removed if model.objects.exists()] == []
    assert EventRecord.objects.filter(kind="community.member_left").count() == 1
    assert storage.exists(picture)  # until the transaction is sure


def test_the_picture_goes_with_the_member(member, leaves, django_capture_on_commit_callbacks):
    member.avatar.save("me.webp", ContentFile(b"a face"))
    picture, storage = member.avatar.name, member.avatar.storage
    leaves(member)
    with django_capture_on_commit_callbacks(execute=True):
        delete_members()
    assert not storage.exists(picture)


def test_deleting_again_changes_nothing(member, leaves):
    departure = leaves(member)
    delete_members()
    first = Departure.objects.get()
    assert departing.erase_due() == 0
    departing.erase(departure)
    assert Member.objects.get(pk=member.pk).email == f"former_{member.pk}@deleted.invalid"
    assert Departure.objects.get().handle == first.handle


def test_a_killed_worker_is_followed_by_another(member, leaves):
    """It begins behind the parts that were done."""
    leaves(member)
    names = [answer.name for answer in privacy.answers()]
    claimed = departing.claim()
    claimed.done = names[:3]
    claimed.save()
    assert departing.erase_due() == 0
    Departure.objects.update(claimed_at=timezone.now() - departing.CLAIM_LASTS * 2)
    assert departing.erase_due() == 1
    assert Departure.objects.get().done_at is not None


def test_a_part_that_fails_is_tried_again(member, leaves, monkeypatch, caplog):
    leaves(member)
    NotificationFactory(member=member)

    def fails(leaving):
        raise OSError("The disk is full.")

    broken = privacy.Answer(
        model=Notification, key="member", fate=privacy.Fate.REMOVED, erase=fails
    )
    key = ("community.Notification", "member")
    with monkeypatch.context() as patched:
        patched.setitem(privacy._ANSWERS, key, broken)
        assert departing.erase_due() == 0
    assert "is not deleted yet" in caplog.text
    assert Departure.objects.get().done_at is None
    Departure.objects.update(claimed_at=timezone.now() - departing.CLAIM_LASTS * 2)
    assert departing.erase_due() == 1
    assert not Notification.objects.exists()


def test_batches_get_to_the_end(member, leaves, monkeypatch):
    monkeypatch.setattr(departing, "BATCH", 2)
    NotificationFactory.create_batch(5, member=member)
    leaves(member)
    delete_members()
    assert not Notification.objects.filter(member=member).exists()


def test_the_handle_is_held_for_a_year(member, stranger, leaves):
    leaves(member)
    for _time in ("in grace", "deleted"):
        with pytest.raises(Refused) as refused:
            accounts.save_profile(member=stranger, handle="mara")
        assert refused.value.code == "handle_taken"
        joined = accounts.join(member=Member(email="m@example.org", display_name="Mara"))
        assert joined.handle == "mara2"
        Member.objects.filter(pk=joined.pk).delete()
        assert placeholders.find_or_make(names=["mara"])["mara"].handle != "mara"
        Member.objects.filter(display_name="mara").delete()
        delete_members()
    Departure.objects.update(done_at=timezone.now() - timedelta(days=366))
    forget_what_expired()
    assert accounts.save_profile(member=stranger, handle="mara").handle == "mara"


def test_nobody_can_call_themselves_a_former_member(stranger):
    with pytest.raises(Refused) as refused:
        accounts.save_profile(member=stranger, handle="former_1")
    assert refused.value.code == "handle_reserved"


def test_the_last_administrator_stays(admin_member):
    with pytest.raises(Refused) as refused:
        services.close_account(member=admin_member, content=Content.KEEP)
    assert refused.value.code == "last_administrator"
    MemberFactory(is_superuser=True)
    services.close_account(member=admin_member, content=Content.KEEP)


def test_closing_twice_is_closing_once(member):
    services.close_account(member=member, content=Content.KEEP)
    with pytest.raises(Refused):
        services.close_account(member=member, content=Content.REMOVE)
    assert Departure.objects.get().content == Content.KEEP


def test_copies_go_when_the_account_is_closed(member, django_capture_on_commit_callbacks):
    export = services.ask_for_export(member=member)
    exporting.make_waiting()
    export.refresh_from_db()
    name, storage = export.file.name, export.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        services.close_account(member=member, content=Content.KEEP)
    assert not Export.objects.exists()
    assert not storage.exists(name)


def test_what_others_were_told_keeps_the_words_only_if_they_stay(member, stranger, leaves):
    NotificationFactory(member=stranger, actor=member, excerpt="What Mara wrote.")
    departure = leaves(member)
    delete_members()
    assert Notification.objects.get().excerpt == "What Mara wrote."
    Departure.objects.filter(pk=departure.pk).update(content=Content.REMOVE, done_at=None)
    delete_members()
    assert Notification.objects.get().excerpt == ""


def test_nothing_is_left_between_who_leaves_and_others(member, stranger, leaves):
    friend, asker, blocked = MemberFactory.create_batch(3)
    services.ask(member=member, other=friend)
    services.accept(member=friend, other=member)
    services.ask(member=asker, other=member)
    services.block(member=member, other=blocked)
    services.mute_member(member=stranger, other=member)
    Profile.objects.filter(member=member).update(bio="I like lamps.", location="Malmö")
    member.links.create(position=0, url="https://example.org/mara")
    leaves(member)
    delete_members()
    between = (Friendship, Friend, Block, Mute, ProfileLink)
    assert [model for model in between if model.objects.exists()] == []
    profile = Profile.objects.get(member=member)
    assert (profile.bio, profile.bio_html, profile.location) == ("", "", "")


def test_coming_back_leaves_the_handle_to_be_chosen(member):
    services.close_account(member=member, content=Content.KEEP)
    back = services.take_back(member=member)
    assert not FormerHandle.objects.filter(member=back).exists()
    assert accounts.save_profile(member=back, handle="mara_l").handle == "mara_l"
