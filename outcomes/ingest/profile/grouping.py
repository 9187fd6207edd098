"""How several rows of one call become one incident: which of their values speaks for the call."""

from outcomes.ingest.profile.fields import FLAG_FIELDS, TEXT_FIELDS, TIME_FIELDS, WORD_FIELDS

# Rules that a profile can choose from, by kind of field; the first is the default.
TEXT_RULES = ("first", "last", "team")
TIME_RULES = ("earliest", "latest", "first", "last")
FLAG_RULES = ("any", "all", "first", "last")
# Fields that identify rows, or that only unit rows have: nothing to choose.
NOT_GROUPED = ("incident_id", "unit_id", "responder_type")
CODE_FIELDS = ("initial_call_type_code", "final_call_type_code", "age_band")


def rules_by_field() -> dict[str, tuple[str, ...]]:
    """The rules that can be chosen for each field; the first of each is its default."""
    rules: dict[str, tuple[str, ...]] = {}
    for name in (*TEXT_FIELDS, *WORD_FIELDS, *CODE_FIELDS):
        if name not in NOT_GROUPED:
            rules[name] = TEXT_RULES
    for name in TIME_FIELDS:
        rules[name] = TIME_RULES
    for name in FLAG_FIELDS:
        rules[name] = FLAG_RULES
    rules["cleared_at"] = ("latest", "earliest", "first", "last")
    return rules


def complete_rules(chosen: dict[str, str]) -> dict[str, str]:
    """A rule for every field: the chosen one, else the default."""
    return {name: chosen.get(name, rules[0]) for name, rules in rules_by_field().items()}


def check_rules(chosen: dict[str, str]) -> None:
    """Raise ValueError where a field cannot be grouped, or not by that rule."""
    known = rules_by_field()
    for name, rule in chosen.items():
        if name not in known:
            raise ValueError(
                f"group.{name} is not a field that is grouped; expected one of: {', '.join(known)}"
            )
        if rule not in known[name]:
            raise ValueError(
                f"group.{name} has the rule {rule!r}; expected one of: {', '.join(known[name])}"
            )
