"""Words that say nothing: what people write where a cell has no answer, such as N/A, Not Given or Declined to answer."""

from duckdb import ConstantExpression, Expression
from duckdb import FunctionExpression as call

# In any list. "Refused", "No answer" and "None" are not among them: of a call these are answers.
NOTHING = (
    r"unk(?:n|nown)?|n\.?/?a\.?|null|nil|blank|tb[da]|to be determined|un(?:determined|specified|documented|reported)|"
    r"no (?:data|entry|info(?:rmation)?)|not (?:known|given|recorded|provided|applicable|entered|reported|stated|"
    r"specified|documented|noted|listed|indicated|captured|collected|asked)"
)
# Of a person's traits also these: whoever did not say has no trait of that name.
_WHO = r"(?:client|patient|person|individual|caller|participant|consumer|subject|they) "
_DID_NOT = (
    r"refus(?:ed|al|es)?(?: to)?|declin(?:ed?|es)(?: to)?|(?:chose|choose|chooses) not to|prefer(?:s|red)? not to|"
    r"(?:did|does|do|would|could) ?n(?:o|')?t(?: (?:want|wish) to)?|(?:unable|unwilling|not willing) to|rather not"
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
# Signs alone say nothing either; a # stands in what a spreadsheet damaged, which is told.
_SIGNS = r"[^\pL\pN#]"


def _whole(words: str) -> str:
    """A pattern of a cell that holds nothing but such words, also several of them, in brackets or with signs around."""
    one = rf"(?:{_TRAIT}:? )?(?:{words})(?: {_TRAIT})?"
    more = rf"(?:(?: ?[/,;&|+-] ?| or | and |/)(?:{one}))*"
    return rf"(?i)^(?:{_SIGNS}+|{_SIGNS}*{one}{more}{_SIGNS}*)$"


SILENT = _whole(NOTHING)
SILENT_OF_A_PERSON = _whole(NOTHING_OF_A_PERSON)


def says_nothing(text: Expression, of_a_person: bool) -> Expression:
    """Whether a text says nothing, without regard to case; of a trait of a person more words do than of a call."""
    pattern = SILENT_OF_A_PERSON if of_a_person else SILENT
    return call("regexp_matches", text, ConstantExpression(pattern))
