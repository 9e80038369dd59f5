"""The files of a lab that begins: it can be done and proven as it is, and says with TODO what is its author's own.

Knows no disk. The lint names every TODO until it is gone.
"""

from collections.abc import Mapping

LAB = """\
# yaml-language-server: $schema={schema}
# A lab: what every key means is in docs/labs.md; `quizapp lab lint` says what is still to do.
lab: {name}
title: "TODO: what the learner will be able to do"
summary: "TODO: one sentence for the list of labs"
minutes: 15
module: {module}  # TODO: the module of notes whose reader this is for
story: |
  TODO: who needs this and why, in two or three sentences.
steps:
  # A step asks for what can be seen in the cluster afterwards, whatever way it was done. Its text must tell every name,
  # number and word that the checks ask for; the lint finds those that it leaves out.
  - id: create
    title: Create a Deployment
    # TODO: why it is needed, then what to make.
    text: |
      Create a Deployment named `web` with the image `nginx:1.27`.
    # Opened one by one: first a nudge, then a command.
    hints:
      - "kubectl create deployment makes one from a name and an image."
    notes: {notes}  # TODO: the heading of the module that tells why
    get: {{web: {{kind: Deployment, name: web}}}}
    match: {{web: {{spec: {{template: {{spec: {{containers: [{{image: "nginx:1.27"}}]}}}}}}}}}}
  - id: scale
    title: Scale it
    # TODO: the next step must not be green as soon as the one before is.
    text: |
      Let the Deployment `web` run `2` Pods, and see both ready.
    notes: {notes}  # TODO
    get: {{web: {{kind: Deployment, name: web}}}}
    match: {{web: {{spec: {{replicas: 2}}}}}}
    ready: [web]
"""
PROOF = """\
# What proves this lab on a real cluster: pytest -m cluster tests/cluster/test_lab_proofs.py does all of it, and with
# QUIZAPP_RECORD=1 keeps the answers in evidence/. `run` are kubectl's words, `apply` is YAML.
solution:
  - step: create
    run: [create deployment web --image=nginx:1.27]
  - step: scale
    run: [scale deployment web --replicas=2]
# Wrong ways that must stay red: the step, its state and the rule that must come first (docs/labs.md lists the rules).
near-misses:
  # TODO: what do learners of this lab really do wrong?
  - name: a name that is nearly right
    run: [create deployment wep --image=nginx:1.27]
    expect: {{step: create, state: blocked, rule: O2, subject: Deployment/web}}
  - name: too few replicas
    run: [create deployment web --image=nginx:1.27]
    expect: {{step: scale, state: blocked, rule: W1, subject: Deployment/web}}
"""


def skeleton(name: str, *, module: str, notes: str, schema: str) -> Mapping[str, str]:
    """The texts by file name; `notes` is a heading of the module, `schema` where the JSON Schema lies."""
    words = {"name": name, "module": module, "notes": _quoted(notes), "schema": schema}
    return {"lab.yaml": LAB.format(**words), "proof.yaml": PROOF.format(**words)}


def _quoted(heading: str) -> str:
    """A heading as YAML takes it, whatever it holds."""
    escaped = heading.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
