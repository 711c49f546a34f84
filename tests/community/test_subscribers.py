"""What these say is told in tests/community/services/test_exporting.py and test_departing.py."""

import pytest

from community import services
from community.models import Export, Notification
from community.services import exporting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_place")]


def test_nobody_is_told_of_a_copy_that_is_gone(member, deliver):
    services.ask_for_export(member=member)
    exporting.make_waiting()
    exporting.forget(exports=Export.objects.all())
    deliver()
    assert not Notification.objects.exists()


def test_who_came_back_at_once_gets_no_mail_about_leaving(member, deliver, mailoutbox):
    services.close_account(member=member, content="keep")
    services.take_back(member=member)
    deliver()
    assert mailoutbox == []
