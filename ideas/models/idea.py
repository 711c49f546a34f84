from collections.abc import Iterable
from typing import ClassVar, Self, cast

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from community import search
from community.models import Member, sight
from ideas.models.idea_triggers import NO_CHAINS, TALLY_FOLLOWS
from ideas.models.support import Follow, Support
from ideas.models.tag import IdeaTag
from ideas.ordering import Order, Place
from ideas.status import STEPS, WAITS_FOR_ANSWER, Status

_ALLOWED_STEPS = ", ".join(f"('{s.source}', '{s.target}')" for s in STEPS)
# What a card leaves in the database: long texts that a list never shows.
HEAVY = ("body", "body_html", "search")
VOTED = ("author_id", "co_author_ids", "status", "hidden_at", "removed_at", "merged_into_id",
         "tally__supports",
         "board__answer_threshold", "board__uses_budget")  # fmt: skip


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, viewer: Member | None) -> Self:
        """What somebody may see: what is posted and not hidden, and everything of their own."""
        public = ~Q(status=Status.DRAFT) & Q(hidden_at=None)
        if viewer is None:
            return self.filter(public)
        return self.filter(public | Q(author=viewer) | Q(co_author_ids__contains=[viewer.pk]))

    def drafts_of(self, member: Member) -> Self:
        """What a member has begun or writes along, and is not posted."""
        along = apps.get_model("ideas", "CoAuthor").objects.filter(member=member, state="accepted")
        begun = Idea.objects.filter(author=member, status=Status.DRAFT).order_by()
        found = begun.values("pk").union(along.order_by().values("idea"))
        return self.filter(pk__in=found, status=Status.DRAFT)

    def listed(self) -> Self:
        """Posted and not hidden, asked of the narrow row so that list indexes serve it."""
        return self.filter(tally__listed=True)

    def for_cards(self, viewer: Member | None) -> Self:
        """All that a card shows, in one query; anything else raises when it is touched."""
        return self._joined().defer(*HEAVY).with_viewer(viewer)

    def for_page(self, viewer: Member | None) -> Self:
        """Like a card, with the whole text, `labels`, the names and slugs of its tags, and the
        quality of its support."""
        tags = IdeaTag.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
        label = tags.values(label=JSONObject(name="tag__name", slug="tag__slug"))
        rows = self._joined().select_related("quality").defer("search").with_viewer(viewer)
        return rows.annotate(labels=ArraySubquery(label))

    def _joined(self) -> Self:
        """With `co_writers`: handle and name of each co-author, or nothing."""
        along = apps.get_model("ideas", "CoAuthor").objects.filter(
            idea=OuterRef("pk"), state="accepted"
        )
        names = JSONObject(handle="member__handle", display_name="member__display_name")
        rows = along.order_by("answered_at", "pk").values(names=names)
        found = Case(When(co_author_ids__len__gt=0, then=ArraySubquery(rows)))
        joined = self.select_related("tally", "author", "board__team").annotate(co_writers=found)
        return joined.fetch_mode(models.FETCH_RAISE)

    def for_votes(self) -> Self:
        """All that a vote asks of an idea, and all that the seat shows afterwards."""
        return self.select_related("tally", "board").only(*VOTED).fetch_mode(models.FETCH_RAISE)

    def in_place_of(self, pk: int) -> Self:
        """The idea with this number, or the one that it was merged into."""
        root = Coalesce("merged_into_id", "pk")
        return self.filter(pk=Subquery(Idea.objects.filter(pk=pk).values(root=root)[:1]))

    def with_viewer(self, viewer: Member | None) -> Self:
        """`viewer_support`: "" or a state but "withdrawn"; `is_followed`; `is_from_blocked`."""
        rows = self.annotate(is_from_blocked=sight.from_blocked(viewer))
        if viewer is None:
            return rows.annotate(viewer_support=Value(""), is_followed=Value(value=False))
        mine = Support.objects.given().filter(member=viewer)
        mine_here = Subquery(mine.filter(idea=OuterRef("pk")).values("state")[:1])
        by_twin = Subquery(mine.filter(idea__merged_into=OuterRef("pk")).values("state")[:1])
        follows = Follow.objects.filter(member=viewer)
        followed_here = Exists(follows.filter(idea=OuterRef("pk")))
        twin_followed = Exists(follows.filter(idea__merged_into=OuterRef("pk")))
        # Only an idea that gathers others asks for what somebody did to those.
        return rows.annotate(
            viewer_support=Coalesce(
                mine_here, Case(When(tally__gathers__gt=0, then=by_twin)), Value("")
            ),
            is_followed=Case(
                When(followed_here, then=Value(value=True)),
                When(tally__gathers__gt=0, then=twin_followed),
                default=Value(value=False),
            ),
        )

    def in_group(self, idea_id: int) -> Self:
        """An idea and all that were merged into it."""
        return self.filter(Q(pk=idea_id) | Q(merged_into_id=idea_id))

    def standing_for(self, idea_ids: Iterable[int]) -> Self:
        """These ideas, but instead of each that was merged the one it stands under."""
        ids = list(idea_ids)
        roots = Idea.objects.filter(pk__in=ids).values(root=Coalesce("merged_into_id", "pk"))
        return self.filter(pk__in=roots)

    def in_order(self, order: Order, after: Place | None = None) -> Self:
        """One of the list orders, beginning behind a place of it. See ideas.ordering."""
        return cast("Self", order.arrange(self, after))

    def matching(self, words: str) -> Self:
        """Ideas that hold the words, in either language."""
        return self.filter(search=search.query(words))

    def waiting(self) -> Self:
        """Ideas that have earned an answer and do not have it, the longest owed first."""
        return self.filter(
            answer_due_at__isnull=False, status__in=WAITS_FOR_ANSWER, tally__listed=True
        ).order_by("answer_due_at", "id")


class Idea(models.Model):  # type: ignore[django-manager-missing]  # taggit has no types
    """What a member proposes. `status` is written by services.steps alone."""

    board = models.ForeignKey(
        "ideas.Board", on_delete=models.PROTECT, related_name="ideas", verbose_name=_("board")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="ideas",
        verbose_name=_("author"),
    )
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("description"), max_length=20_000, blank=True)
    body_html = models.TextField(editable=False, blank=True)
    snippet = models.CharField(max_length=260, editable=False, blank=True)
    language = models.CharField(
        _("written in"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Counts what is saved until the idea is posted, for those who write it together.
    draft_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    # Who accepted to write it along. A trigger of CoAuthor keeps it.
    co_author_ids = ArrayField(
        models.BigIntegerField(), default=list, db_default=[], editable=False
    )
    created_at = models.DateTimeField(_("begun on"), db_default=Now())
    opened_at = models.DateTimeField(_("posted on"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited on"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden on"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed by its author on"), null=True, editable=False)

    # The idea under which this one stands, always the last of a chain. services.merging writes it.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("merged into"),
    )

    # What is promised here, for cards. ideas_show_promises() writes these from the promises.
    threshold_reached_at = models.DateTimeField(_("answer earned on"), null=True, blank=True)
    answer_due_at = models.DateTimeField(_("answer due on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    clock_paused_at = models.DateTimeField(_("clock paused on"), null=True, blank=True)
    promise_withdrawn_at = models.DateTimeField(_("promise withdrawn on"), null=True, blank=True)
    reply_due_at = models.DateTimeField(_("first reply due on"), null=True, blank=True)
    replied_at = models.DateTimeField(_("first replied on"), null=True, blank=True)

    # Where an imported idea came from.
    external_id = models.CharField(_("number at its source"), max_length=200, blank=True)
    source_url = models.URLField(_("address at its source"), max_length=500, blank=True)
    # Supporters known only by their number. They are shown, and never mixed into the tally.
    earlier_supporters = models.PositiveIntegerField(_("supporters from before"), default=0)

    search = models.GeneratedField(
        expression=search.stored_words(), output_field=SearchVectorField(), db_persist=True
    )
    tags = TaggableManager(through=IdeaTag, blank=True, verbose_name=_("tags"))

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        permissions = [("decide_anywhere", _("Can decide on every board"))]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="ideas_have_a_title"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, opened_at=None)
                | (~Q(status=Status.DRAFT) & Q(opened_at__isnull=False)),
                name="posted_since_when",
            ),
            models.CheckConstraint(
                condition=Q(answer_due_at=None) | Q(threshold_reached_at__isnull=False),
                name="a_clock_starts_by_support",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (~Q(merged_into=F("pk")) & ~Q(status=Status.DRAFT)),
                name="merged_into_another",
            ),
            models.UniqueConstraint(
                fields=["board", "external_id"],
                condition=~Q(external_id=""),
                name="imported_once",
            ),
        ]
        indexes = [
            # With the drawer: a search reads the newest ideas with a word, not all of them.
            GinIndex(F("search"), search.drawer(), name="idea_words_by_age"),
            # What was merged is found by its own words, too, and is a small part of all.
            GinIndex(F("search"), condition=Q(merged_into__isnull=False), name="merged_words"),
            GinIndex(OpClass("title", name="gin_trgm_ops"), name="idea_title_trigrams"),
            models.Index(fields=["author", "-id"], name="idea_by_author"),
            models.Index(
                fields=["answer_due_at", "id"],
                condition=Q(answer_due_at__isnull=False, status__in=sorted(WAITS_FOR_ANSWER)),
                name="idea_owed",
            ),
            # For the record of promises, which counts the few that were earned.
            models.Index(
                fields=["answered_at"],
                include=["answer_due_at", "status", "hidden_at"],
                condition=Q(answer_due_at__isnull=False),
                name="idea_promised",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="new_idea_has_a_tally",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                INSERT INTO ideas_ideatally
                    (idea_id, board_id, status, listed, opened_at, supports, hot, comments, shuffle)
                VALUES (NEW.id, NEW.board_id, NEW.status,
                        NEW.status <> 'draft' AND NEW.hidden_at IS NULL
                        AND NEW.merged_into_id IS NULL,
                        NEW.opened_at, 0, '-Infinity', 0, random());
                RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="tally_follows_its_idea",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf(
                    "status", "board_id", "hidden_at", "opened_at", "merged_into_id"
                ),
                func=TALLY_FOLLOWS,
            ),
            pgtrigger.Trigger(
                name="no_chains_of_merges",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("merged_into_id"),
                timing=pgtrigger.Deferred,
                func=NO_CHAINS,
            ),
            pgtrigger.Trigger(
                name="status_takes_known_steps",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func=f"""
                IF current_setting('plenum.importing', true) IS DISTINCT FROM 'on'
                   AND (OLD.status, NEW.status) NOT IN ({_ALLOWED_STEPS}) THEN
                    RAISE check_violation USING
                        MESSAGE = 'An idea cannot go from ' || OLD.status || ' to ' || NEW.status,
                        CONSTRAINT = 'status_takes_known_steps';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="status_has_its_decision",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                timing=pgtrigger.Deferred,
                func="""
                IF EXISTS (
                    SELECT FROM ideas_idea idea
                    LEFT JOIN LATERAL (
                        SELECT to_status FROM ideas_decision
                        WHERE idea_id = idea.id ORDER BY id DESC LIMIT 1
                    ) last ON true
                    WHERE idea.id = NEW.id
                      AND COALESCE(last.to_status, 'open') <> idea.status
                      AND idea.status <> 'draft'
                ) THEN
                    RAISE check_violation USING
                        MESSAGE = 'A status needs the decision that says why.',
                        CONSTRAINT = 'status_has_its_decision';
                END IF;
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:detail", args=[self.pk])

    @property
    def root_id(self) -> int:
        """The idea that stands for this one: itself, or the one it was merged into."""
        return self.merged_into_id or self.pk

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT
