"""Markdown notes as people write them: text to sections and facts, each with the lines that say so. Pure."""
