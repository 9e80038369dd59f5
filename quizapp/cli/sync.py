"""`quizapp sync`: questions and cards brought in line with the notes, after a look at what that changes."""

from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import Parts, print_json, upgraded

if TYPE_CHECKING:
    from quizapp.services.sync import Planned

MOST = 12


@click.command()
@click.option("--plan", "only_plan", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Also where over a fifth of a module's items would go.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(parts: Parts, only_plan: bool, yes: bool, as_json: bool) -> None:
    """Bring questions and cards in line with the notes. Nothing is deleted: what goes keeps its history.

    \b
    Example:
      quizapp sync --plan
    """
    from quizapp.services.sync import plan_modules, sync_modules

    context = upgraded(parts)
    if only_plan:
        plans = plan_modules(context)
        if as_json:
            print_json([one.to_dict() for one in plans])
        else:
            click.echo("\n".join(line for one in plans for line in _told(one)) or "Nothing has changed")
        return
    report = sync_modules(context, agreed=None if yes else ())
    if as_json:
        print_json(
            {
                "new": report.new,
                "kept": report.kept,
                "edited": report.edited,
                "retired": report.retired,
                "key_changed": report.key_changed,
                "warnings": list(report.warnings),
            }
        )
        return
    for warning in report.warnings:
        click.echo(f"quizapp: {warning}", err=True)
    click.echo(
        f"New {report.new}, kept {report.kept} (reworded {report.edited}, another right answer {report.key_changed}), "
        f"gone {report.retired}"
    )


def _told(one: "Planned") -> list[str]:
    """A module's plan in lines: the counts, then what changes in words, as many as can be read."""
    plan = one.plan
    kept = f"kept {len(plan.items) - len(plan.new)} (reworded {len(plan.edited)}, "
    kept += f"another right answer {len(plan.key_changed)})"
    lines = [f"{one.path}: {kept}, new {len(plan.new)}, gone {len(plan.retired)}"]
    if one.held:
        lines.append("  over a fifth would go: this waits for quizapp sync --yes")
    for title, ids in (
        ("another right answer", plan.key_changed),
        ("reworded", plan.edited),
        ("gone", plan.retired),
        ("new", plan.new),
    ):
        for item_id in ids[:MOST]:
            was, now = one.says(one.before, item_id), one.says(plan.items, item_id)
            lines.append(f"  {title}: {' -> '.join(text for text in (was if title != 'new' else '', now) if text)}")
        if len(ids) > MOST:
            lines.append(f"  {title}: and {len(ids) - MOST} more (--json shows all)")
    return lines
