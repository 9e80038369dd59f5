"""A shelf: one file per page. A page reads a request, calls one service and answers; it decides nothing itself."""
