"""The administration of ideas, boards and promises."""

from ideas.admin import boards, posts, promises, teams, voiding

__all__ = ["boards", "posts", "promises", "teams", "voiding"]
