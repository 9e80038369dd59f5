"""What makes a file unusable, in words that a page or a command can show."""


class BadFile(ValueError):
    """The file cannot be taken in; the message says why and, where there is one, the way out."""
