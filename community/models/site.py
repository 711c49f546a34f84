from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CACHE_KEY = "community:site"
CACHE_SECONDS = 10


class SiteSettingsQuerySet(models.QuerySet["SiteSettings"]):
    def current(self) -> "SiteSettings":
        """The one row, at most ten seconds old, mostly without a query."""
        found = cache.get(CACHE_KEY)
        if not isinstance(found, SiteSettings):
            found, _created = self.get_or_create(pk=1)
            cache.set(CACHE_KEY, found, CACHE_SECONDS)
        return found


class SiteSettings(models.Model):
    """How this community calls and describes itself: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(_("name of the community"), max_length=60, default="Plenum")
    headline_en = models.CharField(
        _("headline in English"), max_length=120, default="What should we build next?"
    )
    headline_de = models.CharField(
        _("headline in German"), max_length=120, default="Was sollen wir als Nächstes bauen?"
    )
    lead_en = models.TextField(
        _("introduction in English"),
        max_length=400,
        default=(
            "Post an idea or lend one your support. The team in charge answers here, with a reason."
        ),
    )
    lead_de = models.TextField(
        _("introduction in German"),
        max_length=400,
        default=(
            "Teile eine Idee oder unterstütze eine. Das zuständige Team antwortet hier, "
            "mit einem Grund."
        ),
    )
    contact_email = models.EmailField(_("contact address"), blank=True)
    sign_up_open = models.BooleanField(_("anyone can sign up"), default=True)
    # From when the newest policy holds. Here, because every page has read this row.
    policies_since = models.DateTimeField(null=True, blank=True, editable=False)
    # From when those hold that were only announced when the last one was published.
    policies_coming = ArrayField(
        models.DateTimeField(), default=list, db_default=[], blank=True, editable=False
    )

    objects = SiteSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_site")]

    def __str__(self) -> str:
        return self.name

    @property
    def headline(self) -> str:
        return self.headline_de if get_language() == "de" else self.headline_en

    @property
    def lead(self) -> str:
        return self.lead_de if get_language() == "de" else self.lead_en
