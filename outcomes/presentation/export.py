"""An Answer as JSON, CSV or plain text: the same figures as on the screen, with their data dictionary."""

import json
from typing import Any

from outcomes.answers.answer import Answer
from outcomes.metrics.definition import CountColumn, Metric
from outcomes.metrics.figure import FIGURE_COLUMNS
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.format import as_given, decimal_text
from outcomes.presentation.sentences import change_text
from outcomes.statistics.comparison import Difference
from outcomes.store.query_file import read_query
from outcomes.vocabulary.labels import label

# What each column of a downloaded table means; the metric's own words are filled in.
DICTIONARY = {
    "metric": "key of the metric: {key}",
    "numerator": "{numerator}",
    "denominator": "{denominator}",
    "value": "{label}, in: {unit}. {definition}",
    "low": "lower end of the 95% interval, or of the assumptions; empty where there is none",
    "high": "upper end; where nothing happened, the one-sided 95% limit",
    "lowest": "the value if everything missing were a no, over all that should be recorded; empty where at most 0.5% is missing",
    "highest": "the value if everything missing were a yes; a rate: one person or event for each, an outer limit and no estimate",
    "status": "shown, suppressed (hidden to protect people), unstable (few cases), no cases, or not recorded",
    "coverage": "whether the log covers the period: whole, partial or gap (no records at all, not zero)",
    "change": "higher, lower, about the same, too few to tell, or not comparable with the earlier period",
    "change_size": "now minus earlier, in the unit of the value (a count: a month, or a year where a log gives years), the same programs in both periods",
    "change_low": "lower end of the 95% interval of the change; empty where there is none",
    "change_high": "upper end",
    "change_at_earlier_mix": "the change with each program weighted as in the earlier period; empty for one program and for counts",
    "change_at_earlier_mix_low": "lower end of its 95% interval",
    "change_at_earlier_mix_high": "upper end",
    "change_in_words": "the change as a page says it",
    "data": "real log or made-up demonstration data",
    "snapshot": "published state of the data that the figures come from",
    "quotable_sentence": "the figure as a sentence with definition, source and link; on the row of everything",
}


def as_json(answer: Answer) -> str:
    """The answer as JSON: metric, selection, rows, total, notes, source, and unit and definition."""
    return json.dumps(
        {
            "metric": answer.metric.key,
            "label": answer.metric.label,
            "unit": answer.metric.unit,
            "definition": answer.metric.definition,
            "selection": _selection(answer),
            "rows": [
                {**{key: row[key] for key in answer.keys}, **_plain(row)} for row in answer.rows
            ],
            "total": _plain(vars(answer.total)),
            **_comparison_in_json(answer),
            "notes": list(answer.notes),
            "source": _source(answer),
        },
        indent=2,
        ensure_ascii=False,
    )


def _comparison_in_json(answer: Answer) -> dict[str, object]:
    """The change since an earlier period, where one was asked for: word, size, limits, who is in it."""
    comparison = answer.comparison
    if comparison is None:
        return {}
    told: dict[str, object] = {
        "word": comparison.change.value,
        "words": change_text(answer.metric, comparison),
        "unit": comparison.volume_unit or answer.metric.unit,
        "change": _limits_as_dict(comparison.difference),
        "at_earlier_mix": _limits_as_dict(comparison.at_earlier_mix),
        "earlier": comparison.earlier and _plain(vars(comparison.earlier)),
        "program_count": comparison.program_count,
        "left_out": [
            {"program": one.program_name, "reason": one.reason} for one in comparison.left_out
        ],
    }
    return {"comparison": told}


def _limits_as_dict(difference: Difference | None) -> dict[str, float | None] | None:
    if difference is None:
        return None
    return {"size": difference.size, "low": difference.low, "high": difference.high}


def _selection(answer: Answer) -> dict[str, object]:
    """What was asked, in words of the command line; null stands for everything."""
    asked = answer.selection
    return {
        "program": list(asked.program_ids) or None,
        "state": list(asked.states) or None,
        "from": f"{asked.first_month:%Y-%m}" if asked.first_month else None,
        "to": f"{asked.last_month:%Y-%m}" if asked.last_month else None,
        "call_type": list(asked.call_types) or None,
        "by": answer.breakdown.value if answer.breakdown else None,
        "view": asked.view.value,
    }


def _source(answer: Answer) -> dict[str, object]:
    source = answer.source
    return {
        "query": source.query,
        "snapshot": source.snapshot,
        "coverage": [
            source.first_day.isoformat() if source.first_day else None,
            source.last_day.isoformat() if source.last_day else None,
        ],
        "programs": list(source.programs),
        "data_owner": list(source.data_owners),
        "data": label(source.data_kind),
        "record_grain": source.record_grain.value,
    }


def _plain(row: dict[str, Any]) -> dict[str, object]:
    """Figure fields with whole counts as integers and missing numbers as null."""
    return {name: _number(name, row[name]) for name in FIGURE_COLUMNS}


def _number(name: str, value: object) -> object:
    if not isinstance(value, float):
        return value.item() if hasattr(value, "item") else value
    is_count = name in ("numerator", "denominator") or abs(value) >= 1
    return int(value) if value.is_integer() and is_count else float(value)


def as_csv(answer: Answer, quote: str = "") -> str:
    """The answer's rows, then its total, as CSV with a header; a quotable sentence stands in the total's row."""
    keys = answer.keys
    rows = [[*(row[key] for key in keys), *_plain(row).values()] for row in answer.rows]
    changes = _change_columns(answer)
    rows = [[*row, *("" for _ in changes)] for row in rows]
    rows.append([*_all(answer), *_plain(vars(answer.total)).values(), *changes.values()])
    return csv_text(
        ["metric", *keys, *FIGURE_COLUMNS, *changes],
        ([answer.metric.key, *row] for row in rows),
        source_columns(answer.source),
        quote,
    )


def _all(answer: Answer) -> list[str]:
    """What stands under the keys in the row of everything."""
    return ["all", *[""] * len(answer.keys)][: len(answer.keys)]


def _change_columns(answer: Answer) -> dict[str, object]:
    """The change since an earlier period, by column; none where none was asked for."""
    comparison = answer.comparison
    if comparison is None:
        return {}
    seen, at_mix = comparison.difference, comparison.at_earlier_mix
    return {
        "change": comparison.change.value,
        "change_size": seen and seen.size,
        "change_low": seen and seen.low,
        "change_high": seen and seen.high,
        "change_at_earlier_mix": at_mix and at_mix.size,
        "change_at_earlier_mix_low": at_mix and at_mix.low,
        "change_at_earlier_mix_high": at_mix and at_mix.high,
        "change_in_words": change_text(answer.metric, comparison),
    }


def data_dictionary(metric: Metric, columns: list[str]) -> str:
    """What each column of the metric's CSV means, as CSV with the columns column and meaning."""
    words = {
        "key": metric.key,
        "label": metric.label,
        "unit": metric.unit,
        "definition": metric.definition,
        "numerator": _meaning(metric, metric.numerator),
        "denominator": _meaning(metric, metric.denominator)
        if metric.denominator
        else "none: a plain count",
    }
    rows = []
    for column in columns:
        meaning = DICTIONARY.get(column, "what the row is about: {column}")
        rows.append((column, meaning.format(column=column.replace("_", " "), **words)))
    parts = ("includes", "excludes", "caution", "source")
    rows += [(f"metric {part}", getattr(metric, part)) for part in parts]
    return csv_text(("column", "meaning"), rows)


def _meaning(metric: Metric, count: CountColumn) -> str:
    """What is counted, as the query says it; a count that is added up from its rows has its own words."""
    return read_query("metric", metric.query).meanings.get(count.column, count.words)


def as_text(answer: Answer) -> str:
    """The answer as a plain table for a terminal, with its notes and source."""
    lines = [answer.metric.label, answer.metric.definition, ""]
    header = [*answer.keys, *FIGURE_COLUMNS]
    rows = [
        ["" if row[key] is None else str(row[key]) for key in answer.keys] + _shown(row)
        for row in answer.rows
    ]
    rows.append([*_all(answer), *_shown(vars(answer.total))])
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    for row in [header, *rows]:
        lines.append(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    if answer.comparison is not None and answer.comparison.words:
        told = change_text(answer.metric, answer.comparison)
        lines += ["", f"{told[:1].upper()}{told[1:].rstrip('.')}."]
    source = answer.source
    lines += ["", *answer.notes]
    lines.append(
        f"Source: {', '.join(source.programs)}; {label(source.data_kind)}; "
        f"snapshot {source.snapshot}; query {source.query}."
    )
    return "\n".join(lines)


def _shown(row: dict[str, Any]) -> list[str]:
    shown = []
    for name, value in _plain(row).items():
        if value is None:
            shown.append("")
        elif isinstance(value, float):
            shown.append(
                as_given(value)
                if name in ("value", "low", "high", "lowest", "highest")
                else decimal_text(value, 1)
            )
        else:
            shown.append(f"{value:,}" if isinstance(value, int) else str(value))
    return shown
