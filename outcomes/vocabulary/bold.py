"""Bold in sentences of ours: a mark that no text of a log or a profile can bring, so that their stars stay stars."""

# A noncharacter, which Unicode keeps for use within a program; a log's texts and profiles are read without it.
BOLD = "\ufdd0"


def without_bold(sentence: str) -> str:
    """The sentence as plain text."""
    return sentence.replace(BOLD, "")


def by_bold(sentence: str) -> list[str]:
    """The sentence in parts: the first is plain, the second bold, the third plain, and so on."""
    return sentence.split(BOLD)
