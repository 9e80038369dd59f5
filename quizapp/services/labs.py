"""Labs as a person does them: start, look, end. No database session is open while the cluster is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from quizapp.labs.checks.changed import aspects
from quizapp.labs.contexts import choose_context
from quizapp.labs.evidence import Evidence
from quizapp.labs.judge import judge
from quizapp.labs.port import RUN_LABEL, ContextInfo, NamespaceRef
from quizapp.labs.recording import record, write_recording
from quizapp.labs.spec import Lab
from quizapp.labs.trouble import ClusterTrouble
from quizapp.labs.verdict import Verdict, explained
from quizapp.services.context import Context
from quizapp.services.errors import NotFound
from quizapp.services.lab_help import TooManyAnswers, help_of, store_answer
from quizapp.services.lab_help import open_hint as note_hint
from quizapp.services.lab_views import LabCard, LabPage, StepView, Verification, not_observed, step_view
from quizapp.storage import lab_runs
from quizapp.storage.tables.labs import LabRun

__all__ = ["LabCard", "LabPage", "StepView", "TooManyAnswers", "Verification"]


def labs_index(ctx: Context, user_id: str) -> list[LabCard]:
    """Every lab and how far this person is."""
    with ctx.database.read() as session:
        counts = lab_runs.passed_counts(session, user_id)
    cards = []
    for lab in ctx.library.labs.values():
        passed, started = counts.get(lab.slug, (0, False))
        cards.append(LabCard(lab.slug, lab.title, lab.summary, lab.minutes, len(lab.steps), passed, started))
    return cards


def lab_page(ctx: Context, user_id: str, slug: str) -> LabPage:
    """A lab with the steps passed so far; the cluster is not asked."""
    lab = lab_of(ctx, slug)
    with ctx.database.read() as session:
        run = lab_runs.open_run(session, user_id, slug)
        passed = lab_runs.passes(session, run.id) if run else {}
        events = lab_runs.events(session, run.id) if run else None
    namespace = run.namespace if run else lab.namespace
    return LabPage(
        slug=slug,
        title=lab.title,
        summary=lab.summary,
        minutes=lab.minutes,
        story=lab.story,
        module_slug=lab.module,
        namespace=namespace,
        context=run.context if run else None,
        started=run is not None,
        contexts=_contexts(ctx),
        start_commands=(f"kubectl create namespace {lab.namespace}",),
        steps=tuple(step_view(step, Verdict("passed" if step.id in passed else "todo"), passed) for step in lab.steps),
        help=help_of(ctx.library, lab, namespace, events),
    )


def start_lab(
    ctx: Context, user_id: str, slug: str, *, context: str | None = None, allow_context: str | None = None
) -> LabPage:
    """Makes the lab's namespace, takes the baseline and stores the run; a run that is open goes on."""
    lab = lab_of(ctx, slug)
    run, _ = _run(ctx, user_id, slug)
    if run is None:
        chosen = choose_context(ctx.cluster.contexts(), context=context, allow=allow_context).name
        made = ctx.cluster.prepare(chosen, lab.namespace, {RUN_LABEL: slug}, ())
        evidence = ctx.cluster.collect(chosen, lab.namespace, lab.needs(), fresh=True)
        _store_run(ctx, user_id, lab, evidence, made.uid if made.ours else "")
    return lab_page(ctx, user_id, slug)


def verify_lab(
    ctx: Context, user_id: str, slug: str, *, context: str | None = None, allow_context: str | None = None
) -> Verification:
    """Looks at the cluster and judges every step; trouble makes steps unknown and costs nothing."""
    lab = lab_of(ctx, slug)
    run, passed = _run(ctx, user_id, slug)
    name = context or (run.context if run else "")
    try:
        name = _where(ctx, run, context, allow_context)
        evidence = _look(ctx, lab, run, name)
        if run is None:
            run = _store_run(ctx, user_id, lab, evidence, "")
        steps = _judged(ctx, lab, run, evidence, passed)
    except ClusterTrouble as trouble:
        return not_observed(lab, name, passed, trouble)
    return Verification(slug, name, evidence.cluster_uid, steps)


def open_hint(ctx: Context, user_id: str, slug: str, step_id: str, number: int) -> None:
    """Opens the next hint of a step; the run notes it, and it costs nothing."""
    note_hint(ctx, user_id, lab_of(ctx, slug), step_id, number)


def answer_step(ctx: Context, user_id: str, slug: str, step_id: str, key: str, typed: str) -> Verification:
    """Stores what was typed, then looks at the cluster; BadInput and TooManyAnswers as `store_answer` says."""
    store_answer(ctx, user_id, lab_of(ctx, slug), step_id, key, typed)
    return verify_lab(ctx, user_id, slug)


def recorded_lab(
    ctx: Context, user_id: str, slug: str, *, context: str | None = None, allow_context: str | None = None
) -> str:
    """What the cluster answers now, as `lab judge` reads it: without secrets; nothing is judged or stored."""
    lab = lab_of(ctx, slug)
    run, _ = _run(ctx, user_id, slug)
    evidence = _look(ctx, lab, run, _where(ctx, run, context, allow_context), fresh=True)
    return write_recording(evidence, run.baseline if run else _baseline(lab, evidence))


def _where(ctx: Context, run: LabRun | None, context: str | None, allow_context: str | None) -> str:
    """The context to look at: that of the run unless another one is named; ContextRefused when none may be used."""
    name = context or (run.context if run else None)
    allowed = allow_context or (run.context if run and name == run.context else None)
    return choose_context(ctx.cluster.contexts(), context=name, allow=allowed).name


def _look(ctx: Context, lab: Lab, run: LabRun | None, name: str, *, fresh: bool = False) -> Evidence:
    """One round of reading where the run takes place."""
    evidence = ctx.cluster.collect(name, run.namespace if run else lab.namespace, lab.needs(), fresh=fresh)
    _refuse_another_cluster(run, evidence)
    return replace(evidence, answers=_typed(ctx, run)) if run and lab.questions else evidence


def _typed(ctx: Context, run: LabRun) -> dict[str, str]:
    """What the learner has typed; read after the cluster, so that an answer counts as soon as it is stored."""
    with ctx.database.read() as session:
        return lab_runs.answers(session, run.id)


def _refuse_another_cluster(run: LabRun | None, evidence: Evidence) -> None:
    """A context can point at a new cluster; what is there says nothing about the run."""
    if run is not None and run.cluster_uid != evidence.cluster_uid:
        says = "This is another cluster than the one in which the lab was started."
        raise ClusterTrouble(says, "end the lab and start it again", rule="C6", value=evidence.cluster_uid)


def end_lab(ctx: Context, user_id: str, slug: str) -> None:
    """Ends the run and removes the namespace, if a run of ours made it; the passed steps stay on record."""
    run, _ = _run(ctx, user_id, slug)
    if run is None:
        return
    if run.namespace_uid:
        ctx.cluster.remove(run.context, NamespaceRef(run.namespace, run.namespace_uid))
    with ctx.database.write() as session:
        lab_runs.end_run(session, run.id, ctx.now(), "ended")


def lab_of(ctx: Context, slug: str) -> Lab:
    """The lab of that name, or NotFound with those that are there."""
    lab = ctx.library.labs.get(slug)
    if lab is None:
        raise NotFound(f"there is no lab {slug}; there are: {', '.join(ctx.library.labs) or 'none'}")
    return lab


def _contexts(ctx: Context) -> tuple[ContextInfo, ...]:
    try:
        return tuple(ctx.cluster.contexts())
    except ClusterTrouble:
        return ()


def _run(ctx: Context, user_id: str, slug: str) -> tuple[LabRun | None, dict[str, datetime]]:
    with ctx.database.read() as session:
        run = lab_runs.open_run(session, user_id, slug)
        return run, lab_runs.passes(session, run.id) if run else {}


def _store_run(ctx: Context, user_id: str, lab: Lab, evidence: Evidence, namespace_uid: str) -> LabRun:
    values = {
        "user_id": user_id,
        "lab_slug": lab.slug,
        "context": evidence.context,
        "cluster_uid": evidence.cluster_uid,
        "namespace": evidence.namespace,
        "namespace_uid": namespace_uid,
        "params": {},
        "baseline": _baseline(lab, evidence),
        "started_at": ctx.now(),
    }
    with ctx.database.write() as session:
        return lab_runs.open_run(session, user_id, lab.slug) or lab_runs.add_run(session, **values)


def _baseline(lab: Lab, evidence: Evidence) -> dict[str, Any]:
    targets = {target.title: target for step in lab.steps for target in step.targets}
    found = {title: evidence.find(target.kind, target.name) for title, target in targets.items()}
    return {title: aspects(item) for title, item in found.items() if item is not None}


def _judged(
    ctx: Context, lab: Lab, run: LabRun, evidence: Evidence, passed: Mapping[str, datetime]
) -> tuple[StepView, ...]:
    """Judges by one round; a step about to pass must be right in a second round too, for lists are not one instant."""
    results = {step.id: judge(step, evidence, run.baseline) for step in lab.steps}
    fresh = [step for step in lab.steps if step.id not in passed and results[step.id].state == "passed"]
    known = dict(passed)
    if fresh:
        again = ctx.cluster.collect(run.context, run.namespace, lab.needs(), fresh=True)
        again = replace(again, answers=evidence.answers)
        confirmed = [step for step in fresh if judge(step, again, run.baseline).state == "passed"]
        for step in fresh:
            if step not in confirmed:
                results[step.id] = judge(step, again, run.baseline)
        with ctx.database.write() as session:
            kept = record(again, events=False)
            lab_runs.add_passes(session, run.id, {step.id: kept for step in confirmed}, ctx.now())
        known.update({step.id: ctx.now() for step in confirmed})
    return tuple(step_view(step, explained(step, results[step.id], evidence, known), known) for step in lab.steps)
