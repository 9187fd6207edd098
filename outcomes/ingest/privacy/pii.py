"""What may never be stored: columns known by their names, and values known by what they look like."""

import re

from duckdb import CaseExpression, ConstantExpression, Expression
from duckdb import FunctionExpression as call

# What a column's name says that it holds. Tried on lower-case words with one blank between them.
PRIVATE_NAMES = {
    "names": r"\b(?:first|last|middle|full|given|maiden|family|sur|nick|caller|client|patient|complainant|victim|"
    r"suspect|subject|person|contact|reporting party|rp|officer|staff|employee|responder|clinician|worker|citizen|"
    r"resident|owner|driver|witness|offender|defendant|consumer|participant|next of kin)(?: s)? ?(?:first |last "
    r"|full )?names?\b|^names?$|^(?:caller|client|patient|complainant|victim|suspect|witness|reporting party|rp|"
    r"alias|aka)$",
    "addresses": r"\baddress(?:es)?\b|\bstreet\b|\bstr name\b|\broad\b|\bblock\b|\bintersection\b|\bhouse (?:no|number)\b"
    r"|\bap(?:artmen)?t\b|^(?:incident |call |event )?location$|\bcross st\b",
    "coordinates": r"\blat(?:itude)?\b|\blong?(?:itude)?\b|\bcoord\w*\b|\bgeo(?:m|metry|location)\b",
    "birth dates": r"\bdob\b|\bd o b\b|\bbirth ?da(?:te|y)\b|\bdate of birth\b|\bborn\b",
    "phone numbers": r"\b(?:tele)?phone\b|\bcell(?: ?phone)?\b|\bcall ?back\b|\bmobile (?:no|number|phone)\b|\bfax\b",
    "e-mail addresses": r"\be ?mails?\b",
    "free text": r"\bnarratives?\b|\bcomments?\b|\bremarks?\b|\bnotes?\b|\bfree ?text\b|\bsynopsis\b|\bstatement\b",
    "official numbers": r"\bssn\b|\bsocial security\b|\bdrivers? (?:s )?licen[cs]e\b|\blicen[cs]e plate\b|\bpassport\b",
}
# A name with one of these words is of a class or an area: "Address District", "Phone Type".
HARMLESS = re.compile(
    r"\b(?:beat|district|zone|sector|division|neighbou?rhoo?o?ds?|ward|precinct|area|zip|zipcode|postal|city|council|"
    r"tract|grid|type|category|code|region|county|status)\b"
)
# Values: a cheap look first, then which kind it is. RE2, without regard to case.
SUFFIX = r"(?:st|street|ave?|avenue|rd|road|blvd|boulevard|dr|drive|ln|lane|way|ct|court|pl|place|hwy|highway|pkwy|parkway|ter|terrace|cir|circle|sq|square|alley)"
ANY_KIND = (
    r"(?i)@|[0-9]{3}[^0-9a-z]{1,3}[0-9]{4}|^\+?1?[2-9][0-9]{9}$|[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{2}"
    r"|\bblock\b|\b"
    + SUFFIX
    + r"\b|[0-9]\.[0-9]{4}|^[a-z]\. ?[a-z]+$|^[a-z'-]+, ?[a-z]+\.?(?: [a-z]\.?)?$|^(?:mr|mrs|ms|dr)\.? [a-z]"
)
KINDS = {
    "an e-mail address": r"(?i)[^@\s]+@[^@\s]+\.[a-z]{2,}",
    "an official number": r"\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b",
    "a phone number": r"(?:\(?\b[0-9]{3}\)?[-. ]{1,2})?\b[0-9]{3}[-. ][0-9]{4}\b|^(?:\+1)?[2-9][0-9]{2}[2-9][0-9]{6}$",
    "an address": r"(?i)^[0-9]+[a-z]? [^,]*\b" + SUFFIX + r"\b|\bblock of\b|[0-9]+ block\b"
    r"|\b" + SUFFIX + r"\.? ?(?:/|&|\band\b|\bat\b|@) ?[0-9a-z]",
    "a place on the map": r"-?[0-9]{1,3}\.[0-9]{4,}[, ]+-?[0-9]{1,3}\.[0-9]{4,}",
    "a date": r"^(?:[0-9]{1,2}[/-][0-9]{1,2}[/-](?:[0-9]{4}|[0-9]{2})|[0-9]{4}[/-][0-9]{1,2}[/-][0-9]{1,2})(?:[ T].*)?$",
    "a name": r"^[A-Z]\. ?[A-Z][a-z]+$|(?i)^(?:mr|mrs|ms|dr)\.? [a-z]",
}
# "Doe, Jane" is a name in a field of people's traits and in what nobody mapped; an area can be "Salem, Oregon".
WRITTEN_LAST_NAME_FIRST = r"^[A-Z][A-Za-z'-]+, [A-Z][a-z]+(?: [A-Z]\.?)?$"
# An id may be all digits, or hold a date.
KINDS_IN_IDS = (
    "an e-mail address",
    "an official number",
    "an address",
    "a place on the map",
    "a name",
)
# Nor does an id look like a whole phone number with its signs between.
PHONE_AS_ID = r"^\(?[2-9][0-9]{2}\)?[-. ]{1,2}[2-9][0-9]{2}[-. ][0-9]{4}$"
# The cheap look at an id: most hold letters, digits and hyphens, into which but two of the kinds fit.
ANY_KIND_IN_ID = r"[@./&( ]|\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|^[2-9][0-9]{2}-"
LONGEST_CODE = 80
MOST_WORDS = 12
# Shorter text is a code; none of the kinds fits into it.
SHORTEST_KIND = 7
DAMAGE = r"^-?[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}$|^#+$|^#(?:REF|VALUE|NAME|N/A|DIV/0|NUM|NULL)[!?]?$"
# Every damaged text has one of these signs, which are found more quickly than a pattern.
DAMAGE_SIGNS = ("#", "E+")
DAMAGED = "damaged by a spreadsheet"
DAMAGED_TIME = r"^[0-9]{1,2}:[0-9]{2}\.[0-9]$|^#+$|^-?[0-9](?:\.[0-9]+)?E\+[0-9]{1,3}$"
# Letters: all but digits, blanks and signs of ASCII.
LETTERS = r"[^\x00-@\[-`{-~]"
# Words that a date or time can hold; others are not shown in a sample of what could not be read.
TIME_WORDS = (
    r"\b(?:am|pm|a\.m\.|p\.m\.|noon|midnight|t|z|utc|gmt|[ecmp][sd]t|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|"
    r"june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|mon(?:day)?|tue(?:s|sday)?|"
    r"wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|n/a|na|none|null|unknown|not entered|blank)\b"
)


def private_content(header: str) -> str | None:
    """What a column's name says that it holds, where that may never be stored; None where it may."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    words = " ".join(re.split(r"[^a-z0-9]+", spaced.casefold())).strip()
    for content, pattern in PRIVATE_NAMES.items():
        if re.search(pattern, words):
            strict = content in ("names", "birth dates", "e-mail addresses", "official numbers")
            return content if strict or not HARMLESS.search(words) else None
    return None


def text_complaint(text: Expression, is_id: bool) -> Expression:
    """Why a text may not be stored: a spreadsheet damaged it, or it looks private; null where it may."""
    reason = CaseExpression(text.isnull(), _null())
    reason = reason.when(_is_damaged(text), ConstantExpression(DAMAGED))
    length = call("length", text)
    reason = reason.when(length < ConstantExpression(SHORTEST_KIND), _null())
    words = call("length", text) - call("length", call("replace", text, *_constants(" ", "")))
    # Blanks are counted only in a text that is long enough for so many and what they part: most are not.
    has_many_words = (length > ConstantExpression(2 * MOST_WORDS)) & (
        words >= ConstantExpression(MOST_WORDS)
    )
    too_long = (length > ConstantExpression(LONGEST_CODE)) | has_many_words
    reason = reason.when(too_long, ConstantExpression(_dropped("free text")))
    reason = reason.when(~_fits(text, ANY_KIND_IN_ID if is_id else ANY_KIND), _null())
    if is_id:
        phone = ConstantExpression(_dropped("a phone number"))
        reason = reason.when(_fits(text, PHONE_AS_ID), phone)
    for kind, pattern in KINDS.items():
        if not is_id or kind in KINDS_IN_IDS:
            reason = reason.when(_fits(text, pattern), ConstantExpression(_dropped(kind)))
    return reason.otherwise(_null())


def person_complaint(text: Expression) -> Expression:
    """As text_complaint, for fields of people's traits: these hold no names either."""
    name = _fits(text, WRITTEN_LAST_NAME_FIRST)
    return CaseExpression(name, ConstantExpression(_dropped("a name"))).otherwise(
        text_complaint(text, is_id=False)
    )


def shown_value(text: Expression) -> Expression:
    """A value that was not understood, as it may be kept for a report; null where it looks private."""
    is_kept = text_complaint(text, is_id=False).isnull() | _fits(text, DAMAGE)
    return CaseExpression(is_kept & ~_fits(text, WRITTEN_LAST_NAME_FIRST), text).otherwise(_null())


def shown_time(text: Expression) -> Expression:
    """A time that was not understood, as it may be kept for a report: letters of other words are masked."""
    rest = call("regexp_replace", call("lower", text), *_constants(TIME_WORDS, "", "g"))
    masked = call("regexp_replace", text, *_constants(LETTERS, "x", "g"))
    kinds = (
        "an e-mail address",
        "a phone number",
        "an official number",
        "an address",
        "a place on the map",
    )
    is_private = call("length", text) > ConstantExpression(40)
    for kind in kinds:
        is_private = is_private | _fits(text, KINDS[kind])
    return CaseExpression(is_private, _null()).when(_fits(rest, LETTERS), masked).otherwise(text)


def _is_damaged(text: Expression) -> Expression:
    first, second = (call("contains", text, ConstantExpression(sign)) for sign in DAMAGE_SIGNS)
    return (first | second) & _fits(text, DAMAGE)


def damaged_time(text: Expression) -> Expression:
    """Whether a spreadsheet left of a time what nobody can read: 00:05.0, ######## or 4.5E+04."""
    return _fits(text, DAMAGED_TIME)


def _dropped(kind: str) -> str:
    return f"dropped, looked like {kind}"


def _fits(text: Expression, pattern: str) -> Expression:
    return call("regexp_matches", text, ConstantExpression(pattern))


def _constants(*values: object) -> tuple[Expression, ...]:
    return tuple(map(ConstantExpression, values))


def _null() -> Expression:
    return ConstantExpression(None).cast("VARCHAR")
