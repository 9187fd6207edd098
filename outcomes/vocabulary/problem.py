"""Problem: what a reader is told instead of an answer."""


class Problem(Exception):
    """An expected fault; its text says what was expected, what was found and what to do, in one sentence."""
