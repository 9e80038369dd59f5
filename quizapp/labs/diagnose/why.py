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

ALWAYS = ("",)  # what is written in any field
HAPPENS: tuple[str, ...] = ()  # only what happens

# The rule, its function, and the fields whose difference it can explain besides what happens or does not.
RULES: tuple[tuple[str, Rule, tuple[str, ...]], ...] = (
    ("O4", objects.namespace_going, ALWAYS),
    ("O2", objects.near_miss, ALWAYS),
    ("O1", objects.another_namespace, ALWAYS),
    ("O3", objects.being_deleted, ALWAYS),
    ("O5", objects.not_looked_at, HAPPENS),
    ("W5", workloads.paused, ("paused",)),
    ("W6", workloads.scaled_to_zero, ALWAYS),
    ("W2", workloads.refused, HAPPENS),
    ("Q1", workloads.quota_full, HAPPENS),
    ("V3", storage.bound_to_old_claim, HAPPENS),
    ("V2", storage.no_volume, HAPPENS),
    ("P22", scheduling.node_in_trouble, HAPPENS),
    ("P2", scheduling.gated, HAPPENS),
    ("P3", scheduling.nobody_schedules, HAPPENS),
    ("P1", scheduling.unschedulable, HAPPENS),
    ("V1", storage.waits_for_consumer, HAPPENS),
    ("V2", storage.on_its_way, HAPPENS),
    ("P8", images.malformed, HAPPENS),
    ("P7", images.never_pulled, HAPPENS),
    ("P5", images.not_allowed, HAPPENS),
    ("P4", images.no_such_image, HAPPENS),
    ("P6", images.registry_not_reached, HAPPENS),
    ("P13", pods.missing_configuration, HAPPENS),
    ("P14", pods.cannot_start, HAPPENS),
    ("P11", pods.out_of_memory, HAPPENS),
    ("P16", lives.first_not_done, HAPPENS),
    ("P12", pods.killed_by_probe, HAPPENS),
    ("P9", pods.crashing, HAPPENS),
    ("P10", pods.ends_by_itself, HAPPENS),
    ("P21", lives.evicted, HAPPENS),
    ("P19", lives.failed_once, HAPPENS),
    ("P20", lives.finished, HAPPENS),
    ("P15", pods.stuck_creating, HAPPENS),
    ("P24", lives.wrong_container, ALWAYS),
    ("P18", lives.gate_closed, HAPPENS),
    ("P23", lives.restarted_lately, HAPPENS),
    ("P17", lives.running_not_ready, HAPPENS),
    ("S7", services.without_selector, ("selector",)),
    ("S1", services.selects_nothing, ("selector",)),
    ("S3", services.wrong_target_port, ("ports", "targetPort")),
    ("S2", services.none_ready, HAPPENS),
    ("S4", services.wrong_kind, ALWAYS),
    ("S5", services.no_address, HAPPENS),
    ("I2", ingresses.no_backend, ("ackend", "tls")),
    ("I1", ingresses.no_controller, ("ingressClassName",)),
    ("K1", policies.wrong_data, ALWAYS),
    ("N1", policies.policy_off, ("podSelector", "egress")),
    ("R1", policies.not_permitted, ALWAYS),
    ("H1", controllers.no_metrics, HAPPENS),
    ("D1", controllers.budget_blocks, HAPPENS),
    ("W7", workloads.autoscaled, ALWAYS),
    ("W10", controllers.job_not_done, HAPPENS),
    ("W11", controllers.not_due, HAPPENS),
    ("W9", controllers.lands_nowhere, HAPPENS),
    ("W8", controllers.ordinal_waits, ("updateStrategy", "serviceName")),
    ("W3", workloads.rollout_stuck, HAPPENS),
    ("W4", workloads.rolling, HAPPENS),
    ("W1", workloads.too_few, ALWAYS),
)
MOST = 3


def why(scene: Scene) -> tuple[Cause, ...]:
    """At most three causes, the first one being where to look; several Pods with one trouble count once.

    What is written otherwise than the step asks goes before what is on its way as it is written.
    """
    causes: dict[tuple[str, str], Cause] = {}
    for _, rule, fields in RULES:
        if not scene.misses(*fields):
            continue
        try:
            for cause in rule(scene):
                causes.setdefault((cause.rule, cause.evidence_value), cause)
        except NotReadable:
            continue
    found = list(causes.values())
    if found and found[0].state == "waiting" and found[0].rule[0] != "O":
        found.sort(key=lambda one: not (one.state == "blocked" and one.evidence_path.startswith("spec.")))
    return tuple(found[:MOST])
