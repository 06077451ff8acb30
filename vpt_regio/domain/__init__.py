"""The rules of the programme in plain Python.

Nothing in this package knows about the web, the database or files: it imports the
standard library only. Dutch sentences are marked with ``N_`` and translated by the web layer.
"""
