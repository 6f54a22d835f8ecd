"""`lotse evaluate`: how well judged questions are answered."""

import json
from pathlib import Path

import click

from knowledge import Query, open_knowledge, read_settings
from knowledge.evaluation import MEASURES, Evaluation, JudgedQuestion, answered, evaluate, read_judged, write_run
from lotse.new_file import NewFile

_DEPTH = 10
_SECTIONS = 200


@click.command("evaluate", epilog="Example: LOTSE_TODAY=2026-11-22 lotse evaluate questions.jsonl --run run.jsonl")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--run", type=NewFile(), help="Write one line a question with what was found.")
@click.option("--guides", is_flag=True, help="Ask the guides; the results are guide ids.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def evaluate_command(questions: Path, run: Path | None, guides: bool, as_json: bool) -> None:
    """Ask judged questions and print recall@1, recall@5, MRR@10, nDCG@10, and how many were declined."""
    knowledge = open_knowledge(read_settings())

    def from_offerings(question: JudgedQuestion) -> tuple[list[str], bool]:
        found = knowledge.search(Query(text=question.text, near=question.near, limit=_DEPTH))
        return [match.offering.id for match in found.matches], found.no_good_answer

    def from_guides(question: JudgedQuestion) -> tuple[list[str], bool]:
        language = knowledge.identifier.identify(question.text, default="de")
        if question.near:
            place = knowledge.places.resolve(question.near, language=language).place
        else:
            today = knowledge.settings.current_date()
            place = knowledge.reader.read(question.text, language=language, today=today).where.place
        found = knowledge.guides(question.text, language=language, near=place, limit=_SECTIONS)
        return list(dict.fromkeys(s.section.guide.id for s in found.sections))[:_DEPTH], found.no_good_answer

    outcomes = answered(read_judged(questions), from_guides if guides else from_offerings)
    if run:
        write_run(outcomes, run)
    _show(evaluate(outcomes), as_json)


def _show(evaluation: Evaluation, as_json: bool) -> None:
    if as_json:
        content = {
            "groups": [{"group": row.group, "questions": row.questions, **row.means} for row in evaluation.rows],
            "unanswerable": evaluation.unanswerable,
            "declined_rightly": evaluation.declined_rightly,
            "declined_wrongly": evaluation.declined_wrongly,
        }
        click.echo(json.dumps(content))
        return
    click.echo(f"{'':24} {'n':>4} " + "".join(f"{name:>22}" for name in MEASURES))
    for row in evaluation.rows:
        cells = [f"{row.means[m]:.3f} [{row.intervals[m][0]:.2f}, {row.intervals[m][1]:.2f}]" for m in MEASURES]
        click.echo(f"{row.group:24} {row.questions:4} " + "".join(f"{cell:>22}" for cell in cells))
    click.echo(
        f"declined: {evaluation.declined_rightly:.0%} of {evaluation.unanswerable} unanswerable questions, ", nl=False
    )
    click.echo(f"{evaluation.declined_wrongly:.0%} of the answerable ones (wrongly)")
