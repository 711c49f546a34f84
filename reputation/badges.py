"""Badges: what there is to earn, by grade, in words. Their rules are in services.awarding.rules.

A badge says that something came of what a member did. None is for votes cast, for how much
somebody writes, or for coming every day.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Grade(models.TextChoices):
    """How much it takes."""

    BRONZE = "bronze", _("Bronze")
    SILVER = "silver", _("Silver")
    GOLD = "gold", _("Gold")


@dataclass(frozen=True)
class Badge:
    """`what` says what it stands for, `how` what has to happen. One that can be had again is
    earned by each thing anew, such as each idea; the others once."""

    slug: str
    grade: Grade
    name: "StrOrPromise"
    what: "StrOrPromise"
    how: "StrOrPromise"
    repeatable: bool = False


def _each(
    name: "StrOrPromise", what: "StrOrPromise", how: "StrOrPromise", *, slug: str, grade: Grade
) -> Badge:
    return Badge(slug, grade, name, what, how, repeatable=True)


ALL = (
    # Bronze: something began.
    Badge("good-point", Grade.BRONZE, _("Good point"),
          _("The first time that what you said helped."),
          _("A comment or a reply of yours is found helpful.")),
    Badge("first-aid", Grade.BRONZE, _("First aid"),
          _("The first question that is none any more, thanks to you."),
          _("An answer of yours in the forum is accepted.")),
    Badge("loop-closed", Grade.BRONZE, _("Loop closed"),
          _("Asked, helped, and said so."),
          _("You accept somebody's answer to a question of yours.")),
    _each(_("Spark"), _("It caught."), _("Ten members support an idea of yours."),
          slug="spark", grade=Grade.BRONZE),
    _each(_("Pencilled in"), _("It has a place in the plan."),
          _("The team decides to do an idea of yours."),
          slug="pencilled-in", grade=Grade.BRONZE),
    _each(_("Building block"), _("A piece of you is in it."),
          _("A comment in which you build on somebody's idea is taken up."),
          slug="building-block", grade=Grade.BRONZE),
    _each(_("On board"), _("It sailed, and you were there."),
          _("An idea that is not yours is shipped, and you had a part in it."),
          slug="on-board", grade=Grade.BRONZE),
    Badge("open-door", Grade.BRONZE, _("Open door"),
          _("Somebody new was not left standing there."),
          _("Somebody in their first week finds what you said helpful, or accepts your answer.")),
    # Silver: it became more.
    _each(_("Chorus"), _("Many voices, one wish."), _("50 members support an idea of yours."),
          slug="chorus", grade=Grade.SILVER),
    Badge("hat-trick", Grade.SILVER, _("Hat-trick"),
          _("Once is luck, three times is a good nose."),
          _("Three ideas of yours are planned, being worked on or shipped.")),
    Badge("whole-wall", Grade.SILVER, _("A whole wall"),
          _("Block upon block, on what others began."),
          _("Five of your comments that build on ideas are taken up.")),
    _each(_("Two heads"), _("Written together, made real together."),
          _("An idea that you wrote together with its author is shipped."),
          slug="two-heads", grade=Grade.SILVER),
    _each(_("Same wavelength"), _("You had the same thought, and stood aside for it."),
          _("An idea of yours was merged into another one, and that is shipped."),
          slug="same-wavelength", grade=Grade.SILVER),
    _each(_("Worth reading"), _("Said once, of use to many."),
          _("Ten members find the same comment or reply of yours helpful."),
          slug="worth-reading", grade=Grade.SILVER),
    Badge("commuter", Grade.SILVER, _("Commuter"),
          _("At home with ideas as in the forum."),
          _("Your comments on ideas are found helpful five times, and your replies in the forum"
            " as often.")),
    Badge("helping-hand", Grade.SILVER, _("Helping hand"),
          _("Ten who got on with it."), _("Ten answers of yours are accepted.")),
    _each(_("Good question"), _("You asked what many wanted to know."),
          _("The answer that you accepted solves it for five others, too."),
          slug="good-question", grade=Grade.SILVER),
    _each(_("Spare key"), _("It fits more than one door."),
          _("An accepted answer of yours solves it for five others, too."),
          slug="spare-key", grade=Grade.SILVER),
    Badge("steady-hand", Grade.SILVER, _("Steady hand"),
          _("There when it counts, and the day after."),
          _("What you said is found helpful on seven days within two weeks.")),
    Badge("hospitality", Grade.SILVER, _("Hospitality"),
          _("Some stay because of the first week."),
          _("You help five members in their first week.")),
    Badge("all-rounder", Grade.SILVER, _("All-rounder"),
          _("Thinks up, thinks along, helps out."),
          _("You have an idea that is planned, an answer that is accepted, and a comment that was"
            " built into an idea.")),
    # Gold: it changed something.
    _each(_("Made real"), _("From a sentence to something that is there."),
          _("An idea of yours is shipped."), slug="made-real", grade=Grade.GOLD),
    Badge("track-record", Grade.GOLD, _("Track record"),
          _("Whoever listens to you builds the right thing."),
          _("Three ideas of yours are shipped.")),
    _each(_("Many hands"), _("You began it, and let others in."),
          _("An idea of yours is shipped in which three others have a part."),
          slug="many-hands", grade=Grade.GOLD),
    Badge("five-bridges", Grade.GOLD, _("Five bridges"),
          _("Better together, five times over."),
          _("You had a part in five ideas of others that are shipped.")),
    _each(_("Groundswell"), _("Nobody can miss it."), _("200 members support an idea of yours."),
          slug="groundswell", grade=Grade.GOLD),
    Badge("lighthouse", Grade.GOLD, _("Lighthouse"),
          _("One sees you from afar."), _("50 answers of yours are accepted.")),
    _each(_("Master key"), _("Written down once, and a whole corridor is open."),
          _("An accepted answer of yours solves it for 25 others, too."),
          slug="master-key", grade=Grade.GOLD),
    Badge("evergreen", Grade.GOLD, _("Evergreen"),
          _("Through all the seasons."),
          _("What you said is found helpful in twelve different months.")),
    Badge("heart-of-the-house", Grade.GOLD, _("Heart of the house"),
          _("A reason to come in."), _("You help 25 members in their first week.")),
)  # fmt: skip

BY_SLUG = {badge.slug: badge for badge in ALL}
# Gold first, as pages show them.
SHELVED = tuple(badge for grade in reversed(Grade) for badge in ALL if badge.grade == grade)
PLACES = {badge.slug: place for place, badge in enumerate(SHELVED)}
