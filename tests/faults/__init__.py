"""Nothing is lost: people book, give up and mark over HTTP while what serves them is killed and the
mail server misbehaves, and afterwards it is reckoned up.

    python -m tests.faults [--kills 200] [--postgresql] [--seed 1]     (or: make faults)
"""
