"""What things are called where they are news: in the log, and in what notifications are about."""


def topic_of(idea_id: int) -> str:
    """An idea."""
    return f"idea:{idea_id}"


def board_topic(board_id: int) -> str:
    """A board."""
    return f"board:{board_id}"


def tag_topic(tag_id: int) -> str:
    """A tag."""
    return f"tag:{tag_id}"
