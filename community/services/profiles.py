"""What members say of themselves, and who may read it."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community import markdown
from community.errors import Refused
from community.models import Member, Profile, ProfileLink
from community.models.profile import MOST_LINKS
from community.models.sight import PARTS, Visibility
from community.services import verifying

MOST_TAGS = 10
LONGEST_TAG = 40


@transaction.atomic
def save_about(
    *,
    member: Member,
    bio: str | None = None,
    location: str | None = None,
    tags: Sequence[str] | None = None,
    links: Sequence[str] | None = None,
) -> Profile:
    """Change what is given. All or nothing: raises Refused."""
    profile = Profile.objects.select_for_update(no_key=True).get(pk=member.pk)
    if bio is not None:
        profile.bio, profile.bio_html = bio, markdown.render(bio)
    if location is not None:
        profile.location = location
    profile.save(update_fields=["bio", "bio_html", "location"])
    if tags is not None:
        _set_tags(profile, tags)
    if links is not None:
        _set_links(member, list(dict.fromkeys(links)))
    return profile


def _set_tags(profile: Profile, tags: Sequence[str]) -> None:
    if len(tags) > MOST_TAGS:
        raise Refused(_("Use ten tags at the most."), code="too_many_tags")
    profile.tags.set(list(tags))


def _set_links(member: Member, urls: list[str]) -> None:
    """In this order. What was verified stays so; a new one is looked at soon."""
    if len(urls) > MOST_LINKS:
        raise Refused(_("Name five pages at the most."), code="too_many_links")
    if any(not url.startswith("https://") for url in urls):
        raise Refused(_("A link begins with https://."), code="link_not_https")
    had = {link.url: link for link in ProfileLink.objects.filter(member=member)}
    ProfileLink.objects.filter(member=member).delete()
    now = timezone.now()
    ProfileLink.objects.bulk_create(
        ProfileLink(
            member=member,
            position=position,
            url=url,
            verified_at=had[url].verified_at if url in had else None,
            due_at=had[url].due_at if url in had else now,
        )
        for position, url in enumerate(urls)
    )
    if set(urls) - had.keys():
        transaction.on_commit(verifying.ask_for_checking, robust=True)


@transaction.atomic
def choose_visibility(*, member: Member, choices: Mapping[str, int]) -> None:
    """Who sees which part of the profile; parts that are not named stay as they are."""
    if unknown := choices.keys() - set(PARTS):
        raise TypeError(f"Not of a profile: {', '.join(sorted(unknown))}")
    columns = {f"{part}_for": Visibility(choice) for part, choice in choices.items()}
    Profile.objects.filter(pk=member.pk).update(**columns)


@transaction.atomic
def check_links_again(*, member: Member) -> None:
    """Have the member's unverified links looked at now rather than next week."""
    links = ProfileLink.objects.filter(member=member, verified_at=None)
    if links.update(due_at=timezone.now()):
        transaction.on_commit(verifying.ask_for_checking, robust=True)
