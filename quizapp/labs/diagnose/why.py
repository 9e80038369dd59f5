"""Puts the rules in order, cause before symptom, and keeps the three that help most. A leaf: no rule imports it."""

from collections.abc import Callable, Iterator

from quizapp.labs.diagnose import objects, pods, services, workloads
from quizapp.labs.diagnose.cause import Cause, Scene
from quizapp.labs.evidence import NotReadable

Rule = Callable[[Scene], Iterator[Cause]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("O2", objects.near_miss),
    ("O1", objects.another_namespace),
    ("W2", workloads.refused),
    ("P1", pods.unschedulable),
    ("P4", pods.no_such_image),
    ("P6", pods.registry_not_reached),
    ("P13", pods.missing_configuration),
    ("P11", pods.out_of_memory),
    ("P9", pods.crashing),
    ("P17", pods.running_not_ready),
    ("S1", services.selects_nothing),
    ("S3", services.wrong_target_port),
    ("S2", services.none_ready),
    ("W3", workloads.rollout_stuck),
    ("W1", workloads.too_few),
)
MOST = 3


def why(scene: Scene) -> tuple[Cause, ...]:
    """At most three causes, the first one being where to look; several Pods with one trouble count once."""
    causes: dict[tuple[str, str], Cause] = {}
    for _, rule in RULES:
        try:
            for cause in rule(scene):
                causes.setdefault((cause.rule, cause.evidence_value), cause)
        except NotReadable:
            continue
    return tuple(causes.values())[:MOST]
