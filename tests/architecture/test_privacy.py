"""Every app answers for what it keeps about members."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils import translation

from community import privacy
from community.models import Member
from community.privacy import FATES, Answer

# Plain numbers that stand for a member, where no foreign key can be.
PLAIN_KEYS = ("actor_id", "author_id", "member_id", "user_id", "owner_id")
TEXTUAL = ("CharField", "TextField", "JSONField")


def leads_to_a_member(field: "Field[Any, Any]") -> bool:
    """A foreign key, one to one, or a plain number that is called like one."""
    if field.is_relation:
        return bool(field.related_model is Member and field.concrete and not field.many_to_many)
    plain = field.name.endswith(PLAIN_KEYS) and field.get_internal_type() not in TEXTUAL
    return plain and not field.primary_key


def keys_to_members() -> Iterator[tuple[str, str]]:
    """In every table there is: those of libraries and those between others, too."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy:
            for field in model._meta.local_concrete_fields:
                if leads_to_a_member(field):
                    yield model._meta.label, field.name


def test_somebody_answers_for_every_key_to_a_member() -> None:
    keys = set(keys_to_members())
    assert len(keys) > 30
    unanswered = sorted(f"{model}.{field}" for model, field in keys - privacy.key_names())
    assert unanswered == [], "Say in the app's personal.py what becomes of these."


def is_there(model: type[Model], path: str) -> bool:
    """Whether a way such as `comment__author` leads to a field."""
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return bool(field.concrete)


def test_nobody_answers_for_what_is_not_there() -> None:
    for answer in privacy.answers():
        for path in (answer.key, *answer.columns):
            assert is_there(answer.model, path), f"{answer.name}: {path}"


def test_what_is_exported_has_a_file_and_a_heading_of_its_own() -> None:
    names = [answer.export for answer in privacy.exported()]
    assert len(names) == len(set(names))
    for language in ("en", "de"):
        with translation.override(language):
            headings = [str(answer.what) for answer in privacy.exported()]
            assert all(headings)
            assert len(headings) == len(set(headings))


def test_what_belongs_to_a_member_is_in_the_export() -> None:
    """What is removed is theirs, so they can have it: but for what says nothing, or is the
    business of others."""
    silent = {
        "community.Member_user_permissions.member", "community.SentMail.to",
        "ideas.Presence.member", "community.Friendship.lo", "community.Friendship.hi",
    }  # fmt: skip
    of_others = {
        "community.Friend.friend", "community.Block.blocked", "community.Mute.muted",
        "community.Dismissal.dismissed", "community.MemberFollow.followed",
    }  # fmt: skip
    theirs = {a.name for a in privacy.answers() if a.fate.value in ("removed", "chosen")}
    assert {a.name for a in privacy.answers() if a.name in theirs and not a.export} == (
        silent | of_others
    )


def test_every_fate_reads_as_something() -> None:
    assert set(FATES) == {answer.fate for answer in privacy.answers()}


def never_lets_go(answer: Answer) -> bool:
    """Rows that are to be removed, in a table that refuses it."""
    triggers = getattr(answer.model._meta, "triggers", [])
    kept = any("DELETE" in str(t.operation).upper() and "Protect" in type(t).__name__
               for t in triggers)  # fmt: skip
    return answer.fate.value == "removed" and kept


def test_nothing_is_to_be_removed_that_cannot_be() -> None:
    assert [answer.name for answer in privacy.answers() if never_lets_go(answer)] == []
