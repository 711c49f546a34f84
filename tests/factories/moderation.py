import factory
from django.core.cache import cache

from community.models import SiteSettings
from community.models.site import CACHE_KEY
from community.services import publish_policy
from moderation.models import Clause, HouseRules
from tests.factories.community import PolicyFactory


class RulesFactory(PolicyFactory):
    """A draft without clauses."""

    class Meta:
        model = HouseRules

    kind = "rules"
    text_en = "How we treat each other."
    text_de = "Wie wir miteinander umgehen."


class ClauseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Clause

    version = factory.SubFactory(RulesFactory)
    key = "spam"
    position = factory.Sequence(lambda n: n + 1)
    title_en = "No advertising"
    title_de = "Keine Werbung"
    text_en = "Nobody **sells** here."
    text_de = "Hier verkauft **niemand**."
    category = "SCAMS_AND_FRAUD"
    severity = 2


def rules_in_force(*keys):
    """Published house rules with clauses of these keys."""
    draft = RulesFactory()
    for key in keys or ("spam", "harassment"):
        ClauseFactory(version=draft, key=key, title_en=f"Rule on {key}", title_de=f"Regel {key}")
    publish_policy(version=draft)
    draft.refresh_from_db()
    return draft


def nobody_is_asked():
    """As if everybody had agreed to what is published."""
    SiteSettings.objects.update(policies_since=None)
    cache.delete(CACHE_KEY)
