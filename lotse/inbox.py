"""`lotse inbox`: the questions that parents left for the alliances' coordinators."""

import json
from dataclasses import asdict

import click

from knowledge import Question, open_knowledge, read_settings
from widget.channels.handover import messenger_of

_FIRST_WORDS = 60


@click.group("inbox", invoke_without_command=True, epilog="Example: lotse inbox --alliance koethen; lotse inbox show 7")
@click.option("--alliance", help="Only the questions for this alliance.")
@click.option("--all", "answered_too", is_flag=True, help="Also those that are answered.")
@click.option("--json", "as_json", is_flag=True, help="Print the questions as JSON.")
@click.pass_context
def inbox_command(context: click.Context, alliance: str | None, answered_too: bool, as_json: bool) -> None:
    """List the questions that parents left; without a command, those that are open."""
    if context.invoked_subcommand is not None:
        return
    knowledge = open_knowledge(read_settings())
    if alliance is not None:
        knowledge.store.alliance(alliance)  # an error names those that are there
    questions = knowledge.questions.all(alliance=alliance, state=None if answered_too else "open")
    if as_json:
        click.echo(json.dumps([_as_json(question) for question in questions], ensure_ascii=False))
        return
    for question in questions:
        done = "  answered" if question.state == "answered" else ""
        asked_on = question.asked_at.astimezone().date()
        click.echo(
            f"{question.id:4}  {asked_on}  {question.alliance}  {question.language}{done}  {_short(question.text)}"
        )
    if not questions:
        click.echo("No questions." if answered_too else "No open questions.", err=True)


@inbox_command.command("show", epilog="Example: lotse inbox show 7")
@click.argument("question_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print the question as JSON.")
def show_command(question_id: int, as_json: bool) -> None:
    """Show a question with the contact that the parent gave."""
    question = open_knowledge(read_settings()).questions.one(question_id)
    if as_json:
        click.echo(json.dumps(_as_json(question), ensure_ascii=False))
        return
    mailed = f"{question.notified_at.astimezone():%Y-%m-%d %H:%M}" if question.notified_at else "no"
    click.echo(f"Question {question.id}, {question.state}, for {question.alliance}")
    click.echo(f"asked      {question.asked_at.astimezone():%Y-%m-%d %H:%M}")
    click.echo(f"language   {question.language}")
    messenger = messenger_of(question.contact)
    click.echo(f"answer to  {f'{messenger}, from the console' if messenger else question.contact}")
    click.echo(f"mailed     {mailed}")
    click.echo(f"kept until {question.delete_after.astimezone().date()}")
    click.echo(f"\n{question.text}")


@inbox_command.command("answered", epilog="Example: lotse inbox answered 7")
@click.argument("question_id", metavar="ID", type=int)
def answered_command(question_id: int) -> None:
    """Mark a question as answered; it stays until its time is over."""
    open_knowledge(read_settings()).questions.set_state(question_id, "answered")
    click.echo(f"Question {question_id} is marked as answered.")


@inbox_command.command("delete", epilog="Example: lotse inbox delete 7")
@click.argument("question_id", metavar="ID", type=int)
def delete_command(question_id: int) -> None:
    """Delete a question and its contact for good."""
    open_knowledge(read_settings()).questions.delete(question_id)
    click.echo(f"Question {question_id} is deleted.")


def _as_json(question: Question) -> dict[str, object]:
    """Return a question's fields for a program; the conversation stays out, since its id would open it."""
    fields = {key: value for key, value in asdict(question).items() if key != "conversation"}
    times = {key: fields[key].isoformat() for key in ("asked_at", "delete_after", "notified_at") if fields[key]}
    return {**fields, **times}


def _short(text: str) -> str:
    return text if len(text) <= _FIRST_WORDS else text[:_FIRST_WORDS].rsplit(" ", 1)[0] + " …"
