"""What members of a generated site were told: of comments on their ideas, of decisions on what
they follow, and enough for each voter that their pages are as full on every site."""

from benchmarks.generator.bulk import Rows

# Some ten pages, the newest lines of them unread.
EACH_VOTER = 300
UNREAD = 40
_COLUMNS = "member_id, actor_id, event_id, kind, topic, subject, excerpt, url, created_at, read_at"
OF_COMMENTS = f"""
    INSERT INTO community_notification ({_COLUMNS})
    SELECT idea.author_id, comment.author_id, comment.id, 'ideas.commented', 'idea:' || idea.id,
           idea.title, left(comment.body, 280), '/ideas/' || idea.id || '/', comment.created_at,
           CASE WHEN mod(comment.id, 4) > 0 THEN comment.created_at END
    FROM ideas_comment comment JOIN ideas_idea idea ON idea.id = comment.idea_id
    WHERE mod(comment.id, 3) = 0 AND comment.author_id <> idea.author_id
"""
# Their events stand behind those of the comments, which are called by the comments' own ids.
OF_DECISIONS = f"""
    INSERT INTO community_notification ({_COLUMNS})
    SELECT follow.member_id, decision.member_id, comments.last + decision.id, 'ideas.decided',
           'idea:' || idea.id, idea.title, decision.statement, '/ideas/' || idea.id || '/',
           decision.created_at, CASE WHEN mod(follow.id, 5) > 0 THEN decision.created_at END
    FROM ideas_follow follow
    JOIN ideas_decision decision ON decision.idea_id = follow.idea_id
    JOIN ideas_idea idea ON idea.id = follow.idea_id
    CROSS JOIN (SELECT coalesce(max(id), 0) AS last FROM ideas_comment) comments
    WHERE mod(follow.id, 3) = 0 AND follow.member_id IS DISTINCT FROM decision.member_id
"""
OF_VOTERS = f"""
    INSERT INTO community_notification ({_COLUMNS})
    SELECT voter.id, told.author_id, told.id,
           CASE mod(told.number, 3) WHEN 0 THEN 'ideas.mentioned' ELSE 'ideas.commented' END,
           'idea:' || idea.id, idea.title, left(told.body, 280), '/ideas/' || idea.id || '/',
           told.created_at, CASE WHEN told.number > {UNREAD} THEN told.created_at END
    FROM (SELECT id FROM community_member ORDER BY id DESC LIMIT %(voters)s) voter
    CROSS JOIN (
        SELECT id, author_id, idea_id, body, created_at,
               row_number() OVER (ORDER BY id DESC) AS number
        FROM ideas_comment ORDER BY id DESC LIMIT {EACH_VOTER}
    ) told
    JOIN ideas_idea idea ON idea.id = told.idea_id
    ORDER BY told.number DESC
"""


def tell(connection: Rows, voters: int) -> None:
    """Everybody, as far as ideas, comments, decisions and follows are there."""
    for statement in (OF_COMMENTS, OF_DECISIONS):
        connection.execute(statement)
    connection.execute(OF_VOTERS, {"voters": voters})
