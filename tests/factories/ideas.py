"""Boards, ideas, supporters and what is said about them."""

from collections import deque

import factory
from django.utils import timezone

from community import markdown
from community.models import Member
from ideas.models import Board, Comment, Idea, IdeaRevision
from ideas.services.discussing import comment
from ideas.services.steps import Grounds, decide
from ideas.services.supporting import give_support
from ideas.services.writing import SNIPPET
from ideas.status import STEPS, Role, Status
from tests.factories.community import MemberFactory, TeamFactory, TeamMembershipFactory

# Says enough for every step there is.
GROUNDS = Grounds(
    statement="We looked into it.",
    reason="legal",
    change_our_mind="Another law.",
    rough_when="spring",
    cost_band="medium",
)


class BoardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Board

    name = factory.Sequence(lambda n: f"Board {n}")
    slug = factory.Sequence(lambda n: f"board-{n}")
    team = factory.SubFactory(TeamFactory)


class IdeaFactory(factory.django.DjangoModelFactory):
    """A posted idea. For other statuses see `idea_in`; for drafts DraftFactory."""

    class Meta:
        model = Idea
        skip_postgeneration_save = True

    board = factory.SubFactory(BoardFactory)
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda n: f"A lamp in garage {n}")
    body = "It is dark in there."
    body_html = factory.LazyAttribute(lambda idea: markdown.render(idea.body))
    snippet = factory.LazyAttribute(lambda idea: markdown.plain(idea.body, SNIPPET))
    status = Status.OPEN
    opened_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def first_revision(idea, create, extracted, **kwargs):
        if idea.status != Status.DRAFT:
            IdeaRevision.objects.create(
                idea=idea, number=1, title=idea.title, body=idea.body, editor=idea.author
            )


class DraftFactory(IdeaFactory):
    status = Status.DRAFT
    opened_at = None


def answering(board: Board) -> Member:
    """Somebody who speaks for the board's team."""
    known = Member.objects.filter(team_memberships__team=board.team).first()
    return known or TeamMembershipFactory(team=board.team).member


def way_to(target: str, start: str = Status.OPEN) -> list[str]:
    """The shortest way through the table of steps."""
    ways = deque([[start]])
    while ways[0][-1] != target:
        way = ways.popleft()
        team = (s for s in STEPS if s.source == way[-1] and Role.TEAM in s.roles)
        ways.extend([*way, step.target] for step in team if step.target not in way)
    return ways[0][1:]


def idea_in(status: str, **fields: object) -> Idea:
    """An idea that a team has taken to a status, step by step."""
    if status == Status.DRAFT:
        return DraftFactory(**fields)
    idea = IdeaFactory(**fields)
    for target in way_to(status):
        decide(idea=idea, to=target, by=answering(idea.board), grounds=GROUNDS)
    idea.refresh_from_db()
    return idea


def supported(idea: Idea, count: int = 1) -> list[Member]:
    """That many members support the idea now."""
    members = MemberFactory.create_batch(count)
    for member in members:
        give_support(idea=idea, member=member)
    return members


def said_on(idea: Idea, body: str = "Good.", **fields: object) -> Comment:
    """Somebody comments."""
    by = fields.pop("by", None) or MemberFactory()
    return comment(idea=idea, by=by, body=body, **fields)
