from django.core.cache import cache
from django.db import transaction

from community.models import SiteSettings
from community.models.site import CACHE_KEY


@transaction.atomic
def save_site(*, site: SiteSettings) -> SiteSettings:
    """Keep the settings of the site; other processes see them within seconds."""
    site.save()
    transaction.on_commit(lambda: cache.delete(CACHE_KEY), robust=True)
    return site
