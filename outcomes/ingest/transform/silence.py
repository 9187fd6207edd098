"""Words that say nothing: what people write where a cell has no answer, such as N/A, Not Given or Declined to answer."""

from duckdb import ConstantExpression, Expression
from duckdb import FunctionExpression as call

# Patterns of a text in small letters, of which signs are blanks. In any list; "refused", "no answer" and "none" are not
# among them: of a call these are answers.
NOTHING = (
    r"unk(?:n|nown)?|n ?a|null|nil|blank|tb[da]|to be determined|un(?:determined|specified|documented|reported)|"
    r"no (?:data|entry|info(?:rmation)?)|not (?:known|given|recorded|provided|applicable|entered|reported|stated|"
    r"specified|documented|noted|listed|indicated|captured|collected|asked)"
)
# Of a person's traits also these: whoever did not say has no trait of that name.
_WHO = r"(?:client|patient|person|individual|caller|participant|consumer|subject|they) "
_DID_NOT = (
    r"refus(?:ed|al|es)?(?: to)?|declin(?:ed?|es)(?: to)?|(?:chose|choose|chooses) not to|prefer(?:s|red)? not to|"
    r"(?:did|does|do|would|could) ?n(?:o| )?t(?: (?:want|wish) to)?|(?:unable|unwilling|not willing) to|rather not"
)
_SAY = (
    r" (?:answer|say|state|disclose|provide|give|respond|reply|report|specify|identify|share|tell|know|determine|"
    r"obtain|assess|collect|ask)"
)
NOTHING_OF_A_PERSON = (
    rf"{NOTHING}|u|none|(?:data )?missing|withheld|unavailable|un(?:disclosed|sure|identified)|no (?:answer|response|value)|"
    r"not (?:available|answered|obtained|disclosed|determined|sure|identified|shared|observed)|"
    rf"(?:{_WHO})?(?:{_DID_NOT})(?:{_SAY})?"
)
_TRAIT = r"(?:race|ethnicity|gender|sex|age)"


def _whole(words: str) -> str:
    """A pattern of a cell that holds nothing but such words, also several of them; signs alone say nothing either."""
    return rf"^(?:(?:(?:or|and) )?(?:{_TRAIT} +)?(?:{words})(?: +{_TRAIT})?(?: +|$))*$"


SILENT = _whole(NOTHING)
SILENT_OF_A_PERSON = _whole(NOTHING_OF_A_PERSON)
# Signs that may stand around words. A # is none of them: it stands in what a spreadsheet damaged, which is told.
SIGNS = "!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u2013\u2014\u2018\u2019\u201c\u201d\u2026"


def says_nothing(text: Expression, of_a_person: bool) -> Expression:
    """Whether a text says nothing, without regard to case; of a trait of a person more words do than of a call."""
    pattern = SILENT_OF_A_PERSON if of_a_person else SILENT
    # Not by a pattern of all letters of all languages, which the engine makes anew for every part of a load.
    signs = ConstantExpression(SIGNS), ConstantExpression(" " * len(SIGNS))
    words = call("trim", call("translate", call("lower", text), *signs))
    return call("regexp_matches", words, ConstantExpression(pattern))
