"""A lab that the lint has nothing to say about, and what it says when a part of it is changed."""

from quizapp.labs.lint import LabTexts, lint
from quizapp.labs.spec import load_lab

LAB = """lab: probe
title: Probe
module: basics
steps:
  - id: make
    title: Make it
    text: Make a Deployment named `web` with the image `nginx:1.27`.
    hints: ["kubectl create deployment web --image=nginx:1.27"]
    notes: Deployments
    get: {web: {kind: Deployment, name: web}}
    match: {web: {spec: {template: {spec: {containers: [{image: "nginx:1.27"}]}}}}}
  - id: scale
    title: Scale it
    text: Let the Deployment `web` run `3` Pods.
    notes: Deployments
    get: {web: {kind: Deployment, name: web}}
    match: {web: {spec: {replicas: 3}}}
"""
PROOF = """solution:
  - step: make
    run: [create deployment web --image=nginx:1.27]
  - step: scale
    run: [scale deployment web --replicas=3]
near-misses:
  - name: another name
    run: [create deployment wob --image=nginx:1.27]
    expect: {step: make, state: blocked, rule: O2}
  - name: two Pods
    run: [create deployment web --image=nginx:1.27 --replicas=2]
    expect: {step: scale, state: blocked}
"""


def said(
    lab: str = LAB,
    proof: str | None = PROOF,
    recordings: dict[str, str] | None = None,
    headings: tuple[str, ...] | None = ("Deployments",),
) -> list[str]:
    """What the lint says, one line each."""
    found, errors = load_lab(lab, file="labs/probe/lab.yaml")
    assert found, errors
    return [str(error) for error in lint(found, LabTexts("labs/probe", lab, proof, recordings or {}), headings)]
