"""The demonstration programme: facts of the sources, and fiction that is recognisable as such."""
