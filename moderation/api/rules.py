"""The house rules, for programs."""

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from community.api.asking import Asked
from moderation.models import HouseRules
from moderation.serializers.rules import RulesSerializer


class Rules(Asked):
    """What moderation decides by."""

    # Before there are any.
    may_be_missing = ("GET",)

    @extend_schema(operation_id="house_rules_get", responses=RulesSerializer)
    def get(self, request: Request) -> Response:
        """Read the house rules that hold now. 404 where there are none."""
        rules = HouseRules.objects.current().prefetch_related("clauses").first()
        if rules is None:
            raise NotFound
        return self.answer(RulesSerializer, rules)
