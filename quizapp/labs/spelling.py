"""Names that are nearly right. Optimal string alignment: insert, delete, change or swap two neighbours."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA


def near(wanted: str, names: Sequence[str]) -> str | None:
    """The one name within a slip or two of `wanted`; None when there is none or two are equally near."""
    limit = 1 if len(wanted) < 6 else 2
    ranked = sorted((OSA.distance(wanted, name), name) for name in names)
    ranked = [(distance, name) for distance, name in ranked if distance <= limit or _extended(wanted, name)]
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _extended(wanted: str, name: str) -> bool:
    """web-app, my-web: the wanted name with a word before or after it."""
    return name.startswith(f"{wanted}-") or name.endswith(f"-{wanted}")
