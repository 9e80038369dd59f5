"""When to ask again, and what to ask next. Pure: is told the time, knows no database."""
