"""`lotse feedback`: what parents say of the answers, counted."""

import json
from dataclasses import asdict

import click

from knowledge import FeedbackCount, open_knowledge, read_settings


@click.command("feedback", epilog="Example: lotse feedback; lotse feedback --json")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON.")
def feedback_command(as_json: bool) -> None:
    """Count for each alliance how many parents said that the answers helped, how many that not, and why not."""
    counts = open_knowledge(read_settings()).feedback.counts()
    if as_json:
        click.echo(json.dumps([asdict(count) for count in counts]))
        return
    if not counts:
        click.echo("No feedback yet.", err=True)
        return
    width = max(len(_name(count)) for count in counts)
    click.echo(f"{'alliance':{width}}   yes    no  why not")
    for count in counts:
        why = ", ".join(f"{reason} {times}" for reason, times in count.reasons.items())
        click.echo(f"{_name(count):{width}} {count.yes:5} {count.no:5}  {why}".rstrip())


def _name(count: FeedbackCount) -> str:
    return count.alliance or "(none's page)"
