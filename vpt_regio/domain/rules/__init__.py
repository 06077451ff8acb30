"""The arithmetic of the programme: pure functions, units in their docstrings, no I/O."""
