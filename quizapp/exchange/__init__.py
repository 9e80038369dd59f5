"""Cards to and from other programs: Anki packages, tables for spreadsheets. Knows no database of ours and no page."""
