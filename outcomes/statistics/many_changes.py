"""Many changes looked at together: which claims stand where a few of many would arise by chance."""

from collections.abc import Sequence

# of the changes claimed together, the part that is at most expected to be chance
FALSE_DISCOVERY_RATE = 0.05


def claims_that_stand(p_values: Sequence[float], rate: float = FALSE_DISCOVERY_RATE) -> list[bool]:
    """Whether each change may still be claimed beside the others, in the same order.

    The p-values in order, each is held against its place of all times the rate; the last that lies
    under, and every smaller one, stand. Of the claims that stand at most this part is expected to
    be chance, also where the figures hang together as figures of one log do (positively).

    Raises ValueError for a p-value outside 0 to 1.

    Source: Benjamini and Hochberg 1995, J R Stat Soc B 57:289-300; positive dependence: Benjamini
    and Yekutieli 2001, Ann Stat 29:1165-1188.
    """
    if any(not 0.0 <= p_value <= 1.0 for p_value in p_values):
        raise ValueError(
            f"Expected p-values from 0 to 1, found [{list(p_values)[:8]}]; pass probabilities."
        )
    number = len(p_values)
    bound = max(
        (
            p_value
            for place, p_value in enumerate(sorted(p_values), start=1)
            if p_value <= rate * place / number
        ),
        default=-1.0,
    )
    return [p_value <= bound for p_value in p_values]
