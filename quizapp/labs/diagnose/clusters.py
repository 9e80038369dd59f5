"""C-rules: the cluster could not be observed. Never the learner's fault, never graded."""

from quizapp.labs.diagnose.cause import Cause
from quizapp.labs.trouble import ClusterTrouble, Unreadable


def could_not_observe(trouble: ClusterTrouble | Unreadable, subject: str) -> Cause:
    """C1 not reachable, C2 stale address, C3 and C4 certificates, C5 not allowed, C6 another cluster, C8 no JSON: as
    the adapter sorted it."""
    return Cause(trouble.rule, "unknown", subject, trouble.says, "connection", trouble.value, trouble.hint)
