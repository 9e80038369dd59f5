"""Which context a lab may use: decided by what minikube wrote and by the learner's word, never by current-context."""

from collections.abc import Sequence

from quizapp.labs.port import ContextInfo
from quizapp.labs.trouble import ContextRefused


def choose_context(
    contexts: Sequence[ContextInfo], *, context: str | None = None, allow: str | None = None
) -> ContextInfo:
    """The context to use, or ContextRefused with the way to allow one.

    The one minikube context is taken; one of several needs to be named; one that is not minikube needs to be
    allowed by name.
    """
    wanted = context or allow
    if wanted:
        return _named(contexts, wanted, allow)
    minikube = [info for info in contexts if info.minikube]
    if len(minikube) == 1:
        return minikube[0]
    names = ", ".join(info.name for info in (minikube or contexts))
    if minikube:
        raise ContextRefused(
            f"There are several minikube contexts: {names}.", "choose one with --context NAME", value=names
        )
    if contexts:
        says = f"No context of your kubeconfig is minikube's; it has {names}."
        raise ContextRefused(says, "minikube start, or allow one with --allow-context NAME", value=names)
    raise ContextRefused("Your kubeconfig has no context.", "minikube start", value="")


def _named(contexts: Sequence[ContextInfo], wanted: str, allow: str | None) -> ContextInfo:
    for info in contexts:
        if info.name == wanted:
            if info.minikube or allow == wanted:
                return info
            says = f"The context {wanted} is not minikube's ({info.server}). Labs make and change things in a cluster."
            raise ContextRefused(says, f"if you mean it: --allow-context {wanted}", value=wanted)
    names = ", ".join(info.name for info in contexts) or "none"
    raise ContextRefused(
        f"There is no context {wanted}; there are: {names}.", "kubectl config get-contexts", value=wanted
    )
