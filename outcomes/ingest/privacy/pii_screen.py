"""The texts that a profile maps, as they may be kept: screened once, and told where something was dropped."""

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.privacy.pii import DAMAGED, person_complaint, text_complaint
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import MADE, TextColumns, null, with_values
from outcomes.ingest.transform.silence import says_nothing

# Fields about a person: nothing that looks like a name is kept in them.
PERSON_FIELDS = ("gender", "race_ethnicity")
ID_FIELDS = ("incident_id", "unit_id")


class ScreenedTexts:
    """The mapped texts of one file's rows by field of the contract; further reasons are numbered."""

    def __init__(self, profile: Profile, columns: TextColumns) -> None:
        self._texts = {name: columns.text(column) for name, column in profile.text.items()}
        self._types = types = profile.call_type
        if types is not None:
            self._texts["initial_call_type_code"] = columns.text(types.column)
            if types.final_column is not None:
                self._texts["final_call_type_code"] = columns.text(types.final_column)
            for place, column in enumerate(types.more_columns):
                self._texts[f"reason {place}"] = columns.text(column)

    def added(self, relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The relation with what is wrong with each text, and the text where nothing is."""
        # As columns: a pattern that stands in the statement once is planned once.
        traits = {
            name: _unless_silent(self._texts[name]) for name in PERSON_FIELDS if name in self._texts
        }
        relation = with_values(
            relation, {f"{MADE}said {name}": text for name, text in traits.items()}
        )
        self._texts |= {name: ColumnExpression(f"{MADE}said {name}") for name in traits}
        relation = with_values(
            relation,
            {f"{MADE}why {name}": _complaint(name, text) for name, text in self._texts.items()},
        )
        return with_values(
            relation,
            {
                f"{MADE}kept {name}": CaseExpression(
                    ColumnExpression(f"{MADE}why {name}").isnull(), text
                ).otherwise(null("VARCHAR"))
                for name, text in self._texts.items()
            },
        )

    def kept(self, field: str) -> Expression:
        """The field's text; null where it is not mapped, not written or may not be kept."""
        return ColumnExpression(f"{MADE}kept {field}") if field in self._texts else null("VARCHAR")

    def entries(self) -> list[tuple[Expression, str, Expression]]:
        """Rule, field and value of what may not be kept; what looks private is not shown either."""
        entries = []
        for name, text in self._texts.items():
            why = ColumnExpression(f"{MADE}why {name}")
            is_damaged = why == ConstantExpression(DAMAGED)
            shown = CaseExpression(is_damaged, text).otherwise(null("VARCHAR"))
            field = "call_type" if name.startswith("reason ") else name
            entries.append((why, field, shown))
        return entries

    def call_type_codes(self) -> dict[str, Expression]:
        """The codes of the call: as first given, after the call, and every reason where there are several."""
        reasons = [self.kept(name) for name in self._texts if name.startswith("reason ")]
        first = self.kept("initial_call_type_code")
        codes = call("list_distinct", call("list_value", first, *reasons))
        takes_first = self._types is not None and self._types.primary == "first_filled"
        return {
            "initial_call_type_code": CoalesceOperator(first, *reasons) if takes_first else first,
            "final_call_type_code": self.kept("final_call_type_code"),
            "reason_codes": codes if reasons else null("VARCHAR[]"),
        }


def _unless_silent(text: Expression) -> Expression:
    """The text of a person's trait; null where its words say nothing, which is no trait."""
    silent = says_nothing(text, of_a_person=True)
    return CaseExpression(silent, null("VARCHAR")).otherwise(text)


def _complaint(name: str, text: Expression) -> Expression:
    if name in PERSON_FIELDS:
        return person_complaint(text)
    return text_complaint(text, is_id=name in ID_FIELDS)
