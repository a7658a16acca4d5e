"""Which pages are looked at and in which states: (endpoint, state, address values).

"And pressed": once more, with its form sent empty.
"""
