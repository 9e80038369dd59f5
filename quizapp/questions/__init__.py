"""Notes in, questions and cards out, and marking them. Knows no screen, no database and no clock."""
