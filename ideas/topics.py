"""What notifications call an idea, so that mails about it can be stopped."""


def topic_of(idea_id: int) -> str:
    return f"idea:{idea_id}"
