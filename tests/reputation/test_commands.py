"""The ledger from the terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activity import delivery
from ideas.services.supporting import give_support
from reputation.models import Ground, Reversal

pytestmark = pytest.mark.django_db


@pytest.fixture
def vote(idea, supporter, deliver):
    give_support(idea=idea, member=supporter)
    deliver()


@pytest.fixture
def run(monkeypatch):
    """What a command says. It hands over what is in this test's own transaction, too."""
    drain = delivery.drain
    monkeypatch.setattr(delivery, "drain", lambda upto=2**62: drain(upto=upto))

    def command(name, *args, **options):
        out = StringIO()
        call_command(name, *args, stdout=out, stderr=out, **options)
        return out.getvalue()

    return command


def standing_of(member):
    member.refresh_from_db()
    return member.standing


def test_verify_says_that_all_agrees(vote, run):
    assert "Everything agrees." in run("reputation_verify")


def test_verify_fails_and_names_what_drifted(vote, run, author, capsys):
    author.standing = 99
    author.save()
    with pytest.raises(SystemExit) as exit_:
        call_command("reputation_verify", "--without-log")
    assert exit_.value.code == 1
    assert f"Standing is the sum of the days: not so 1 times. member {author.pk}: -89" in (
        capsys.readouterr().err
    )


def test_recompute_repairs_it(vote, run, author):
    author.standing = 99
    author.save()
    assert "1 members had another standing." in run("reputation_recompute")
    assert standing_of(author) == 10


def test_recompute_from_the_log_shows_first_and_corrects_then(vote, run, author):
    Ground.objects.update(points=4)
    said = run("reputation_recompute", "--from-log")
    assert "1 grounds differ: supported idea" in said
    assert "They stay as they are." in said
    assert Ground.objects.get().points == 4
    with pytest.raises(CommandError, match="Say why"):
        run("reputation_recompute", "--from-log", "--really")
    said = run("reputation_recompute", "--from-log", "--really", reason="A disk was broken.")
    assert "1 grounds were corrected." in said
    assert Ground.objects.get().points == 10
    assert "0 grounds differ." in run("reputation_recompute", "--from-log")
    assert standing_of(author) == 10


def test_reverse_shows_first_does_it_once_and_undoes_it(vote, run, author):
    said = run("reputation_reverse", "--deeds-of", "sven")
    assert "supported: 1 grounds, +10 points" in said
    assert "Nothing was done." in said
    assert standing_of(author) == 10
    run("reputation_reverse", "--deeds-of", "sven", "--really", reason="Bought.")
    assert standing_of(author) == 0
    again = run("reputation_reverse", "--deeds-of", "sven", "--really", reason="Bought.")
    assert "Nothing to reverse." in again
    number = str(Reversal.objects.get().pk)
    assert "Nothing was done." in run("reputation_reverse", "--undo", number)
    run("reputation_reverse", "--undo", number, "--really", reason="They were not.")
    assert standing_of(author) == 10


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--deeds-of", "nobody"], "no member nobody"),
        (["--undo", "77"], "no reversal 77"),
        (["--deeds-of", "sven", "--really"], "Say why."),
    ],
)
def test_what_is_refused(vote, run, args, why):
    with pytest.raises(CommandError, match=why):
        run("reputation_reverse", *args)


def test_rank_says_what_it_did(vote, run):
    assert "5 leaderboards, 5 places changed." in run("reputation_rank")
    assert "5 leaderboards, 0 places changed." in run("reputation_rank")
