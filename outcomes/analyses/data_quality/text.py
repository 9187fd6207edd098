"""The quality report in sentences: what was found, and what it does to which metric."""

from outcomes.analyses.data_quality.report import Finding, QualityReport
from outcomes.answers.scope import PRECISION_WORDS
from outcomes.metrics.registry import METRICS
from outcomes.presentation.format import count_text, decimal_text, percent
from outcomes.presentation.sentences import months_words
from outcomes.selection import parse_month
from outcomes.statistics.word_change import EVERY_RECORD, ChangeOfWord, WordChange
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import ROW_COUNTS, DatePrecision

# What a gap in a field does to the metrics, for the end of a sentence.
EFFECTS = {
    "received_at": "waiting times cannot be measured from these",
    "received_date": "these calls stand under no month",
    "dispatched_at": "how long dispatch took is not known for these",
    "en_route_at": "turnout and travel cannot be told apart on these",
    "arrived_at": "no waiting time for these",
    "contact_at": "whether the person was met then comes from the result alone",
    "cleared_at": "the time on scene is not known for these",
    "call_origin": "these cannot count as calls from the public",
    "call_type": "these fall outside every comparison by call type",
    "area_id": "these stand under no area",
    "is_eligible": "these cannot count as eligible",
    "contact_result": "these count as neither met nor missed",
    "police_involvement": "these are outside every police metric",
    "police_request_reason": "why the team asked for police is not known for these",
    "has_arrest": "these are outside the arrest rate",
    "has_involuntary_hold": "these are outside the rate of involuntary holds",
    "has_force": "these are outside the rate of force",
    "has_emergency_department": "these are outside the share taken to an emergency department",
    "disposition": "how these ended is worked out from other fields, where these tell it",
    "transport_to": "where the person was taken is not known for these",
    "has_transport": "these are outside the share transported",
    "has_referral_offered": "these are outside the referrals",
    "age_band": "these stand apart in every table by age",
    "gender": "these stand apart in every table by gender",
    "race_ethnicity": "these stand apart in every table by race and ethnicity",
    "priority_code": "these stand apart in every table by priority",
    "acuity": "these stand apart at equal call mix",
    "is_injury_recorded": "nobody can say whether someone was hurt on these",
    "not_reached_reason": "for calls that were not reached, the reason is then not recorded",
}
# Short, for they stand beside a chart on a phone.
FIELD_WORDS = {
    "received_date": "Date of call",
    "received_at": "Time of call",
    "queued_at": "Time queued",
    "dispatched_at": "Time sent",
    "en_route_at": "Time on the way",
    "arrived_at": "Time of arrival",
    "contact_at": "Time of contact",
    "cleared_at": "Time cleared",
    "call_origin": "Origin of call",
    "call_type": "Call type",
    "call_type_code": "Call-type code",
    "area_id": "Area",
    "is_eligible": "Eligible or not",
    "contact_result": "Contact result",
    "police_involvement": "Police involved",
    "police_request_reason": "Why police",
    "has_arrest": "Arrest or not",
    "has_involuntary_hold": "Hold or not",
    "has_force": "Force or not",
    "has_emergency_department": "Hospital or not",
    "disposition": "How it ended",
    "transport_to": "Taken where",
    "is_injury_recorded": "Injury or not",
    "not_reached_reason": "Why not reached",
    "incident_id": "Id of the call",
    "unit_id": "Unit",
    "priority_code": "Priority",
    "acuity": "Acuity",
    "gender": "Gender",
    "race_ethnicity": "Race or ethnicity",
    "age_band": "Age band",
    "responder_type": "Kind of responder",
    "is_community_dispatched": "Team sent or not",
    "has_transport": "Transport or not",
    "has_referral_offered": "Referral offered or not",
    "has_referral_accepted": "Referral accepted or not",
    "has_service_connected": "Service connected or not",
    "initial_call_type_code": "Call-type code",
    "final_call_type_code": "Final call-type code",
    EVERY_RECORD: "All records",
}
INTERVAL_WORDS = {
    "call_processing_min": "from call to dispatch",
    "turnout_min": "from dispatch to setting out",
    "travel_min": "on the way",
    "response_min": "from call to arrival",
    "on_scene_min": "on scene",
    "committed_min": "from dispatch to clearing",
}
STATE_WORDS = {
    "negative": "below zero",
    "zero": "exactly zero",
    "over_range": "longer than believable",
}
EXCLUSION_WORDS = {
    "missing": "no time of the call or of the arrival",
    "negative": "an arrival before the call",
    "zero": "an arrival at the very time of the call",
    "not_a_call": "begun by the team itself, or a follow-up",
    "over_range": "a longer wait than believable",
}
CHANGE_EFFECTS = {
    ChangeOfWord.NEW: "check that the profile and the call-type list know it",
    ChangeOfWord.GONE: "check whether it was renamed or left out of the export",
    ChangeOfWord.MORE: "ask what changed before it is read as more calls",
    ChangeOfWord.FEWER: "ask whether rows are missing before it is read as fewer calls",
}
MANY_WORDS = {
    ChangeOfWord.NEW: "are new since the load before",
    ChangeOfWord.GONE: "are gone since the load before, which had them",
    ChangeOfWord.MORE: "are more often than before the last load",
    ChangeOfWord.FEWER: "are less often than before the last load",
}
# So many changes of a kind in one field have a sentence each; of more, these are named in one.
CHANGES_APART, CHANGES_NAMED = 3, 10
SAMPLES = 3
METRICS_NAMED = 2


def field_words(field: str) -> str:
    """A field of the contract in words for a reader."""
    return FIELD_WORDS.get(field, field.replace("_", " ").capitalize())


def _number_of(count: int | None) -> str:
    return count_text(count, "a hidden number of")


def _counted(count: int | None, noun: str) -> str:
    """The number with its noun, such as "1 row" or "a hidden number of rows"."""
    return f"{_number_of(count)} {noun}" if count == 1 else f"{_number_of(count)} {noun}s"


def _a_day(records: float) -> str:
    return decimal_text(records, 1, grouped=False)


def filled_words(share: float) -> str:
    """The share of records on which a field is filled: 0.9999 is '99.9%', never all."""
    return percent(share, not_quite_all=True)


def _metrics_with(field: str) -> str:
    """Names of the metrics that need a field; empty where none does."""
    # The first field of a requirement is the one that it is usually met with; others may stand in for it.
    labels = [
        metric.label
        for metric in METRICS.values()
        if any(
            need.any_field[:1] == (field,)
            for need in (*metric.requires, *metric.denominator_requires)
        )
    ]
    named = "; ".join(labels[:METRICS_NAMED])
    more = len(labels) - METRICS_NAMED
    return f"{named} and {more} more" if more > 0 else named


def effect_of(field: str) -> str:
    """What a value that is missing or not understood does to which metric, as a sentence without its dot."""
    effect = EFFECTS.get(field, "it is not recorded for these")
    metrics = _metrics_with(field)
    return f"{effect} (needed for: {metrics})" if metrics else effect


def report_sentences(report: QualityReport) -> tuple[str, ...]:
    """All of the report, in sentences."""
    return (
        _coverage_sentence(report),
        _rows_sentence(report),
        *(f"{_counted(count, 'row')} {reason}." for reason, count in report.reasons.items()),
        *([report.limit_sentence] if report.limit_sentence else []),
        *map(_finding_sentence, report.findings),
        *gap_sentences(report),
        *_interval_sentences(report),
        *repeat_sentences(report),
        *_change_sentences(report.changes),
        *_completeness_sentences(report),
    )


def _coverage_sentence(report: QualityReport) -> str:
    program = report.program
    records = _counted(program.call_count, f"{program.record_grain.value} record")
    if program.first_day is None or program.last_day is None:
        return f"{program.program_name}: {records}, none with a date."
    return (
        f"{program.program_name}: {day_label(program.first_day)} to {day_label(program.last_day)}, "
        f"{records}."
    )


def _rows_sentence(report: QualityReport) -> str:
    parts = ", ".join(f"{_number_of(report.rows[name])} {name}" for name in ROW_COUNTS[1:])
    return f"The last load read {_counted(report.rows['rows_read'], 'row')}: {parts}."


def _finding_sentence(finding: Finding) -> str:
    samples = finding.samples[:SAMPLES]
    found = f", such as {', '.join(f'[{sample}]' for sample in samples)}" if samples else ""
    return (
        f"{finding.field}: {_counted(finding.row_count, 'row')} {finding.rule}{found}; "
        f"{EFFECTS.get(finding.field, 'it is not recorded for these')}."
    )


def gap_sentences(report: QualityReport) -> list[str]:
    """Months and days without a record, and records without a date."""
    sentences = []
    if not report.program.date_precision.tells(DatePrecision.DAY):
        words = PRECISION_WORDS[report.program.date_precision]
        unit = report.program.date_precision.value
        sentences.append(f"The log gives {words}: what is missing within a {unit} cannot be seen.")
    if report.missing_months:
        months = months_words([parse_month(month) for month in report.missing_months])
        sentences.append(
            f"No records at all for {months}: a gap in the log, drawn as a gap and never as zero."
        )
    if report.gaps and report.records_a_day is not None:
        longest = max(report.gaps, key=lambda one: one.day_count)
        days = sum(one.day_count for one in report.gaps)
        span = (
            f"on {day_label(longest.first_day)}"
            if longest.day_count == 1
            else f"from {day_label(longest.first_day)} to {day_label(longest.last_day)}"
        )
        sentences.append(
            f"No record on {_counted(days, 'day')} that the log's average of {_a_day(report.records_a_day)} a day does "
            f"not explain, the longest stretch {span}. Counts of those months are too low if rows are missing."
        )
    sentences += light_sentences(report)
    if report.undated_count == 1:
        sentences.append("1 record has no date; it stands under no month.")
    elif report.undated_count != 0:
        sentences.append(
            f"{_number_of(report.undated_count)} records have no date; they stand under no month."
        )
    return sentences


def light_sentences(report: QualityReport) -> list[str]:
    """Weeks and days with far fewer records than those around them, each kind in one sentence."""
    sentences = []
    for found, noun, around in (
        (report.light_weeks, "week", "the weeks around"),
        (report.short_days, "day", "the same weekday of the weeks around"),
    ):
        if not found:
            continue
        least = min(found, key=lambda one: one.record_count / one.usual_count)
        has, which = ("has", "it is") if len(found) == 1 else ("have", "the lightest is")
        beginning = "the week from " if noun == "week" else ""
        sentences.append(
            f"{_counted(len(found), noun)} {has} fewer than half the records of {around}: {which} {beginning}"
            f"{day_label(least.first_day)}, with {least.record_count:,} where {count_text(least.usual_count)} are "
            "usual. Counts are too low there if rows are missing."
        )
    return sentences


def _interval_sentences(report: QualityReport) -> list[str]:
    sentences = [
        f"{_counted(count, 'response')} left out of waiting times: {EXCLUSION_WORDS[state]}."
        for state, count in report.excluded_intervals.items()
        if state in EXCLUSION_WORDS
    ]
    # From call to arrival is told above, of responses.
    return sentences + [
        f"{_counted(fault.incident_count, 'time')} {INTERVAL_WORDS[fault.interval_name]} left out of the "
        f"minutes: {STATE_WORDS[fault.state]}."
        for fault in report.interval_faults
        if fault.interval_name != "response_min"
    ]


def repeat_sentences(report: QualityReport) -> list[str]:
    """Records of a log without ids that equal another one; none where there are none."""
    if report.repeat_count == 0:
        return []
    if report.repeat_count == 1:
        return [
            "1 record equals another one in everything that is stored, and the log has no ids: if it is a "
            "repeat, every count is too high by one."
        ]
    return [
        f"{_number_of(report.repeat_count)} records equal another one in everything that is stored, and the "
        "log has no ids: if they are repeats, every count is too high by as many."
    ]


def _change_sentences(changes: tuple[WordChange, ...]) -> list[str]:
    """What changed: one sentence a word, and one for all of a kind in a field where they are many."""
    together: dict[tuple[str, ChangeOfWord], list[WordChange]] = {}
    for change in changes:
        together.setdefault((change.field, change.change), []).append(change)
    sentences: list[str] = []
    for (field, kind), found in together.items():
        if len(found) <= CHANGES_APART:
            sentences += map(_change_sentence, found)
            continue
        words = ", ".join(f"[{one.value}]" for one in found[:CHANGES_NAMED])
        more = f" and {len(found) - CHANGES_NAMED:,} more" if len(found) > CHANGES_NAMED else ""
        counts = [one.after_count or one.before_count for one in found]
        records = None if None in counts else sum(count or 0 for count in counts)
        sentences.append(
            f"{field}: {len(found):,} words {MANY_WORDS[kind]}, on {_counted(records, 'record')} together: "
            f"{words}{more}; {CHANGE_EFFECTS[kind]}."
        )
    return sentences


def _change_sentence(change: WordChange) -> str:
    what = "Records" if change.field == EVERY_RECORD else f"{change.field} [{change.value}]"
    before, after = change.before_count, change.after_count
    days = [day for day in (change.first_day, change.last_day) if day]
    months = " to ".join(dict.fromkeys(f"{day:%b %Y}" for day in days))
    when = f" ({months})" if months else ""
    if change.change is ChangeOfWord.NEW:
        told = f"new since the load before, on {_counted(after, 'record')}{when}"
    elif change.change is ChangeOfWord.GONE:
        told = f"gone since the load before, which had it on {_counted(before, 'record')}{when}"
    elif before is None or after is None:
        told = f"{change.change.value} than before the last load"
    else:
        told = (
            f"{change.change.value} than before the last load: "
            f"{_a_day(after / change.after_days)} a day, {_a_day(before / change.before_days)} before"
        )
    return f"{what}: {told}; {CHANGE_EFFECTS[change.change]}."


def _completeness_sentences(report: QualityReport) -> list[str]:
    sentences = []
    for field, share in report.recorded_shares.items():
        if share is not None and share < 1:
            effect = f" Where it is blank: {EFFECTS[field]}." if field in EFFECTS else ""
            sentences.append(f"{field} is filled on {filled_words(share)} of records.{effect}")
    if report.silent_fields:
        sentences.append(f"Not recorded at all: {', '.join(report.silent_fields)}.")
    return sentences
