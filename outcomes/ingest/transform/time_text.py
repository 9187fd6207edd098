"""Ways of writing a clock that strptime does not read: 24:00, a.m., PDT, a Z for UTC, and elapsed time."""

import re
from datetime import time, timedelta

from duckdb import CaseExpression, CoalesceOperator, ConstantExpression, Expression
from duckdb import FunctionExpression as call

from outcomes.ingest.transform.columns import null

# 24:00 is the midnight with which a day ends; nothing but zeros follows.
END_OF_DAY = r"(^|[^0-9:])24(:?00(?::?00(?:\.0+)?)?)($|[^0-9:])"
# a.m. and P. M.
DOTTED_HALF = r"\b([apAP])\. ?[mM]\b\.?"
# What North American clocks are called, and how far from UTC they then are.
OFFSETS = {
    "NST": "-03:30", "NDT": "-02:30", "AST": "-04:00", "ADT": "-03:00", "EST": "-05:00", "EDT": "-04:00",
    "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
    "ES": "-05:00", "ED": "-04:00", "CS": "-06:00", "CD": "-05:00", "MS": "-07:00", "MD": "-06:00", "PS": "-08:00",
    "PD": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00", "UTC": "+00:00", "GMT": "+00:00", "Z": "+00:00",
}  # fmt: skip
# Digits of a second that no clock of a log has, and that strptime does not read.
LONG_FRACTION = r"([.,][0-9]{6})[0-9]+"
# Digits of a code that is written in full, and the runs of codes in a format with what parts them.
DIGITS = {"%Y": 4, "%y": 2, "%m": 2, "%d": 2, "%j": 3, "%H": 2, "%I": 2, "%M": 2, "%S": 2}
CODES_AND_SIGNS = re.compile("(?:%[YymdjHIMS])+|%-?[a-zA-Z]|[^%]")
# Weights of the parts of an elapsed time, in seconds.
ELAPSED_PARTS = {"h:mm:ss": (3600, 60, 1), "h:mm": (3600, 60), "m:ss": (60, 1)}
# An elapsed time over a day in a workbook's cell that has no format for it: days counted from the last of 1899.
DAYS_AS_DATE = r"^1900-01-0?([0-9]{1,2}) "
# Days before the clock of an elapsed time: 1 day, 2:03:04, 1d 02:03:04 or 1.02:03:04.
DAYS_BEFORE = r"^(?:([0-9]{1,3}) ?(?:days?,?|d|\.) ?)?"


def with_mended_clock(text: Expression, formats: list[str]) -> Expression:
    """The first format that fits, as a timestamp; where none does, of the text with its clock mended."""
    mended = text
    if any("%p" in written for written in formats):
        mended = _replaced(mended, DOTTED_HALF, r"\1m")
    if any("%H" in written for written in formats):
        mended = _replaced(mended, END_OF_DAY, r"\100\2\3")
    if any("%f" in written for written in formats):
        mended = _replaced(mended, LONG_FRACTION, r"\1")
    late = at_the_end_of_the_day(_strptime(mended, formats), text)
    # In a case of its own: outside of one DuckDB would work it out on every row, for all that it is asked of few.
    needs_it = call(
        "regexp_matches", text, ConstantExpression(f"{END_OF_DAY}|{DOTTED_HALF}|{LONG_FRACTION}")
    )
    mended_time = CaseExpression(needs_it, late).otherwise(null("TIMESTAMP"))
    return CoalesceOperator(_strptime(text, formats), mended_time)


def at_the_end_of_the_day(read: Expression, text: Expression) -> Expression:
    """The time read from the text; of one that is written as 24:00 the midnight after its day."""
    is_late = call("regexp_matches", text, ConstantExpression(END_OF_DAY))
    next_day = read + ConstantExpression(timedelta(days=1))
    after = CaseExpression(is_late, next_day).otherwise(read)
    # Few times are midnight; only of these the text is looked at.
    return CaseExpression(read.cast("TIME") == ConstantExpression(time(0)), after).otherwise(read)


def instant_written(text: Expression, written: str) -> Expression:
    """The instant by a format with an offset or a zone, which may be one of OFFSETS by its letters."""
    names = "|".join(OFFSETS)
    if "%f" in written:
        text = _replaced(text, LONG_FRACTION, r"\1")
    name = call(
        "regexp_extract",
        text,
        ConstantExpression(rf"[0-9 APMapm]({names})\b"),
        ConstantExpression(1),
    )
    place = call("list_position", ConstantExpression(list(OFFSETS)), name)
    offset = call(
        "list_extract",
        ConstantExpression(list(OFFSETS.values())),
        CoalesceOperator(place.cast("BIGINT"), ConstantExpression(0)),
    )
    instead = call("||", ConstantExpression("\\1"), offset)
    said = call(
        "regexp_replace", text, ConstantExpression(rf"([0-9 APMapm])(?:{names})\b"), instead
    )
    by_letters = _one_strptime(said, written.replace("%Z", "%z"))
    plain = _one_strptime(text, written)
    # DuckDB knows some letters, but takes PST in July for the clock on the wall there.
    first, second = (by_letters, plain) if "%Z" in written else (plain, by_letters)
    return CoalesceOperator(first, second)


def elapsed_seconds(text: Expression, elapsed_format: str) -> Expression:
    """The seconds of an elapsed time such as 1:02:30; null where it is not written so."""
    if elapsed_format == "m:ss:00":
        # A spreadsheet took minutes and seconds for hours and minutes where it could.
        as_hours = elapsed_seconds(text, "h:mm:ss") / ConstantExpression(60)
        return CoalesceOperator(elapsed_seconds(text, "m:ss"), as_hours)
    weights = ELAPSED_PARTS[elapsed_format]
    days: Expression = ConstantExpression(0.0)
    if elapsed_format != "m:ss":
        text = _replaced(text, DAYS_AS_DATE, r"\1 d ")
        told = call("regexp_extract", text, ConstantExpression(DAYS_BEFORE), ConstantExpression(1))
        days = CoalesceOperator(told.try_cast("DOUBLE"), days)
        text = _replaced(text, DAYS_BEFORE, "")
    pattern = "[0-9]{1,4}" + ":[0-5][0-9]" * (len(weights) - 1) + r"(?:\.[0-9]+)?"
    parts = call("string_split", text, ConstantExpression(":"))
    seconds: Expression = days * ConstantExpression(86_400.0)
    for place, weight in enumerate(weights, start=1):
        part = call("list_extract", parts, ConstantExpression(place)).try_cast("DOUBLE")
        seconds = seconds + part * ConstantExpression(weight)
    is_elapsed = call("regexp_full_match", text, ConstantExpression(pattern))
    return CaseExpression(is_elapsed, seconds).otherwise(null("DOUBLE"))


def _strptime(text: Expression, formats: list[str]) -> Expression:
    if any(map(packed_pattern, formats)):
        readings = [_one_strptime(text, written).cast("TIMESTAMP") for written in formats]
        return CoalesceOperator(*readings) if len(readings) > 1 else readings[0]
    return call("try_strptime", text, ConstantExpression(formats)).cast("TIMESTAMP")


def _one_strptime(text: Expression, written: str) -> Expression:
    # One format alone: in a list a format without an offset would lose its wall time.
    read = call("try_strptime", text, ConstantExpression(written))
    pattern = packed_pattern(written)
    if not pattern:
        return read
    is_whole = call("regexp_full_match", text, ConstantExpression(pattern))
    return CaseExpression(is_whole, read).otherwise(ConstantExpression(None))


def packed_pattern(written: str) -> str:
    """A pattern of all digits that codes without a sign between them need; empty where there are none.

    The engine reads 114 by %H%M as 11:04, and it is 1:14.
    """
    pattern, is_packed = "", False
    for run in CODES_AND_SIGNS.findall(written):
        codes = re.findall("%[a-zA-Z]", run)
        if len(codes) > 1 and all(code in DIGITS for code in codes):
            pattern += f"[0-9]{{{sum(DIGITS[code] for code in codes)}}}"
            is_packed = True
        else:
            pattern += ".+" if codes else re.escape(run)
    return pattern if is_packed else ""


def _replaced(text: Expression, pattern: str, instead: str) -> Expression:
    return call("regexp_replace", text, ConstantExpression(pattern), ConstantExpression(instead))
