"""What an author did that cannot be used, with the place. Knows neither notes nor labs."""


class AuthorError(Exception):
    """`file` as its author knows it, `line` from 1 (0: the file as a whole), and what is wrong with the way out."""

    def __init__(self, file: str, line: int, says: str) -> None:
        super().__init__(f"{file}:{line}: {says}" if line else f"{file}: {says}")
        self.file, self.line, self.says = file, line, says
