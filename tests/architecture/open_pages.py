"""What a visitor sees without signing in. Adding a line is a decision."""

OPEN_PAGES = {
    # What gives points.
    "reputation.views.points.rules",
    # Who has the most, of those who let themselves be named.
    "reputation.views.leaderboards.leaderboard",
    "reputation.views.leaderboards.past",
    # Ideas, and what was decided about them.
    "ideas.views.lists.home",
    "ideas.views.lists.index",
    "ideas.views.lists.boards",
    "ideas.views.lists.board",
    "ideas.views.lists.ordering",
    "ideas.views.promises.promises",
    "ideas.views.promises.board_promises",
    "ideas.views.votes.votes",
    "ideas.views.pages.detail",
    "ideas.views.pages.revisions",
    "ideas.views.pages.printed",
    "ideas.views.comments.comment_history",
    # What becomes of ideas, for readers and for their programs; the list as a file.
    "ideas.views.roadmaps.roadmap",
    "ideas.views.roadmaps.changelog",
    "ideas.feeds.roadmap_atom",
    "ideas.feeds.roadmap_json",
    "ideas.feeds.changelog_atom",
    "ideas.feeds.changelog_json",
    "ideas.views.exports.export_csv",
    "ideas.views.exports.export_json",
    # Asked by the form for an idea while its author is typing.
    "ideas.views.writing.similar",
    # A member's feed, for whoever has its secret address.
    "ideas.feeds.feed_atom",
    # What is asked and answered in the forum.
    "community.feeds.forum_atom",
    "community.feeds.space_atom",
    "community.feeds.unanswered_atom",
    "community.views.forum.lists.index",
    "community.views.forum.lists.space",
    "community.views.forum.topics.topic",
    "community.views.forum.topics.topic_history",
    "community.views.forum.replies.reply",
    "community.views.forum.replies.reply_history",
    "community.views.forum.writing.topic_similar",
    # Members show what they choose to.
    "community.views.people.directory",
    "community.views.people.profile",
    "community.views.people.tab",
    "community.views.people.avatar",
    "config.health.media",
    # What moderation decided, of nobody named.
    "moderation.views.log.log",
    # What trust asks for and brings, which badges there are, and who has them.
    "reputation.views.levels.levels",
    "reputation.views.badges.badges",
    "reputation.views.badges.badge",
    # What holds here, and what held.
    "community.views.policies.policies",
    "community.views.policies.policy",
    "community.views.policies.changes",
    "moderation.views.rules.rules",
    "moderation.views.rules.changes",
    # For who closed the account: that it is, and the way back for whoever has just signed in to it.
    "community.views.leaving.goodbye",
    "community.views.leaving.come_back",
    # Without signing in: the way out of mails, and the language.
    "community.views.outs.unsubscribe",
    "community.views.site.choose_language",
    # The demo's mail, for those who confirm an address in it. 404 anywhere else.
    "community.views.site.mailbox",
    "community.views.site.mailbox_html",
    "community.views.site.mailbox_message",
    # The admin's door: leads to ours.
    "config.second_factor.sign_in",
    # For balancers.
    "config.health.alive",
    "config.health.ready",
}

# Parts of the API that ask for no permission: its description, and its answer to a wrong address.
OPEN_API = {
    "config.api.Docs",
    "config.api.Nothing",
    "drf_spectacular.views.SpectacularAPIView",
}
