"""What authors hear, in words. Who the moderator was stays inside."""

from django.utils.translation import gettext_lazy as _

from community import wording
from community.wording import Group, Wording

IDEA_HIDDEN = "moderation.idea_hidden"
COMMENT_HIDDEN = "moderation.comment_hidden"
IDEA_SHOWN = "moderation.idea_shown"
COMMENT_SHOWN = "moderation.comment_shown"

_SENTENCES = {
    IDEA_HIDDEN: _("Moderation has hidden your idea “%(subject)s”"),
    COMMENT_HIDDEN: _("Moderation has hidden your comment on “%(subject)s”"),
    IDEA_SHOWN: _("Your idea “%(subject)s” is shown again"),
    COMMENT_SHOWN: _("Your comment on “%(subject)s” is shown again"),
}

# By whether it was hidden or is shown again, and whether it is an idea or a comment.
KINDS = {
    (True, True): IDEA_HIDDEN,
    (True, False): COMMENT_HIDDEN,
    (False, True): IDEA_SHOWN,
    (False, False): COMMENT_SHOWN,
}


# Whoever is restricted has a right to hear it: nobody chooses about these.
MODERATION = Group("moderation", _("Moderation"), "", binding=True)


def register() -> None:
    """Tell the notifications how each kind reads."""
    wording.add_group(MODERATION)
    for kind, sentence in _SENTENCES.items():
        words = Wording(sentence, sentence, _("You wrote it."), MODERATION.code)
        wording.add(kind, words)
