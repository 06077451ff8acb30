"""Use cases as verbs: they check, change and record, and never commit or see the request."""
