"""How often a verdict is right: over the situations of tests/labs, and over what real clusters answered."""
