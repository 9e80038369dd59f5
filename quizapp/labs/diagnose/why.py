"""Puts the rules in order, cause before symptom, and keeps the three that help most. A leaf: no rule imports it."""

from collections.abc import Callable, Iterator

from quizapp.labs.diagnose import (
    controllers,
    images,
    ingresses,
    lives,
    objects,
    pods,
    policies,
    scheduling,
    services,
    storage,
    workloads,
)
from quizapp.labs.diagnose.cause import Cause, Scene
from quizapp.labs.evidence import NotReadable

Rule = Callable[[Scene], Iterator[Cause]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("O4", objects.namespace_going),
    ("O2", objects.near_miss),
    ("O1", objects.another_namespace),
    ("O3", objects.being_deleted),
    ("O5", objects.not_looked_at),
    ("W5", workloads.paused),
    ("W6", workloads.scaled_to_zero),
    ("W2", workloads.refused),
    ("Q1", workloads.quota_full),
    ("V3", storage.bound_to_old_claim),
    ("V2", storage.no_volume),
    ("P22", scheduling.node_in_trouble),
    ("P2", scheduling.gated),
    ("P3", scheduling.nobody_schedules),
    ("P1", scheduling.unschedulable),
    ("V1", storage.waits_for_consumer),
    ("V2", storage.on_its_way),
    ("P8", images.malformed),
    ("P7", images.never_pulled),
    ("P5", images.not_allowed),
    ("P4", images.no_such_image),
    ("P6", images.registry_not_reached),
    ("P13", pods.missing_configuration),
    ("P14", pods.cannot_start),
    ("P11", pods.out_of_memory),
    ("P16", lives.first_not_done),
    ("P12", pods.killed_by_probe),
    ("P9", pods.crashing),
    ("P10", pods.ends_by_itself),
    ("P21", lives.evicted),
    ("P19", lives.failed_once),
    ("P20", lives.finished),
    ("P15", pods.stuck_creating),
    ("P24", lives.wrong_container),
    ("P18", lives.gate_closed),
    ("P23", lives.restarted_lately),
    ("P17", lives.running_not_ready),
    ("S7", services.without_selector),
    ("S1", services.selects_nothing),
    ("S3", services.wrong_target_port),
    ("S2", services.none_ready),
    ("S4", services.wrong_kind),
    ("S5", services.no_address),
    ("I2", ingresses.no_backend),
    ("I1", ingresses.no_controller),
    ("K1", policies.wrong_data),
    ("N1", policies.policy_off),
    ("R1", policies.not_permitted),
    ("H1", controllers.no_metrics),
    ("D1", controllers.budget_blocks),
    ("W7", workloads.autoscaled),
    ("W10", controllers.job_not_done),
    ("W11", controllers.not_due),
    ("W9", controllers.lands_nowhere),
    ("W8", controllers.ordinal_waits),
    ("W3", workloads.rollout_stuck),
    ("W4", workloads.rolling),
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
