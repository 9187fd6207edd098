"""LoadProblem: what stops a load, as one sentence that a director can read."""


class LoadProblem(Exception):
    """A log or profile that cannot be taken in; its text says what was expected, what was found, what to do."""
