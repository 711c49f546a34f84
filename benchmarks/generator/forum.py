"""The forum of a generated site, set by set from its ideas and comments: the same words, the same
skew, so that a topic costs what an idea of that size does."""

from benchmarks.generator.bulk import Rows
from benchmarks.generator.sizes import Size

SPACES = """
    INSERT INTO community_space (id, slug, name, description, position, team_id, opened_by)
    SELECT id, slug, name, '', id, id, 'members' FROM community_team
"""
# Every so manieth idea, mostly as a question.
TOPICS = """
    INSERT INTO community_topic (id, space_id, author_id, kind, title, body, body_html, snippet,
                                 language, version, created_at, hidden_at)
    SELECT id, board_id, author_id,
           CASE WHEN id / %(every)s %% 3 = 0 THEN 'discussion' ELSE 'question' END,
           title, body, body_html, snippet, language, 1, opened_at, hidden_at
    FROM ideas_idea WHERE status <> 'draft' AND id %% %(every)s = 0
"""
REPLIES = """
    INSERT INTO community_reply (id, topic_id, author_id, body, body_html, language, version,
                                 created_at, accepted_at, helpful, unhelpful, helpful_score, solved)
    SELECT said.id, topic.id, said.author_id, said.body, said.body_html, topic.language, 1,
           said.created_at,
           CASE WHEN topic.kind = 'question' AND first_of.id = said.id AND said.id % 2 = 0
                THEN said.created_at END,
           said.helpful, said.unhelpful, said.helpful_score, 0
    FROM ideas_comment said JOIN community_topic topic ON topic.id = said.idea_id
    JOIN (SELECT idea_id, min(id) AS id FROM ideas_comment GROUP BY idea_id) first_of
        ON first_of.idea_id = said.idea_id
"""
# The same counts as the triggers keep, for all topics at once.
TALLIES = """
    WITH said AS (
        SELECT topic_id, count(*) AS replies, sum(helpful + solved) AS helped,
               max(created_at) AS last_at, max(accepted_at) AS answered_at
        FROM community_reply WHERE hidden_at IS NULL GROUP BY topic_id
    )
    INSERT INTO community_topictally (topic_id, space_id, kind, listed, closed, opened_at, last_at,
                                      replies, helped, answered_at, solved)
    SELECT id, space_id, kind, hidden_at IS NULL, false, created_at,
           greatest(created_at, said.last_at), coalesce(replies, 0), coalesce(helped, 0),
           answered_at, 0
    FROM community_topic LEFT JOIN said ON said.topic_id = id
    ORDER BY id
"""
FOLLOWS = """
    INSERT INTO community_topicfollow (topic_id, member_id, created_at)
    SELECT id, author_id, created_at FROM community_topic
"""
TABLES = (
    "community_topic",
    "community_reply",
    "community_topictally",
    "community_topicfollow",
)


def open_up(connection: Rows, size: Size) -> None:
    """Everything, once the ideas and their comments are there."""
    for statement in (SPACES, TOPICS, REPLIES, TALLIES, FOLLOWS):
        connection.execute(statement, {"every": size.topics} if "%(" in statement else None)
        # What the next one joins was empty a moment ago, and would be planned for as such.
        connection.execute("ANALYZE community_topic, community_reply")
