"""What is kept of the person: an age band, and a token that cannot be turned back without the secret."""

import os
from pathlib import Path

from duckdb import CaseExpression, ConstantExpression, Expression
from duckdb import FunctionExpression as call

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.transform.columns import null

# Lower bounds of the age bands, in years; an exact age is never stored.
AGE_BANDS = ((18, "under 18"), (25, "18 to 24"), (45, "25 to 44"), (65, "45 to 64"))
OLDEST_BAND = "65 and over"
OLDEST_AGE = 120
# Where the secret stands: in one variable, or in the file that the other one names.
SECRET_NAME = "OUTCOMES_PERSON_SECRET"
SECRET_FILE_NAME = "OUTCOMES_PERSON_SECRET_FILE"
SHORTEST_SECRET = 16
# What is written where nobody knows who it was: no id, or all of these would be one person who always comes back.
NOBODY = (
    r"(?i)^(?:unk(?:n|nown)?|anon(?:ymous)?|none|null|nil|n\.?/?a\.?|no (?:id|number|name)|tbd|refused|declined|"
    r"not (?:known|given|recorded|available|provided|applicable)|(?:john |jane )?doe|test|[0\W_]+|9{3,}|x{2,})$"
)
# SHA-256 works on blocks of so many bytes.
BLOCK_BYTES = 64


def age_band(age: Expression) -> Expression:
    """The band of an age in years; null where it is no age."""
    limits = [(0, None), *AGE_BANDS, (OLDEST_AGE + 1, OLDEST_BAND)]
    branches = [(age < ConstantExpression(limit), band) for limit, band in limits]
    chosen = CaseExpression(branches[0][0], null("VARCHAR"))
    for test, band in branches[1:]:
        chosen = chosen.when(test, ConstantExpression(band))
    return chosen.otherwise(null("VARCHAR"))


def person_secret(store: Path) -> bytes:
    """The secret that person tokens are made with.

    Raises LoadProblem where there is none, it is short, or its file lies in the store beside the tokens.
    """
    secret = os.environ.get(SECRET_NAME, "")
    named = os.environ.get(SECRET_FILE_NAME, "")
    if not secret and named:
        path = Path(named).resolve()
        if path.is_relative_to(store.resolve()):
            raise LoadProblem(
                f"Expected the person secret outside the store, found [it inside, {path.name}]; "
                "who has the store would have the secret: keep the file elsewhere."
            )
        try:
            secret = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise LoadProblem(
                f"Expected the person secret in the file that {SECRET_FILE_NAME} names, found "
                "[no readable file]; correct the path."
            ) from None
    if len(secret) < SHORTEST_SECRET:
        found = "none" if not secret else f"one of {len(secret)} characters"
        raise LoadProblem(
            f"Expected a secret of at least {SHORTEST_SECRET} characters, because the profile names "
            f"person_id_column, found [{found}]; set {SECRET_NAME} or {SECRET_FILE_NAME}."
        )
    return secret.encode()


def person_token(person_id: Expression, program_id: str, secret: bytes) -> Expression:
    """HMAC-SHA256 of program and person id, as 64 hexadecimal digits; null where no id is written.

    A word for somebody unknown is no id.
    """
    from hashlib import sha256

    key = (sha256(secret).digest() if len(secret) > BLOCK_BYTES else secret).ljust(
        BLOCK_BYTES, b"\0"
    )
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))
    is_nobody = call("regexp_matches", person_id, ConstantExpression(NOBODY))
    known = CaseExpression(is_nobody, null("VARCHAR")).otherwise(person_id)
    message = call("encode", call("||", ConstantExpression(f"{program_id}\n"), known))
    digest = call("unhex", call("sha256", call("||", ConstantExpression(inner), message)))
    return call("sha256", call("||", ConstantExpression(outer), digest))
