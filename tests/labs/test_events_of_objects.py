"""Events enrich: those about the very object, the newest by the right one of its times."""

from tests.labs.table import Situation
from tests.labs.worlds import past

BACK_OFF = {"Pod/*": {"waiting": ["ImagePullBackOff", "Back-off pulling image"]}, "Deployment/web": {"short": 0}}
NOT_FOUND = 'Failed to pull image "nginx:1.27": docker.io/library/nginx:1.27: not found'
NO_NET = 'Failed to pull image "nginx:1.27": dial tcp: lookup docker.io: no such host'


def first(*events: dict[str, object]) -> tuple[str, str]:
    """Rule and text of the first cause when a Pod waits for its image and these events are there."""
    of = {"kind": "Pod", "name": "web-1-a", "uid": "uid-Pod-web-1-a"}
    add = [
        {"kind": "Event", "name": f"e{n}", "involvedObject": of, "reason": "Failed", **one}
        for n, one in enumerate(events)
    ]
    data = {"is": "", "world": "web", "step": "ready", "expect": "blocked P4", "change": BACK_OFF, "add": add}
    cause = Situation("events", data).verdict().causes[0]
    return cause.rule, cause.text


def at(message: str, **times: object) -> dict[str, object]:
    return {"message": message, "metadata": {"creationTimestamp": past(5000)}, **times}


def test_without_an_event_the_status_alone_is_told() -> None:
    assert first()[0] == "P4"
    assert "could not be pulled" in first()[1]


def test_an_event_says_more() -> None:
    assert "does not exist" in first(at(NOT_FOUND, lastTimestamp=past(10)))[1]
    assert first(at(NO_NET, lastTimestamp=past(10)))[0] == "P6"


def test_the_newest_event_counts_whatever_field_holds_its_time() -> None:
    old = at(NOT_FOUND, lastTimestamp=past(60))
    for newer in (
        {"lastTimestamp": past(10)},
        {"lastTimestamp": None, "eventTime": past(10)},
        {"firstTimestamp": past(10)},
        {"lastTimestamp": past(900), "series": {"lastObservedTime": past(10)}},
        {"metadata": {"creationTimestamp": past(10)}},
    ):
        assert first(old, at(NO_NET) | newer)[0] == "P6", newer
    for older in ({"lastTimestamp": past(70)}, {"series": {"lastObservedTime": past(70)}, "lastTimestamp": past(5)}):
        assert first(old, at(NO_NET) | older)[0] == "P4", older


def test_an_event_without_any_time_is_the_oldest() -> None:
    timeless = {"message": NO_NET, "metadata": {"creationTimestamp": None}}
    assert first(at(NOT_FOUND), timeless)[0] == "P4"


def test_an_event_about_an_earlier_pod_of_that_name_explains_nothing() -> None:
    of = {"kind": "Pod", "name": "web-1-a", "uid": "uid-of-an-earlier-one"}
    assert "does not exist" not in first(at(NOT_FOUND, lastTimestamp=past(1), involvedObject=of))[1]
