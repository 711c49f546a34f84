"""Queries that are written once and asked with other values."""

import threading

import pytest
from django.db import connection

from community.models import Member
from community.prepared import Prepared
from tests.factories.community import MemberFactory

pytestmark = pytest.mark.django_db


def by_handle():
    return Prepared(Member.objects.filter(handle="?"), {"handle": "?"})


def test_it_is_asked_with_other_values(django_assert_num_queries):
    ada, ben = MemberFactory(handle="ada"), MemberFactory(handle="ben")
    prepared = by_handle()
    with django_assert_num_queries(2):
        assert prepared.ask(handle="ada") == [ada]
        assert prepared.ask(handle="ben") == [ben]
    assert prepared.ask(handle="'; DROP TABLE community_member; --") == []


def test_numbers_keep_their_width():
    member = MemberFactory()
    prepared = Prepared(Member.objects.filter(pk=-1).select_related("profile"), {"pk": -1})
    [found] = prepared.ask(pk=member.pk)
    assert (found, found.profile.pk) == (member, member.profile.pk)


def test_a_value_that_would_be_forgotten_is_noticed():
    with pytest.raises(ValueError, match="place"):
        Prepared(Member.objects.filter(handle="?"), {"handle": "?", "place": "!"})


def test_threads_do_not_mix_their_values_up(committed):
    members = [MemberFactory(handle=f"mem{number}") for number in range(8)]
    prepared, found = by_handle(), {}

    def ask(handle):
        found[handle] = [prepared.ask(handle=handle) for _ in range(20)]
        connection.close()

    threads = [threading.Thread(target=ask, args=[member.handle]) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {member.handle: [[member]] * 20 for member in members}
