"""The counting rule: which of the registry's programs are counted. Frozen, and equal to its address."""

from dataclasses import dataclass, replace

from outcomes.vocabulary.registry import ProgramType

# Kinds that a reader may count beside community responders, in the order of the switches.
OTHER_TYPES = tuple(kind for kind in ProgramType if kind is not ProgramType.COMMUNITY_RESPONDER)


@dataclass(frozen=True)
class CountingRule:
    """Which programs are counted. Community responders always are."""

    # kinds counted beside community responders
    other_types: tuple[ProgramType, ...] = ()
    # whether programs that the registry calls pilots are counted
    has_pilots: bool = True
    # whether rows whose source was not read are counted
    has_unverified: bool = False

    @property
    def types(self) -> tuple[ProgramType, ...]:
        """Every kind that is counted."""
        return (ProgramType.COMMUNITY_RESPONDER, *self.other_types)

    @property
    def words(self) -> str:
        """The rule as a phrase: 'community responder programs, pilots included, sourced rows only'."""
        pilots = "pilots included" if self.has_pilots else "pilots left out"
        sources = "unverified rows included" if self.has_unverified else "sourced rows only"
        return f"{type_phrases(self.types)}; {pilots}; {sources}"

    def switched(self, kind: ProgramType) -> "CountingRule":
        """The same rule with one kind the other way round: in where it was out, out where it was in."""
        kinds = set(self.other_types) ^ {kind}
        return replace(self, other_types=tuple(each for each in OTHER_TYPES if each in kinds))


# How a kind is called in the middle of a sentence.
TYPE_PHRASES = {
    ProgramType.COMMUNITY_RESPONDER: "community responder programs",
    ProgramType.CO_RESPONSE: "co-response programs",
    ProgramType.MOBILE_CRISIS: "mobile crisis programs",
    ProgramType.FIRE_EMS_BASED: "fire or ambulance based programs",
    ProgramType.CALL_DIVERSION: "phone diversion programs",
    ProgramType.UNCLEAR: "programs of unclear type",
}


def type_phrases(kinds: tuple[ProgramType, ...]) -> str:
    """Kinds of program in the middle of a sentence: 'co-response programs and mobile crisis programs'."""
    *first, last = (TYPE_PHRASES[kind] for kind in kinds)
    return f"{', '.join(first)} and {last}" if first else last
