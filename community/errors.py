"""The one way to say no."""


class Refused(Exception):
    """A deed that the rules do not allow, with words for the person and a code for the program."""

    def __init__(self, reason: str, *, code: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
