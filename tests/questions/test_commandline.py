"""Commands compare as kubectl reads them: what does the same is the same, what does not is not."""

import pytest

from quizapp.questions.commandline import parse_command

SAME = [
    ("kubectl get pods", "kubectl get po"),
    ("kubectl get pods", "k get pod"),
    ("kubectl get pods -n dev", "kubectl get pods --namespace=dev"),
    ("kubectl get pods -n dev -o wide", "kubectl get pods -o wide -n dev"),
    ("kubectl get pods -A", "kubectl get pods --all-namespaces"),
    ("kubectl get pods,svc", "kubectl get po,service"),
    ("kubectl get deploy/web", "kubectl get deployment web"),
    ("kubectl scale deployment web --replicas=3", "kubectl scale --replicas 3 deploy/web"),
    ("kubectl create deployment web --image=nginx", "kubectl create deploy web --image nginx"),
    ("kubectl exec -it web -- sh", "kubectl exec web -i -t -- sh"),
    ("kubectl logs web -f", "kubectl logs --follow web"),
    ("kubectl apply -f web.yaml", "kubectl apply --filename=web.yaml"),
    ("$ kubectl get ns", "kubectl get namespaces"),
    ("kubectl get pods -l 'app=web'", "kubectl get pods --selector=app=web"),
]
APART = [
    ("kubectl get pods", "kubectl get services"),
    ("kubectl get pods", "kubectl describe pods"),
    ("kubectl get pods -n dev", "kubectl get pods -n prod"),
    ("kubectl get pods", "kubectl get pods -A"),
    ("kubectl delete pod web", "kubectl delete pod Web"),
    ("kubectl scale deployment web --replicas=3", "kubectl scale deployment web --replicas=4"),
    ("kubectl exec web -- ls -l", "kubectl exec web -- ls -a"),
    ("kubectl exec web -- ls", "kubectl exec web ls"),
    ("kubectl logs web -p", "kubectl logs web -f"),
    ("kubectl create deployment web --image=nginx", "kubectl create deployment web --image=httpd"),
    ("kubectl apply -f a.yaml", "kubectl apply -f b.yaml"),
    ("kubectl create deployment po --image=x", "kubectl create deployment pods2 --image=x"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_does_the_same_is_the_same(one: str, other: str) -> None:
    assert parse_command(one) == parse_command(other) is not None


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_does_something_else_is_not(one: str, other: str) -> None:
    assert parse_command(one) != parse_command(other)


@pytest.mark.parametrize("text", ["", "kubectl", "kubectl get 'pods", "kubectl get pods | grep web", "a > b"])
def test_what_is_no_single_command_is_none(text: str) -> None:
    assert parse_command(text) is None
