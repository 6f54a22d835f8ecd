"""`lotse search` and `lotse categories`: ask the knowledge base from the command line."""

import json

import click

from knowledge import Query, open_knowledge, read_settings
from knowledge.cards import card
from knowledge.reasons import sentence


@click.command("search", epilog='Example: lotse search "Kita bis 20 Uhr" --near 06366')
@click.argument("text")
@click.option("--near", help="Postal code, place name, or lat,lon.")
@click.option("--language", help="Language of the reasons (default: that of the question).")
@click.option("--age", type=float, help="The child's age in years.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print cards as JSON.")
def search_command(
    text: str, near: str | None, language: str | None, age: float | None, limit: int, as_json: bool
) -> None:
    """Find offerings for a question in any of the ten languages."""
    knowledge = open_knowledge(read_settings())
    answer = knowledge.search(
        Query(text=text, near=near, language=language, ages=() if age is None else (age,), limit=limit)
    )
    reply = language or answer.understood.language
    if as_json:
        cards = [card(match, language=reply, taxonomy=knowledge.taxonomy) for match in answer.matches]
        click.echo(json.dumps({"no_good_answer": answer.no_good_answer, "results": cards}, ensure_ascii=False))
        return
    understood = answer.understood
    needs = ", ".join(f"{need} {p:.0%}" for need, p in list(understood.needs.items())[:3])
    place = answer.place.label if answer.place else "-"
    click.echo(
        f"understood: {needs or '-'}; place {place}; ages {understood.ages or '-'}; language {understood.language}"
    )
    if near and answer.place is None:
        options = answer.understood.where.options
        several = f"there are several: {', '.join(one.label for one in options)}" if options else "not known in Germany"
        click.echo(
            f"place {near!r}: {several}; searched without it. Write a postal code, a town, or lat,lon.", err=True
        )
    if answer.no_good_answer:
        click.echo("No good answer; the nearest are:")
    for match in answer.matches:
        why = "; ".join(sentence(reason, reply) for reason in match.reasons)
        click.echo(f"{match.score:6.2f}  {match.offering.title} ({match.offering.city or '-'}): {why}")


@click.command("categories", epilog="Example: lotse categories --language tr")
@click.option("--language", default="de", show_default=True)
def categories_command(language: str) -> None:
    """List the categories with their names in a language."""
    taxonomy = open_knowledge(read_settings()).taxonomy
    for code in taxonomy.categories:
        click.echo(f"{code:22} {taxonomy.label(code, language)}")
