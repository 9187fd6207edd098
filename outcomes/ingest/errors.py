"""LoadProblem: what stops a load, as one sentence that a director can read."""

from outcomes.vocabulary.problem import Problem


class LoadProblem(Problem):
    """A log or profile that cannot be taken in."""
