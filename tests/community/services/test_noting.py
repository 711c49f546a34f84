import pytest
from django.db import DatabaseError, transaction
from django.db.utils import IntegrityError

from community.models import PrivateLook
from community.services.noting import note_look

pytestmark = pytest.mark.django_db


def test_a_look_says_who_looked_at_whom_and_at_what(admin_member, member):
    note_look(viewer=admin_member, member=member, what="account")
    look = PrivateLook.objects.get()
    assert (look.viewer, look.member, look.what) == (admin_member, member, "account")


def test_ones_own_is_no_look(admin_member):
    note_look(viewer=admin_member, member=admin_member, what="account")
    assert not PrivateLook.objects.exists()


def test_looks_are_only_ever_added(admin_member, member):
    note_look(viewer=admin_member, member=member, what="account")
    look = PrivateLook.objects.get()
    for change in (look.save, look.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("what", ["", "everything"])
def test_it_is_something_that_is_private(admin_member, member, what):
    with pytest.raises(IntegrityError), transaction.atomic():
        note_look(viewer=admin_member, member=member, what=what)
