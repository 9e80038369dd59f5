"""What Kubernetes and Docker no longer have must not be learnt from old notes. Knows items only."""

import re

from quizapp.questions.item import Item

# Gone before 1.34, or from Docker: who notes them wrote long ago, and the rest of the sentence may be as old.
GONE = re.compile(
    r"\b(?:dockershim|PodSecurityPolic(?:y|ies)|(?:extensions|networking\.k8s\.io|policy|rbac\.authorization\.k8s\.io)"
    r"/v1beta1|(?:apps|batch)/v\d(?:alpha|beta)\d|rkt|heapster|aufs|http basic auth\w*|static password file|"
    r"device ?mapper|until .{3,40} (?:is|are) stable)\b",
    re.IGNORECASE,
)


def lint(item: Item) -> str:
    """Stops items in the notes' own words that name what is gone; a claim of the lexicon may, since it says so."""
    if not item.in_own_words:
        return ""
    texts = [
        item.prompt,
        item.back,
        *(option.text for option in item.options),
        *(s for pair in item.pairs for s in pair),
    ]
    found = next((hit for text in texts if (hit := GONE.search(text))), None)
    return f"speaks of {found[0]}, which is gone" if found else ""
