"""The shelf of checks: one file each, strangers to each other; quizapp.labs.registry lists them."""
