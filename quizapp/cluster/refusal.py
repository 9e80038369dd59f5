"""An HTTP status that is no answer, sorted into the C-rules. Knows no request."""

from quizapp.cluster.transport import Answer
from quizapp.labs.trouble import ClusterTrouble


def refuse(answer: Answer, what: str) -> None:
    """ClusterTrouble for every status that is no answer: C5 when not allowed, C7 when not served, C1 when
    overloaded."""
    if answer.status < 400:
        return
    message = message_of(answer)
    if answer.status == 401:
        raise ClusterTrouble(
            "The cluster does not know who you are: the credentials of this context are not accepted.",
            "minikube update-context, or log in again",
            rule="C5",
            value=f"401 {message}",
        )
    if answer.status == 403:
        raise ClusterTrouble(
            f"You are not allowed to {what} with this context.",
            "kubectl auth can-i --list",
            rule="C5",
            value=f"403 {message}",
        )
    rule = "C7" if answer.status == 404 else "C1"
    says = f"The API server could not {what}: HTTP {answer.status}."
    raise ClusterTrouble(says, "kubectl get --raw /readyz?verbose", rule=rule, value=f"{answer.status} {message}")


def not_kubernetes() -> ClusterTrouble:
    """C8 for JSON that is none of the API's."""
    return ClusterTrouble("Something answered in place of the Kubernetes API.", "kubectl cluster-info", rule="C8")


def message_of(answer: Answer) -> str:
    """The API server's own sentence; empty when there is none."""
    try:
        data = answer.json()
    except ClusterTrouble:
        return ""
    return str(data.get("message", ""))[:300] if isinstance(data, dict) else ""
