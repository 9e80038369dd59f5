"""`python -m tools.anki_oracle`: what Anki itself makes of our packages. Anki is no part of the app."""
