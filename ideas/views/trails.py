"""From one idea of the review queue to the next, for those who work through a lane."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from community.models import Member
from ideas import lanes, policies
from ideas.lanes import View
from ideas.models import Decision, Idea
from ideas.views.review_queue import Desk


@dataclass(frozen=True)
class Trail:
    """A view of the queue with the idea that somebody has reached; `query` is its address."""

    view: View
    query: str

    def onward(self, request: HttpRequest, idea: Idea, made: object) -> HttpResponse:
        """To the idea behind this one, which the lane may have lost; else to the list."""
        if isinstance(made, Decision):
            words = _("Your decision on “%(title)s” is public.")
            messages.success(request, words % {"title": idea.title})
        found = lanes.following(self.view, but=idea.pk)
        if found is None:
            messages.info(request, _("That was the last idea of this list."))
            return redirect(f"{reverse('ideas:review')}?{self.query}")
        return redirect(f"{reverse('ideas:review_idea', args=[found])}?{self.query}")


def trail_of(request: HttpRequest, member: Member, idea: Idea) -> Trail | None:
    """Where in the queue somebody is, if the address says so: it names a lane.

    Ask before the idea is decided on, because that takes it out of most lanes.
    """
    if "lane" not in request.GET or not policies.can_open_queue(member):
        return None
    desk = Desk(member)
    query = desk.query(request.GET.urlencode())
    view = desk.view(desk.form(request.GET))
    return Trail(replace(view, after=lanes.place_in(view, idea.pk)), query)
