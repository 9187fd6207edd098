"""The methods text, made from the registry of metrics: the Methods page and docs/methods.md are printed from it."""

from outcomes.analyses.methods.officer_time import OFFICER_METHOD
from outcomes.answers.counts import PARTS_OF_A_WHOLE
from outcomes.metrics.definition import MARGINS, Metric, Statistic, Suppression
from outcomes.metrics.figure import BOUNDED
from outcomes.metrics.registry import SUBJECTS
from outcomes.presentation.format import as_given

STATISTIC_WORDS = {
    Statistic.COUNT: "a plain count",
    Statistic.SHARE: "numerator over denominator; Wilson's 95% interval (Wilson 1927)",
    Statistic.SHARE_EXACT: (
        "numerator over denominator; exact 95% interval (Clopper and Pearson 1934); for zero events the "
        "one-sided 95% upper limit"
    ),
    Statistic.RATE_PER_10K: (
        "events per 10,000; exact Poisson 95% limits (Garwood 1936); for zero events the one-sided 95% "
        "upper limit"
    ),
    Statistic.MEDIAN: "median with its rank limits (Hahn and Meeker 1991)",
    Statistic.PERCENTILE_90: "90th percentile with its rank limits (Hahn and Meeker 1991)",
    Statistic.ASSUMPTION_RANGE: "sum over call types of count times assumed chance; middle and 80% range of a triangular distribution",
}
SUPPRESSION_WORDS = {
    Suppression.PEOPLE: "the public view hides counts from 1 to 10",
    Suppression.SAFETY_EVENTS: (
        "the public view shows a whole program's count by quarter or longer, and hides counts from 1 to "
        "10 in every finer table"
    ),
}
STATISTICS = """\
**Shares** carry Wilson's interval without continuity correction; where coverage must be guaranteed (safety, arrests,
force) the exact interval of Clopper and Pearson. Worked example: 150 of 24,000 is 0.625%, Wilson 0.533 to 0.733%.

**Zero is never shown alone.** For no event in n the one-sided 95% upper limit is 1 − 0.05^(1/n), said as "up to 1 in k"
(Hanley and Lippman-Hand 1983). Worked example: 0 of 748 is compatible with up to 0.40%, 1 in 250.

**Rates per 10,000** have exact Poisson limits (Garwood 1936). Worked example: 10 events have limits of 4.795 and 18.390.

**Waiting times** are kept as counts per bin (0.1 minute up to two hours, 2.5% above; whole minutes by hour of the week), so
that the median and the 90th percentile add up over any selection. Their limits come from ranks (Hahn and Meeker 1991). There
are no means, and neither a median nor a 90th percentile is ever made from those of parts: the medians of call processing,
turnout and travel do not add up to the median of the whole wait. Every response stands under every interval once, used or
left out for a named reason. Work that the team began itself, and follow-ups, have no call that anybody waited on. A program's
own target is held against the minutes themselves, a reader's against the bins. Worked example: of waits of 10, 10, 20, 30 and
60 minutes the median is 20; the mean of 26 is no wait that anybody had.

**Changes** are like for like: a program is in both periods or in neither, judged by its own log (whole months, no gap, one
target, the figure recorded in both), and those left out are named. Of several programs also the change at their earlier mix is
told, each program's change weighted by its part of the earlier cases; the word is that of this one. Worked example: one
program has 10% of 1,200, then 5% of 1,200; another 40% of 240, then 35% of 2,400. Together they rose from 15 to 25%, at the
earlier mix they fell by 5 points: *lower*.

The limits of a change are at 95%: for shares Newcombe's (1998, method 10), over programs by Zou and Donner (2008); for rates the
exact ones of the ratio of both (over programs Fay and Feuer 1997); for waits those of both ranks put together; for volumes those of
a quasi-Poisson model of monthly counts per day, whose variance comes from the months of both periods (each against the same
month of the earlier period where there are six or more), raised where months that follow each other are alike. One month is held
against one only where other months tell how much months vary.

The size of a change is that of the two numbers as they are shown, so that a reader who subtracts them finds it: 55.9% to 55.7% is
down 0.2 points. Its limits, and whether it is called a change, are worked out before anything is rounded; files hold those numbers.

**Four words.** *Higher* or *lower*: the limits leave out 0. *About the same*: they lie wholly within the change worth acting on,
which stands with each metric, even where they leave out 0. *Too few to tell*: everything else, so 8 serious injuries against 12, or
none against none. All changes that one page shows are judged together (Benjamini and Hochberg 1995): of those called higher or lower
at most one in 20 is expected to be chance. Simulated, with months that vary by 5%, at most 6 of 100 volumes that did not change
are called higher or lower before that (docs/decisions/0024-changes-like-for-like-in-four-words.md).

**Goals** are the program's own, from its profile, each with who set it and since when. A share, a rate or a wait meets its goal
where all of its 95% interval is on the good side, misses it where all is on the bad side, and has too few to tell otherwise; where
more than 0.5% is missing, what the missing could make of it must be on that side too. A count a month is what happened: the mean of the full
months meets the goal or not, without an interval. Only months from the first full one after the goal was set count. In the public view
a goal is in the state in which the program sees it, or hidden where its figure is, and is not judged where it was set within the months chosen. Worked example: 40 of 100 has an
interval of 30.9 to 49.8%, so that *at least 30%* is met, *at least 50%* is not met, and of *at least 45%* too few cases tell.

**Rare by month** is a figure of which the median full month counts fewer than three (own choice). A line of such
months is a saw of zeros and ones: it is drawn by quarter, a count as bars, every month stays in table and file, and a tile has no line of
months. In public the months are drawn, for a quarter beside its months could give a hidden one away.

**Usual or unusual.** A control chart holds each month against what is usual: a p chart for shares, a u chart of so many a day
for volumes. What is usual is the level, with a yearly season as two waves, of every full month but the latest six, by weighted
regression; under 24 such months no season is taken out and limits leave room for one of 10%, under 12 nothing is said. A month
so far out that it would hide itself (three standard deviations) sets no limits. Limits are as wide as months differ, never less
than chance, and allow for months that resemble the one before. Three signals are named: a month outside its limits (1.5% a
chart by chance); the latest six months together (6%); a change of level that lasts, with six months or more on either side,
from 3.7 standard deviations on, after which what is usual starts anew. Where months still rise or fall along a line (2.6 standard
deviations), no level is usual, and the page says so. The latest full month is always named: ordinary, unusual, or no
usual level yet. A new stretch starts with the first whole month after a recorded change, or, where several programs are added up,
where a log begins or ends. Gaps, hidden months and incomplete months are not judged. How many of 100 ordinary charts as long
give a signal stands under each chart, from a simulation ([control_charts.md](control_charts.md)). Whether a signal is a concern
comes last, from the direction of the metric. Worked example: twelve months of 12 and 8 in turn of 100, then the latest six. The usual
share is 10%; six months of 13 each, 13%, are ordinary, six of 14 are not ([formulas](statistics_worked_examples.md)).

**Rare events.** Events too rare for months, emergencies and calls on which somebody was hurt, are charted by the responses from one
to the next (g chart; by days, t chart, where no response with a record lies between), with limits that ordinary waits fall outside
of about once in 370 (Woodall 2006), set over the first 24 waits of each stretch (`OUTCOMES_BASELINE_POINTS`). Signals are a wait
outside the limits, and eleven or more in a row on one side of the usual value. Under eight waits nothing is said. Worked example: an
event on one response in a hundred has limits of 0 and 657 responses.

**Before and after a recorded change** of one program: a segmented regression of monthly counts, over denominators or days, with
trend and season (Lopez Bernal and others 2017); Poisson, or negative binomial where months spread more. It uses the months up to
the neighbouring changes, at least twelve on either side; a month in the middle of which a change came is left out. The sentence
says what the change was followed by, never what brought that about. Worked example: admissions for acute coronary events in
Sicily were 0.884 of what they had been after smoking indoors was banned in January 2005 (0.837 to 0.933), the data set of
Lopez Bernal and others.

**One ending per response.** The log's own word, unless nobody was met; without a word, the first of arrest, hold, emergency
department, other transport, no contact, referral accepted, met. Worked example: of 100 responses without a word of their own
two tell of an arrest and 20 were unable to locate, one of them with an arrest: 2 arrested, 19 unable to locate, and the other 79
by what followed. Served is every ending but unable to locate, refused, cancelled and left for safety.

**Referrals** are counted step by step, each over the step before: of 200 contacts whose log says so 80 were offered a referral
(40%), of these 40 accepted (50%), of these 10 were connected: 10 of 40 (25%), not 10 of 200.

**Repeat contacts** are contacts followed by another of the same person within 7, 30 or 90 days of the calendar, over the contacts
with a known person whose whole window the log covers. Worked example: of 100 contacts 20 lie in the log's last 30 days; 12 of
the other 80 were followed by one of the same person: 12 of 80 (15%), not 12 of 100.

**Demand and coverage.** Every eligible call stands under the hour of the week in which it came, reached, missed with its reason, or
not told. The busiest six hours of a weekday are named by their count, ties together. Worked example: 120 calls missed on Fridays
from 18 to 24, 80 of them with no unit available, and at most 100 in any other six hours: Friday 18 to 24 has the most missed
calls: 120, most often no unit available (80).

**Programs against each other.** They are compared only where every clause is alike: what one record of the log is, how it is known
that the team reached the scene, how police presence is known, which calls the team may take, how a transport is known; a
program that differs is named with the clause. A funnel holds each share against that of all together, with exact binomial
limits of 95 and 99.8% for its number of cases, wider where five or more programs differ beyond chance (Spiegelhalter 2005). The
limits are for all programs shown together (the error is divided by their number): where all are alike, one page in twenty
shows any program outside. Headline, table and both charts use this one rule.
At **equal call mix** each program's count stands over the one that the rates of all programs together, by call type (and
acuity where every log records it), give for its own calls: observed over expected (Breslow and Day 1987), with exact
binomial limits by the same rule. A kind of call that no other program has is left out and counted. Worked example: all programs ask on 52 of 1,700
welfare checks and on 70 of 700 mental health calls; a program with 200 and 500 of these is expected to ask 200 × 52 / 1,700 +
500 × 70 / 700 = 56.1 times; it asked 52 times, 0.93 of that (0.65 to 1.26 beside two others), about as expected. The **typical program**
comes from random effects on the logit (DerSimonian and Laird 1986, with the interval of Knapp and Hartung 2003), and beside it
where a new program would lie (Higgins 2009), from three programs on. In public all of it rests on counts that are shown.

**Intervals over several programs** allow for how far these lie apart: each program is one cluster, the variance of a share, a rate or
the share of waits at or below a quantile is that of the ratio estimator over programs, and Student's t has one degree less than
programs (Korn and Graubard 1998). With two programs they are wide. An answer over one program has the interval of its own
cases. Where one of the programs is hidden, no interval over them is shown.

**Persons met again.** Cases of one person are more alike than those of different ones. Where the log tells persons, intervals of shares
of responses, dispatches and contacts allow for it: each person is one cluster, and the cases are divided by how many times the
variance over persons (ratio estimator) is that of cases drawn one by one, never by less than one. That factor comes from the program's
whole log and holds for each of its selections; for short periods, in which fewer persons are met again, it is somewhat too wide, and for a
kind of call in which persons come back more often somewhat too narrow. Worked example: 100 persons with two contacts each, both counted for 20 persons and neither for 80: the variance is 2.02 times that of
200 cases, so the interval is that of 99 cases. Over several programs the larger of the two allowances holds. In public the factor is
rounded up to a tenth, and where fewer than 30 persons are met again each case is taken for that of another person; the note says so.
The same holds of a log that does not tell persons, of shares of calls, waits, rates of injuries and tables of endings, places and
reasons, and of what is said about a change between periods, control charts and limits of a funnel.

**Easy calls?** The mix of calls that was taken stands beside all eligible and all public calls, with the rate of each kind
(call type and acuity, or the agency's priority). The team's own rates by kind are then taken at the mix of the eligible calls
(direct standardisation): *easier* or *harder* is said where the 95% interval of the
difference leaves out zero. That interval allows for the rates and for the mix of the calls taken, as if they were drawn from
the eligible ones by chance: such a draw is called easier or harder at most one time in twenty. Where the interval reaches
further than a quarter of the rate, the page says that it cannot be told. Kinds never taken have no rate, and the share of the eligible calls that they are is told. Worked
example: asked on 8 of 800 welfare checks and 6 of 200 disputes, 1.4%; had half of the calls been disputes, as came in, it
would be (1% + 3%) / 2 = 2.0%.

**What a log does not record is not recorded**, never zero: such records leave numerator and denominator, and the share that
is recorded stands beside the figure. A word that the count alone needs, such as why police were asked for, leaves the denominator
of nothing: such a record counts as no, and says so. **What is missing is bounded**: where it is more than 0.5% of the base, the
lowest (all missing are no) and the highest (all are yes) stand beside the share, over the whole base; of a rate each missing record
counts as one person or event. Whether a record belongs to the base is taken as the log says it. In public no bounds are told that
would give a count from 1 to 10 away. Worked example: of 1,000 responses 900 record police; on 18 of them the team asked for safety,
on 5 it asked without a reason: 18 of 900 (2.0%) of those recorded, between 1.8% (18 of 1,000) and 12.3% (18 + 5 + 100 of 1,000). A month without any record between the first and the last is a gap, drawn as one.

**Dates** keep the precision in which the log writes them: a year, a month, a day, or a day and a time of day; of several formats of one
column, the coarsest. A record that gives a year or a month alone stands for all of it, up to the day of the load: the log covers
it whole, and a year or month in which it was loaded in part. What is finer is not recorded, program by program: months, quarters and
months that cut a year of a log of years, days between events without days, hours and waits from the call without times of day.

**Few cases**: under 30 cases a value is shown and called so.

**Clock changes**: times are local; intervals are measured across the change. In the hour that repeats, a time is taken as
its first occurrence unless that would put the later step before the earlier one."""

REGISTRY_METHODS = """\
**What is counted.** A row of the registry is one program with one source. Community responder programs (civilians who answer
911 or similar calls in place of police) are always counted; co-response, mobile crisis, fire or ambulance based programs,
phone diversion and programs of unclear type only where the reader switches them in. Pilots are in unless switched out, rows
whose source was not read are out unless switched in. Each switch says by how much it changes the count.

**Active** is a program from the month of its first response to the month in which it ends. A start known by its year alone
counts from December, an end known by its year alone until January; the shaded band shows the other reading. Programs whose
start is not known are in no month and are told. **Ever started** counts ended programs too.

**Multiple since a year** is the count of the month shown over the count of December of the base year; the count at the
beginning of that year is told beside it. Worked example: 93 active in November 2026 over 8 at the end of 2020 is 11.6 times;
over the 3 at its beginning it is 31.0 times. Because the base is so small, a table shows the multiple without pilots, by 911 alone,
with two programs more in the base year, without rows whose source is old or whose dates are doubted, and of all kinds.

**A row against itself.** Where a row's own words contradict its dates, kind or dispatch, the column is mended if they support
another value, and else stands with a reason (`python -m outcomes registry contradictions`).

**Per million residents** divides by the Census Bureau's estimate for the year named (NST-EST2024).

**It is no census.** Programs that nobody wrote about, and programs that began lately, are missing; the last years are
under-counted. Published counts by others stand beside ours by the nearest definition, with the reason why they differ.

**Published outcomes** are shown as printed, with their bounds. A rate is recomputed only from counts that its source prints;
where a count is a bound or was derived, it cannot be checked and is not flagged. Counts are added up over programs only
where they count the same over the same, in periods that do not overlap."""


def margin_words(metric: Metric) -> str:
    """The change under which a figure is about the same: 'a tenth of the earlier figure'."""
    margin = MARGINS[metric.statistic]
    part = {0.1: "a tenth", 0.2: "a fifth"}[margin.part]
    if margin.at_most is None:
        return f"{part} of the earlier figure"
    most = {0.02: "2 points", 0.01: "1 point"}[margin.at_most]
    least = f", at least {as_given(100 * margin.at_least)} points" if margin.at_least else ""
    return f"{part} of the smaller of the earlier share and its rest, at most {most}{least}"


def missing_words(metric: Metric) -> str:
    """What the missing could make of the figure: who leaves the denominator, who counts as no; empty for none."""
    if metric.breakdowns[0] in PARTS_OF_A_WHOLE:
        return (
            "what is not recorded stays in the denominator and is a row of its own; every other row: lowest, none of it "
            "is theirs; highest, all of it is"
        )
    if metric.statistic not in BOUNDED or metric.denominator is None:
        return ""
    left_out_of = metric.missing_of or metric.recorded_of
    if left_out_of is None and metric.could_be is None:
        return ""
    told = []
    if left_out_of:
        told.append(
            f"left out of the denominator: {left_out_of.words} other than {metric.denominator.words}"
        )
    if metric.could_be:
        told.append(f"counted as no, though they could be yes: {metric.could_be.words}")
    each = (
        ", one each, which is an outer limit and no estimate"
        if metric.statistic is Statistic.RATE_PER_10K
        else ""
    )
    joined = ""
    if metric.could_join:
        joined = f", the highest with {metric.could_join.words}"
    base = (left_out_of or metric.denominator).words
    told.append(
        f"lowest: all of these are no; highest: all are yes{each}; both over all {base}{joined}"
    )
    return "; ".join(told)


def metric_text(metric: Metric) -> str:
    """One metric's definition as Markdown, every part of its record that a reader needs."""
    over = f" over {metric.denominator.words}" if metric.denominator else ""
    needs = (
        "; ".join(need.words for need in metric.requires) or "nothing beyond the calls themselves"
    )
    needs_share = "; ".join(need.words for need in metric.denominator_requires)
    lines = [
        metric.definition,
        "",
        f"- **Question**: {metric.question}",
        f"- **Counted**: {metric.numerator.words}{over}",
        f"- **In**: {metric.includes}",
        f"- **Out**: {metric.excludes}",
        f"- **Value**: {metric.unit}; {STATISTIC_WORDS[metric.statistic]}",
        f"- **Better**: {metric.direction.value}, because {metric.direction_reason}",
        f"- **A change worth acting on**: {margin_words(metric)}",
        f"- **A log must record**: {needs}",
    ]
    missing = missing_words(metric)
    if missing:
        lines.append(f"- **Missing**: {missing}")
    if needs_share:
        lines.append(f"- **For the share it must also record**: {needs_share}")
    lines += [
        f"- **By**: {', '.join(kind.value.replace('_', ' ') for kind in metric.breakdowns)}",
        f"- **Small counts**: {SUPPRESSION_WORDS[metric.suppression]}",
        f"- **Care**: {metric.caution}",
        f"- **Source**: {metric.source}; key `{metric.key}`; since version {metric.since}",
    ]
    return "\n".join(lines)


def methods_document() -> str:
    """The whole of docs/methods.md, generated: definitions by subject, then the statistics."""
    parts = [
        "# Methods\n",
        "Generated from the registry of metrics by `make docs`; do not edit.\n",
    ]
    for subject, metrics in SUBJECTS.items():
        parts.append(f"## {subject}\n")
        for metric in metrics:
            parts.append(f"### {metric.label}\n\n{metric_text(metric)}\n")
    parts.append(f"## Statistics\n\n{STATISTICS}\n")
    parts.append(f"## Officer time\n\n{OFFICER_METHOD}\n")
    parts.append(f"## Growth and published figures\n\n{REGISTRY_METHODS}\n")
    return "\n".join(parts)
