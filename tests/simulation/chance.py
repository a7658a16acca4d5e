"""Chance that is the same under every rule: what falls to somebody hangs on the seed and on what it
is about, and not on what was drawn before."""

from random import Random


def of(*about: object) -> Random:
    """Chance about this and nothing else: asked again it says the same."""
    return Random(" ".join(map(str, about)))


def happens(share: float, *about: object) -> bool:
    return of(*about).random() < share


def number(mean: float, chance: Random) -> int:
    """How many of what happens `mean` times on average and each by itself (Poisson)."""
    count, passed = 0, chance.expovariate(1)
    while passed < mean:
        count, passed = count + 1, passed + chance.expovariate(1)
    return count
