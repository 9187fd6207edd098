"""The call type codes of each made-up agency, as its export writes them and codes.csv lists them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from outcomes.vocabulary.log import CallType

FILE = Path(__file__).with_name("codes.csv")


@dataclass(frozen=True)
class Code:
    """One call type code of an agency. The agency's call_types.csv says the same to the loader."""

    # code as in the export
    code: str
    # what the agency calls it
    description: str
    # the common list's word for it
    call_type: CallType
    # whether the team may take it
    is_eligible: bool
    # how common it is, relative to the agency's other codes
    weight: float


def _read_codes() -> dict[str, tuple[Code, ...]]:
    codes: dict[str, tuple[Code, ...]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for agency, code, description, call_type, eligible, weight in list(csv.reader(file))[1:]:
            one = Code(code, description, CallType(call_type), eligible == "yes", float(weight))
            codes[agency] = (*codes.get(agency, ()), one)
    return codes


CODES = _read_codes()
