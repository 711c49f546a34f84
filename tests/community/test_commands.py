import pytest
from django.core.management import CommandError, call_command

from community import services

pytestmark = pytest.mark.django_db


def test_a_token_is_made_at_the_terminal(member, capsys):
    call_command("create_token", "Mara", "--scope", "read", "--scope", "write", "--days", "10")
    token = services.token_of(secret=capsys.readouterr().out.strip())
    assert token.member == member
    assert token.scopes == ["read", "write"]


@pytest.mark.parametrize("arguments", [["nobody"], ["mara", "--days", "400"]])
def test_what_cannot_be_is_said(member, arguments):
    with pytest.raises(CommandError):
        call_command("create_token", *arguments)
