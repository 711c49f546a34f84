"""What reputation knows of things beyond single grounds: it may not look into their tables."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reputation.kinds import Thing


class Circumstance(models.Model):
    """Whether a thing is hidden, or an idea shipped. Only of things that ever were; see Ground
    for stamps."""

    pk = models.CompositePrimaryKey("thing_id", "thing")
    thing = models.CharField(_("about"), max_length=10, choices=Thing)
    thing_id = models.BigIntegerField(_("number"))
    hidden_stamp = models.BigIntegerField(null=True)
    shipped_stamp = models.BigIntegerField(null=True)
    # Of a shipped idea: its author is paid for that, and for no other part in it.
    author_id = models.BigIntegerField(_("author"), null=True)

    class Meta:
        verbose_name = _("circumstance")
        verbose_name_plural = _("circumstances")

    def __str__(self) -> str:
        return f"{self.thing}:{self.thing_id}"


class Share(models.Model):
    """One reason why a member has a part in an idea: a comment, a merge. The part is paid once.

    A merge is a link, too: parts in what was merged are parts in the idea.
    """

    class Source(models.TextChoices):
        CO_AUTHOR = "co_author"
        CONTRIBUTION = "contribution"
        MERGE = "merge"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("member"),
    )
    idea_id = models.BigIntegerField(_("idea"))
    source = models.CharField(_("source"), max_length=12, choices=Source)
    source_id = models.BigIntegerField(_("number"))
    # Of a merge: what counts for the idea as long as it stands.
    duplicate_id = models.BigIntegerField(_("merged idea"), null=True)
    stamp = models.BigIntegerField()

    class Meta:
        verbose_name = _("part in an idea")
        verbose_name_plural = _("parts in ideas")
        constraints = [
            models.UniqueConstraint(
                fields=["source_id", "source", "member"], name="one_share_each"
            ),
        ]
        indexes = [
            models.Index(fields=["idea_id", "member"], name="share_of_idea"),
            models.Index(
                fields=["duplicate_id"],
                condition=models.Q(duplicate_id__isnull=False),
                name="share_by_merged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.idea_id}"
