"""Word documents: letters filled from a template, and the gate for templates."""
