"""The verbs. Each takes plain values, rows and the moment, changes the session, never commits."""
