"""The one error for what an author wrote, in notes, course files and labs. Knows no cause in code."""


class AuthorError(Exception):
    """Something an author can correct, by file and line (0: the file as a whole)."""

    def __init__(self, file: str, line: int, says: str) -> None:
        super().__init__(file, line, says)
        self.file = file
        self.line = line
        self.says = says

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}" if self.line else f"{self.file}: {self.says}"
