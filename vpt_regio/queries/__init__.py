"""Queries: SELECTs only, scoped to what a person may see, always in an explicit order."""
