"""`lotse coordinator`: the accounts of the console, from the terminal; the first one is made here."""

import os

import click

from console.accounts.links import link_for
from knowledge import Account, Knowledge, UnknownRecordError, open_knowledge, read_settings
from knowledge.store import ROLES, Role
from widget.secret import secret_key
from widget.settings import read_web_settings


@click.group("coordinator", epilog="Example: lotse coordinator add anna@example.org --alliance koethen")
def coordinator_command() -> None:
    """Say who may use the console at /console/."""


@coordinator_command.command(
    "add", epilog="Example: lotse coordinator add anna@example.org --alliance koethen --role helper"
)
@click.argument("email")
@click.option("--alliance", "alliances", multiple=True, help="An alliance to work for; may be given several times.")
@click.option(
    "--role", type=click.Choice(ROLES), default="coordinator", show_default=True, help="What the person may do."
)
@click.option("--name", default="", help="As shown in the history of changes.")
def add_command(email: str, alliances: tuple[str, ...], role: Role, name: str) -> None:
    """Add an account and print the link with which its owner chooses a password."""
    if not alliances and role != "service_office":
        raise click.UsageError("name the alliance with --alliance; only the service office works for all")
    if "@" not in email:
        raise click.UsageError(f"{email!r} is no e-mail address; write it as name@example.org")
    knowledge = open_knowledge(read_settings())
    account = knowledge.accounts.add(email, role=role, alliances=alliances, name=name)
    _print_link(knowledge, account, "7 days")


@coordinator_command.command("list", epilog="Example: lotse coordinator list")
def list_command() -> None:
    """List the accounts."""
    for account in open_knowledge(read_settings()).accounts.all():
        state = "disabled" if account.disabled else "active" if account.password_hash else "invited"
        click.echo(f"{account.email}  {account.role}  {','.join(account.alliances) or '-'}  {state}")


@coordinator_command.command("disable", epilog="Example: lotse coordinator disable anna@example.org")
@click.argument("email")
def disable_command(email: str) -> None:
    """Keep an account out at once; what it has edited stays."""
    knowledge = open_knowledge(read_settings())
    account = _account(knowledge, email)
    knowledge.accounts.set_disabled(account.id, True)
    click.echo(f"{account.email} is disabled; `lotse coordinator reset {account.email}` lets it in again.")


@coordinator_command.command("reset", epilog="Example: lotse coordinator reset anna@example.org")
@click.argument("email")
def reset_command(email: str) -> None:
    """Print a link to choose a new password; the second factor is turned off, a disabled account is let in again."""
    knowledge = open_knowledge(read_settings())
    account = _account(knowledge, email)
    knowledge.accounts.set_totp(account.id, None)
    knowledge.accounts.set_disabled(account.id, False)
    _print_link(knowledge, account, "24 hours" if account.password_hash else "7 days")


def _account(knowledge: Knowledge, email: str) -> Account:
    account = knowledge.accounts.of_email(email)
    if account is None:
        raise UnknownRecordError(f"no account for {email}; `lotse coordinator list` lists those that are there")
    return account


def _print_link(knowledge: Knowledge, account: Account, lasts: str) -> None:
    settings = read_web_settings()
    base = settings.public_url or f"http://localhost:{os.environ.get('LOTSE_PORT') or 8000}"
    link = link_for(secret_key(knowledge.settings.data_dir, settings.secret_key), account, base_url=base)
    click.echo(f"Pass this link on to {account.email}; it works once, within {lasts}:", err=True)
    click.echo(link)
