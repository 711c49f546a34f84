"""People, teams and what they are told."""

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.models import Friendship, Member, Notification, PolicyVersion, Team, TeamMembership
from community.models.token import Scope
from community.services import create_token

PASSWORD = "correct-horse-battery"


class MemberFactory(factory.django.DjangoModelFactory):
    """A verified customer at TL1."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    handle = factory.Sequence(lambda n: f"member_{n}")
    display_name = factory.Sequence(lambda n: f"Member {n}")
    email = factory.LazyAttribute(lambda member: f"{member.handle}@example.org")
    email_verified_at = factory.LazyFunction(timezone.now)
    trust_level = 1
    time_zone = "Europe/Berlin"

    @factory.post_generation
    def password(member, create, extracted, **kwargs):
        """Hashed only where a test signs in with it."""
        if extracted:
            member.set_password(extracted)
            member.save(update_fields=["password"])

    @factory.post_generation
    def address(member, create, extracted, **kwargs):
        """What allauth knows of the address. Not made unless a test asks: `address=True`."""
        if extracted:
            EmailAddress.objects.create(
                user=member, email=member.email, verified=member.is_verified, primary=True
            )


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    slug = factory.Sequence(lambda n: f"team-{n}")


class TeamMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMembership

    team = factory.SubFactory(TeamFactory)
    member = factory.SubFactory(MemberFactory)


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    member = factory.SubFactory(MemberFactory)
    event_id = factory.Sequence(lambda n: n + 1)
    kind = "test.told"
    topic = "idea:1"
    subject = "A charging point at every bakery"
    url = "/ideas/1/"
    created_at = factory.LazyFunction(timezone.now)


class PolicyFactory(factory.django.DjangoModelFactory):
    """Not published yet."""

    class Meta:
        model = PolicyVersion

    kind = "terms"
    number = factory.Sequence(lambda n: n + 1)
    text_en = "Be kind."
    text_de = "Sei freundlich."
    changes_en = "We added a word."
    changes_de = "Ein Wort kam dazu."


def secret_of(member, *scopes):
    """A fresh token's secret."""
    scopes = scopes or (Scope.READ,)
    return create_token(member=member, name="test", scopes=scopes, days=30)[1]


def befriend(one, other):
    """Two friends, past all limits."""
    lo, hi = sorted((one.pk, other.pk))
    now = timezone.now()
    Friendship.objects.create(
        lo_id=lo, hi_id=hi, state="friends", requested_by_id=lo, requested_of_id=hi,
        requested_at=now, answered_at=now,
    )  # fmt: skip
