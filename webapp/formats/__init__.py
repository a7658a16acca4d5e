"""Translation, both ways: rows to bytes (.ics, .csv), values to words. Pure functions."""
