"""`quizapp doctor`: what works on this machine, in plain words."""

import click

from quizapp.cli.parts import Parts, print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def command(parts: Parts, as_json: bool) -> None:
    """Say what works here; each red line names the command that mends it.

    Exit code 0 when the app itself works, cluster or not; 1 when it does not.

    \b
    Example:
      quizapp doctor
    """
    from quizapp.services.doctor import examine

    findings = examine(parts.settings(), parts.context)
    if as_json:
        print_json([finding.to_dict() for finding in findings])
    else:
        for finding in findings:
            mark = click.style("ok  ", fg="green") if finding.works else click.style("FAIL", fg="red")
            click.echo(f"{mark} {finding.name}: {finding.says}")
            if finding.fix:
                click.echo(f"       {finding.fix}")
    if any(finding.vital and not finding.works for finding in findings):
        raise click.exceptions.Exit(1)
