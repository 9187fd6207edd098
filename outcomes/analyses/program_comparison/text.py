"""Programs against each other in words, tables and files; by name, never in a ranking."""

from outcomes.analyses.program_comparison.analysis import (
    Apart,
    ComparedProgram,
    ProgramComparison,
    apart_at_mix,
)
from outcomes.analyses.program_comparison.scorecard import Score, Standing
from outcomes.metrics.definition import Direction
from outcomes.presentation.format import (
    CONFIDENCE,
    STATUS_WORDS,
    decimal_text,
    number_range,
    part_of,
    percent,
    percent_range,
    ratio_text,
    value_text,
)
from outcomes.presentation.sentences import kinds_are, worded
from outcomes.statistics.funnel_plot import FunnelPosition
from outcomes.statistics.standardisation import Standardised
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import Status

_POSITION_WORDS = {
    FunnelPosition.FAR_BELOW: "far lower than {} explain",
    FunnelPosition.BELOW: "lower than {} explain",
    FunnelPosition.WITHIN: "within what {} explain",
    FunnelPosition.ABOVE: "higher than {} explain",
    FunnelPosition.FAR_ABOVE: "far higher than {} explain",
    FunnelPosition.NO_CASES: "no cases",
}
LOWER = (FunnelPosition.FAR_BELOW, FunnelPosition.BELOW)
HIGHER = (FunnelPosition.FAR_ABOVE, FunnelPosition.ABOVE)
NO_RANKING = "There is no ranking: programs within the limits are not told apart."
OWN_MIX = (
    "The limits are for all programs shown together, as in the chart above. A program that is outside in one of the two charts "
    "alone has a mix of calls that makes the difference, or hides it. "
    "Each program is compared with all of them together at its own mix of calls. Two programs' numbers here are not compared "
    "with each other, for their mixes differ. Time of day, place and who was met are not evened out."
)


def allowance(has_spread: bool, would: str = "") -> str:
    """What limits allow for, with its verb: 'chance explains', or 'chance and the spread among programs explain'."""
    what = "chance and the spread among programs" if has_spread else "chance"
    if would:
        return f"{what} {would} explain"
    return f"{what} explain{'' if has_spread else 's'}"


def position_words(comparison: ProgramComparison, position: FunnelPosition) -> str:
    """Where a program lies, in the words of what the limits allow for: 'higher than chance explains'."""
    explains = allowance(_has_spread(comparison))
    return _POSITION_WORDS[position].replace("{} explain", explains)


def _has_spread(comparison: ProgramComparison) -> bool:
    return comparison.funnel is not None and comparison.funnel.excess.variance_between > 0.0


def comparison_sentence(comparison: ProgramComparison) -> str:
    """Which programs differ from all together by more than chance, or why nothing is compared."""
    if comparison.is_refused:
        return _why_refused(comparison)
    found = [one for one in comparison.programs if one.unit]
    if comparison.funnel is None:
        return _why_no_funnel(comparison)
    count = sum(one.count or 0 for one in found)
    cases = sum(one.cases or 0 for one in found)
    explains = allowance(_has_spread(comparison), "would")
    whole = f"all of them together ({part_of(count, cases)}, {_share(comparison, comparison.funnel.target)})"
    outside = [
        f"{BOLD}{one.name}{BOLD} is {side} ({_of(comparison, one)})"
        for side, positions in (("higher", HIGHER), ("lower", LOWER))
        for one in found
        if one.unit and one.unit.position in positions
    ]
    if not outside:
        return f"None of the {len(found):,} programs differs from {whole} by more than {explains}."
    others = len(found) - len(outside)
    within = position_words(comparison, FunnelPosition.WITHIN)
    rest = f" The other {others:,} are {within}." if others else ""
    if others == 1:
        rest = f" The other one is {within}."
    return (
        f"Of {len(found):,} programs, {len(outside):,} {'differs' if len(outside) == 1 else 'differ'} from {whole} by "
        f"more than {explains}: {'; '.join(outside)}.{rest}"
    )


def chosen_sentence(comparison: ProgramComparison, program_ids: tuple[str, ...]) -> str:
    """Where the one chosen program stands among the others; empty where none or several are chosen."""
    chosen = [one for one in comparison.programs if (one.program_id,) == program_ids]
    if comparison.is_refused or not chosen:
        return ""
    one = chosen[0]
    if one.cases is None:
        return f"{BOLD}{one.name}{BOLD} is hidden here to protect people."
    place = f": {position_words(comparison, one.unit.position)}" if one.unit else ""
    return f"{BOLD}{one.name}{BOLD} had {_of(comparison, one)}{place}."


def _why_refused(comparison: ProgramComparison) -> str:
    if comparison.refused:
        one = comparison.refused[0]
        here = comparison.programs[0].name
        return (
            f"Not compared: no two of these programs record this figure alike. {one.name} and {here} differ in "
            f"{one.criterion.words}: {one.here}; against {one.there}."
        )
    if comparison.programs:
        return (
            f"Not compared: {comparison.programs[0].name} is the only one of these programs whose log records this figure, "
            "and a comparison takes two."
        )
    lacks = comparison.not_recorded[0][1] if comparison.not_recorded else "this figure"
    return f"Not compared: no log of these programs records it. What would have to be recorded: {lacks}."


def _why_no_funnel(comparison: ProgramComparison) -> str:
    shown = [one for one in comparison.programs if one.cases is not None]
    if len(shown) < 2:
        programs = f"{len(comparison.programs):,} programs"
        hidden = sum(one.status is Status.SUPPRESSED for one in comparison.programs)
        if hidden:
            return (
                f"Not compared: of {programs} the counts of {hidden:,} are hidden to protect people, and a comparison takes two "
                "that are shown."
            )
        few = "only one" if shown else "none"
        return f"Not compared: {few} of {programs} has cases on record in this selection, and a comparison takes two."
    cases = sum(one.cases or 0 for one in shown)
    events = sum(one.count or 0 for one in shown)
    what = "none" if not events else "every one"
    return f"Of {cases:,} cases in {len(shown):,} programs {what} counts here, so programs cannot be told apart."


def mix_sentence(comparison: ProgramComparison) -> str:
    """Which programs had more or fewer than their mix of calls leads one to expect."""
    ratios = [(one, one.standardised) for one in comparison.programs if one.standardised]
    if not ratios:
        return f"At equal call mix nothing can be said: {_why_no_ratio(comparison)}."
    explains = allowance(any(found.allows_for_spread for _, found in ratios), "would")
    told = [
        f"{BOLD}{one.name}{BOLD} had {side} than its mix of calls would lead one to expect ({_ratio(found)})"
        for side in ("more", "fewer")
        for one, found in ratios
        if side == _side(found)
    ]
    if not told and len(ratios) == 1:
        return (
            f"At equal call mix only {ratios[0][0].name} can be compared with all of them together: it had neither more nor fewer "
            f"than expected by more than {explains}."
        )
    if not told:
        return f"At equal call mix none of the {len(ratios):,} programs had more or fewer than expected by more than {explains}."
    return f"At equal call mix, and by more than {explains}: {'; '.join(told)}."


def _why_no_ratio(comparison: ProgramComparison) -> str:
    shown = [one for one in comparison.programs if one.cases is not None]
    if len(shown) < 2:
        return "it takes two programs whose counts are shown"
    if not any(one.count for one in shown):
        return "no case counts here in any program"
    if comparison.hidden_kinds:
        return f"{kinds_are(comparison.hidden_kinds)} hidden to protect people"
    return "too few cases are of a kind of call that another program has too"


def _side(found: Standardised) -> str:
    """'more' or 'fewer' than expected, beyond chance; else empty."""
    return {Apart.HIGHER: "more", Apart.LOWER: "fewer"}.get(apart_at_mix(found), "")


def _ratio(found: Standardised) -> str:
    return f"{found.observed:,} where {decimal_text(found.expected, 1)} are expected, {ratio_words(found)}"


def ratio_words(found: Standardised) -> str:
    """Observed over expected with its limits: '1.23 times (1.02 to 1.48)'; no cases where there is none."""
    if found.ratio is None or found.interval is None:
        return STATUS_WORDS[Status.NO_CASES]
    return ratio_text(found.ratio, found.interval.low, found.interval.high)


def pooled_sentence(comparison: ProgramComparison) -> str:
    """The typical program and what a new one would be like, with how many programs it comes from."""
    pooled = comparison.pooled
    if pooled is None:
        return ""
    if pooled.share is None or pooled.interval is None:
        return " ".join(pooled.notes)
    said = (
        f"A typical program of these {pooled.program_count:,} has {_share(comparison, pooled.share)} "
        f"({CONFIDENCE} {_range(comparison, pooled.interval.low, pooled.interval.high)})."
    )
    if pooled.prediction:
        said += (
            " A new program like them would be expected between "
            f"{_range(comparison, pooled.prediction.low, pooled.prediction.high, 'and')}."
        )
    return " ".join([said, *pooled.notes])


def comparison_notes(comparison: ProgramComparison) -> list[str]:
    """What a careful reader must know, in order."""
    notes = [
        f"{one.name} is not compared with them: it differs in {one.criterion.words}. There: {one.here}; "
        f"in the others: {one.there}."
        for one in comparison.refused
    ]
    silent = [name for name, _ in comparison.not_recorded]
    if silent:
        whose = "its log does" if len(silent) == 1 else "their logs do"
        notes.append(
            f"Not in it, for {whose} not record what it needs: {', '.join(silent)}. Data quality says what is missing."
        )
    hidden = [one.name for one in comparison.programs if one.status is Status.SUPPRESSED]
    if hidden:
        notes.append(f"Hidden to protect people, and in no figure here: {', '.join(hidden)}.")
    if comparison.hidden_kinds:
        notes.append(
            f"{kinds_are(comparison.hidden_kinds)} hidden in some program and left out at equal call mix. A program "
            "of which that holds more than a fifth of the cases is not compared there."
        )
    if len({(one.first_day, one.last_day) for one in comparison.programs}) > 1:
        notes.append(
            "The logs cover different months (see the table). To compare the same months, choose them in "
            "the bar over the page."
        )
    notes.append(f"Caution: {comparison.metric.caution}")
    if comparison.metric.direction is Direction.NEUTRAL:
        notes.append(
            f"Neither higher nor lower is better here: {comparison.metric.direction_reason}."
        )
    return notes


def comparison_citation(comparison: ProgramComparison, link: str) -> str:
    """The answer to be quoted, with definition, source and link."""
    if comparison.by_program is None:
        return comparison_sentence(comparison)
    source = comparison.by_program.source
    return (
        f"{comparison.metric.label}: {without_bold(comparison_sentence(comparison))} Definition: "
        f"{comparison.metric.definition} Source: logs of {', '.join(source.programs)} ({label(source.data_kind)}), "
        f"snapshot {source.snapshot}. {link}"
    )


def _of(comparison: ProgramComparison, one: ComparedProgram) -> str:
    share = "" if one.share is None else f", {_share(comparison, one.share)}"
    return f"{part_of(one.count or 0, one.cases or 0)}{share}"


def share_and_limits(comparison: ProgramComparison, one: ComparedProgram) -> str:
    """The share as it is with its limits, or why there is none."""
    if one.share is None:
        return STATUS_WORDS.get(one.status, "")
    said = _share(comparison, one.share)
    if one.low is None or one.high is None:
        return said
    return f"{said} ({_range(comparison, one.low, one.high)})"


def _share(comparison: ProgramComparison, share: float) -> str:
    return percent(share, comparison.metric.decimals)


def _range(comparison: ProgramComparison, low: float, high: float, word: str = "to") -> str:
    return percent_range(low, high, comparison.metric.decimals, word)


def measure_label(comparison: ProgramComparison) -> str:
    """The metric's name in the words of the logs that are compared."""
    if comparison.by_program is None:
        return comparison.metric.label
    return worded(comparison.metric.label, comparison.by_program.source.record_grain)


# Others so few that each is told by name.
FEW_OTHERS = 3
NOBODY_ELSE = "There is no other program of its kind to compare with."
# Columns of the scorecard that are read as words.
OTHERS, PROGRAMS = "Other programs (how many)", "Programs (how many)"
SCORECARD_WORDS = (OTHERS, PROGRAMS)


def scorecard_sentence(scores: tuple[Score, ...]) -> str:
    """On how many measures the chosen program, or any, is told apart from all of them together, and on which."""
    compared = [score for score in scores if not score.why_not]
    own = next((score.own for score in scores if score.own), None)
    who = f"{BOLD}{own.name}{BOLD}" if own else "These programs"
    if not compared:
        return f"{who} can be compared on none of {len(scores):,} measures; the table says why."
    said = [f"{who} can be compared on {len(compared):,} of {len(scores):,} measures."]
    outside = [score for score in compared if _is_apart(score)]
    if not outside:
        said.append(
            "It is higher or lower than the others on none of them."
            if own
            else "None is told apart on any of them."
        )
    if outside and own is None:
        said.append(f"Some are told apart on {len(outside):,}: {_listed(outside)}.")
    if outside and own:
        for side in (Apart.HIGHER, Apart.LOWER):
            there = [score for score in outside if score.own and score.own.apart is side]
            if there:
                said.append(f"{side.value.capitalize()} on {len(there):,}: {_listed(there)}.")
    some = [score for score in compared if score.own and score.own.apart is Apart.FROM_SOME]
    if some:
        said.append(
            f"Higher or lower than some of them, not than all, on {len(some):,}: {_listed(some)}."
        )
    rest = len(compared) - len(outside) - len(some)
    if outside and own and rest:
        said.append(f"On {rest:,} it cannot be told apart.")
    return " ".join(said)


def _listed(scores: list[Score]) -> str:
    return "; ".join(_in_a_list(score) for score in scores)


def _is_apart(score: Score) -> bool:
    standings = [score.own] if score.own else list(score.others)
    return any(one.apart in (Apart.HIGHER, Apart.LOWER) for one in standings if one)


def own_words(score: Score) -> str:
    """The chosen program's figure with its 95% interval, or why there is none."""
    return standing_words(score, score.own) if score.own else ""


def standing_words(score: Score, one: Standing) -> str:
    """A program's figure with its 95% interval, or why there is none."""
    if one.value is None:
        return STATUS_WORDS.get(one.status, "")
    said = value_text(score.metric, one.value)
    if one.low is None or one.high is None:
        return said
    decimals = score.metric.decimals
    limits = (
        percent_range(one.low, one.high, decimals)
        if score.metric.unit == "share"
        else number_range(one.low, one.high, decimals)
    )
    return f"{said} ({limits})"


def others_words(score: Score) -> str:
    """The others by name where they are few, else from the lowest to the highest with the median and, in brackets, how many they are."""
    shown = [one for one in score.others if one.value is not None]
    found = score.range_of_others
    if found is None:
        return ""
    if len(shown) <= FEW_OTHERS:
        return "; ".join(
            f"{one.short_name} {value_text(score.metric, one.value)}"
            for one in shown
            if one.value is not None
        )
    low, middle, high = found
    ends = (
        percent_range(low, high, score.metric.decimals)
        if score.metric.unit == "share"
        else number_range(low, high, score.metric.decimals)
    )
    return f"{ends}, median {value_text(score.metric, middle)} ({len(shown):,})"


def apart_words(score: Score) -> str:
    """Whether the chosen program is told apart, or which programs are; why not where nothing can be said."""
    if score.why_not:
        return f"not comparable: {score.why_not}"
    as_is = as_it_is_words(score)
    at_mix = mix_words(score)
    return f"{as_is}; at an equal mix of calls: {at_mix}" if at_mix not in ("", as_is) else as_is


def as_it_is_words(score: Score) -> str:
    """Whether it is told apart as it is; empty where programs are not compared."""
    return "" if score.why_not else _apart(score, "apart")


def mix_words(score: Score) -> str:
    """The same at an equal mix of calls; empty where that is not worked out."""
    standings = [score.own] if score.own else list(score.others)
    is_worked_out = not score.why_not and any(one.at_mix for one in standings)
    return _apart(score, "at_mix") if is_worked_out else ""


def _apart(score: Score, name: str) -> str:
    standings = [score.own] if score.own else list(score.others)
    found: list[tuple[str, Apart]] = [
        (one.short_name, getattr(one, name)) for one in standings if getattr(one, name)
    ]
    if score.own and found:
        apart = found[0][1]
        return _from_some(score.own, score.others) if apart is Apart.FROM_SOME else apart.value
    outside = [f"{who} {each.value}" for who, each in found if each in (Apart.HIGHER, Apart.LOWER)]
    return ", ".join(outside) or Apart.NOT_APART.value


def _from_some(own: Standing, others: tuple[Standing, ...]) -> str:
    """Of how many programs the interval lies above or below: 'higher than 2, lower than 1 of 7'."""
    shown = [(one.low, one.high) for one in others if one.low is not None and one.high is not None]
    over = sum(own.low is not None and own.low > high for _, high in shown)
    under = sum(own.high is not None and own.high < low for low, _ in shown)
    sides = [
        f"{word} than {count:,}" for word, count in (("higher", over), ("lower", under)) if count
    ]
    return f"{', '.join(sides)} of {len(shown):,}; not told apart from the others"


def scorecard_caption(scores: tuple[Score, ...]) -> str:
    """How the scorecard is read: what told apart means, what the mix of calls does, and what many measures do to chance."""
    compared = [score for score in scores if not score.why_not]
    if not compared:
        return ""
    said = [
        "Higher or lower: beyond chance and the spread among programs; a median, beyond every other program's interval. "
        "No ranking."
    ]
    without = [_in_a_list(score) for score in compared if not mix_words(score)]
    if len(without) < len(compared):
        listed = "; ".join(without) if len(without) <= FEW_OTHERS else f"{len(without):,} of them"
        but = f" (not worked out for {listed})" if without else ""
        said.append(f"The same at an equal mix of calls unless said{but}.")
    if len(compared) > 1:
        chance = percent(1 - 0.95 ** len(compared), 0)
        said.append(
            f"Were all programs alike, up to {chance} of scorecards would still show one apart."
        )
    return " ".join(said)


def _in_a_list(score: Score) -> str:
    """The measure's name within a sentence."""
    return f"{score.metric.short_label[0].lower()}{score.metric.short_label[1:]}"
