"""Where to go after a login: a path of this site or nowhere. Knows no page."""


def safe_path(target: str | None) -> str | None:
    """The target when it is a plain path of this site, else None.

    Browsers read a backslash as a slash and drop control characters, so only printable ASCII without a backslash
    passes, and exactly one leading slash.
    """
    if not target or len(target) > 2000 or target[0] != "/" or target[1:2] == "/":
        return None
    if "\\" in target or not target.isascii() or not target.isprintable() or " " in target:
        return None
    return target
