"""PacketProblem: what a reader is told instead of a packet."""

from outcomes.vocabulary.problem import Problem


class PacketProblem(Problem, ValueError):
    """A packet that cannot be made; its text is one sentence for the reader, and nothing was written."""
