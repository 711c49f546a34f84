"""The demo's cases: some of each kind, in each state. By the services, so that all holds together;
they know no past, so that all of it is of today."""

from collections.abc import Mapping
from typing import Any

from community.models import Member, Topic
from community.services import replies
from config.demo import content
from config.demo.content import Row
from config.demo.people import Community
from config.demo.proposals import Proposals
from ideas.models import Idea
from ideas.services import discussing
from moderation import services
from moderation.models import Case, Clause, Decision
from moderation.things import Thing


def look_into(proposals: Proposals, community: Community) -> None:
    """Write what breaks the rules, report it, and decide about some."""
    ideas = {row["key"]: idea for row, idea in proposals}
    rules = {clause.key: clause for clause in Clause.objects.in_force()}
    for row in content.rows("cases"):
        _case(row, _thing(row, ideas, community), community.members, rules)


def _thing(row: Row, ideas: Mapping[str, Idea], community: Community) -> Thing:
    match row["kind"]:
        case "comment":
            by = community.members[row["by"]]
            return discussing.comment(idea=ideas[row["on"]], by=by, body=row["text"])
        case "reply":
            by = community.members[row["by"]]
            return replies.reply(topic=_topic(row["on"]), by=by, body=row["text"])
        case "idea":
            return ideas[row["key"]]
        case "topic":
            return _topic(row["key"])
    return community.members[row["key"]]


def _topic(key: str) -> Topic:
    return Topic.objects.get(title=content.topic_title(key))


def _case(
    row: Row, thing: Thing, members: Mapping[str, Member], rules: Mapping[str, Clause]
) -> None:
    flags = [
        services.flag(thing=thing, by=members[handle], clause=rules[key], note=note)
        for handle, key, note in row["reports"]
    ]
    case = flags[0].case
    if row.get("withdrawn"):
        services.withdraw_flag(flag=flags[0], by=flags[0].member)
    if "claimed_by" in row:
        services.claim(case=case, by=members[row["claimed_by"]])
    if "decision" in row:
        _decide(row, case, members, rules)


def _decide(
    row: Row, case: Case, members: Mapping[str, Member], rules: Mapping[str, Clause]
) -> None:
    said: dict[str, Any] = dict(row["decision"])
    by, clause = members[said.pop("by")], rules.get(said.pop("clause", ""))
    decision = services.decide(case=case, by=by, clause=clause, **said)
    if "complaint" in row:
        _complain(row["complaint"], decision, members)


def _complain(row: Row, decision: Decision, members: Mapping[str, Member]) -> None:
    told = decision.statements.select_related("member").get()
    complaint = services.complain(statement=told, by=told.member, words=row["words"])
    if answer := row.get("answer"):
        services.decide_complaint(
            complaint=complaint,
            by=members[answer["by"]],
            upheld=answer["upheld"],
            answer=answer["text"],
        )
