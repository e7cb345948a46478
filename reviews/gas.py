"""Goal attainment scaling (Kiresuk & Sherman): one figure for a set of goals, never a ranking of people."""

from collections.abc import Sequence
from decimal import Decimal

RHO = Decimal("0.3")  # the method's assumed correlation between goals


def t_score(levels: Sequence[int], weights: Sequence[int] | None = None) -> Decimal | None:
    """T = 50 + 10·Σwx / √((1−ρ)·Σw² + ρ·(Σw)²); None without goals. Unrounded: the screen rounds.

    Raises ValueError for a level off the scale, a weight below one, or weights that do not match the levels.
    """
    if not levels:
        return None
    weights = [1] * len(levels) if weights is None else list(weights)
    if len(weights) != len(levels) or any(weight < 1 for weight in weights):
        raise ValueError("Each level has one weight of at least 1.")
    if any(level not in range(-2, 3) for level in levels):
        raise ValueError("Levels run from -2 to +2.")
    total = sum(weights)
    squares = sum(weight**2 for weight in weights)
    spread = ((1 - RHO) * squares + RHO * total**2).sqrt()
    return 50 + 10 * sum(weight * level for weight, level in zip(weights, levels, strict=True)) / spread
