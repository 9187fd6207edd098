"""Problem: what a reader is told instead of an answer."""


class Problem(Exception):
    """An expected fault; its text says what was expected, what was found and what to do, in one sentence.

    What was found may come from a hostile file: signs that break a line, or speak to a terminal, are blanks in it.
    """

    def __init__(self, text: str) -> None:
        super().__init__("".join(sign if sign.isprintable() else " " for sign in text))
