"""Records for tests: one function a model, valid by default, inside a unit of work."""
