"""Facts to questions and cards, and answers to marks. Pure."""
