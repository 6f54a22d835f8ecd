"""Where an offering stands, how saved questions go, and which lose their answer by an edit."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.bench import ask, judged_lines, lost, outcome_of, query_of, refresh, refresh_stale
from knowledge.evaluation import read_judged
from knowledge.explaining import standing
from knowledge.index import Library, Makers, build_index, with_edit
from knowledge.ranking import Weights
from knowledge.search import Search
from knowledge.store import Asked, QuestionOutcome, SavedQuestion, SavedQuestions, Store, open_engine
from knowledge.taxonomy import Taxonomy
from knowledge.understanding import Reader
from knowledge.values import Alliance, Offering, PlaceReading
from tests.fakes import ThreeTowns, WordEncoder, small_classifier

TODAY = date(2026, 11, 22)
KITA = Asked(text="Kita in Köthen", language="de")


class GermanOnly:
    def identify(self, text: str, *, default: str) -> str:
        return default


class TownsAndNeustadt(ThreeTowns):
    """There is more than one Neustadt, and no Nirgendheim."""

    def read(self, text: str, **more) -> PlaceReading:
        if "Neustadt" in text:
            koethen = super().read("köthen", **more).place
            return PlaceReading(options=(koethen, koethen), written="Neustadt")
        return PlaceReading(unknown="Nirgendheim") if "Nirgendheim" in text else super().read(text, **more)


class Bench:
    """A search over some offerings, with the store of questions beside it."""

    def __init__(self, folder: Path, store: Store, taxonomy: Taxonomy, alliance: Alliance) -> None:
        encoder = WordEncoder()
        classifier, places = small_classifier(encoder), TownsAndNeustadt()
        self.makers = Makers(encoder=encoder, classifier=classifier, taxonomy=taxonomy, places=places)  # type: ignore[arg-type]
        self.store, self.folder, self.alliance = store, folder, alliance
        self.saved = SavedQuestions(open_engine(f"sqlite:///{folder / 'lotse.sqlite'}"))
        self.search = Search(
            store=store, library=Library(folder / "index"), reader=Reader(classifier, places), encoder=encoder,  # type: ignore[arg-type]
            identifier=GermanOnly(), weights=Weights(), radius_km=25.0, today=TODAY,  # type: ignore[arg-type]
        )  # fmt: skip

    def over(self, *offerings: Offering) -> "Bench":
        self.store.put([self.alliance, *offerings], editor="test")
        build_index(self.folder / "index", store=self.store, makers=self.makers)
        return self

    def save(self, offering: str, asked: Asked = KITA) -> SavedQuestion:
        return self.saved.add(asked, offering=offering, alliance="koethen")

    def standing(self, asked: Asked, offering: str, within: int = 3):
        return standing(self.search.find(query_of(asked)), offering, within=within)

    def lost(self, offering: str, edited: Offering | None):
        tried = with_edit(self.search.library.snapshot(), offering, edited, self.makers)
        return [
            (one.question.offering, one.outcome.state, one.outcome.why, one.instead)
            for one in lost(self.search, self.saved.all(), tried)
        ]


@pytest.fixture
def bench(tmp_path: Path, store: Store, taxonomy: Taxonomy, koethen: Alliance) -> Bench:
    return Bench(tmp_path, store, taxonomy, koethen)


def _kitas(make: Callable[..., Offering], count: int) -> list[Offering]:
    return [make(f"kita-{n}", title=f"Kita {n}", city="Köthen") for n in range(count)]


def test_the_parts_of_the_score_are_its_sum(bench, make_offering) -> None:
    bench.over(
        *_kitas(make_offering, 3),
        make_offering("kurs", title="Deutschkurs", categories=("language_course",), city="Köthen"),
    )
    found = bench.search.find(query_of(KITA))
    stands = bench.standing(KITA, "kita-1")
    at = list(found.candidates.rows).index(found.snapshot.row_of("kita-1"))
    assert sum(stands.parts.values()) == pytest.approx(float(found.points[at]), abs=1e-4)
    assert stands.parts["need"] > bench.standing(KITA, "kurs").parts["need"]


def test_an_offering_that_is_not_found_has_its_cause(bench, make_offering) -> None:
    bench.over(
        *_kitas(make_offering, 3),
        make_offering("vorbei", valid_to=date(2026, 11, 21), city="Köthen"), make_offering("fern", city="München"),
        make_offering("ortlos"),
    )  # fmt: skip
    assert bench.standing(KITA, "none-such").why == "not_there"
    assert bench.standing(KITA, "vorbei").why == "ended"
    assert bench.standing(KITA, "ortlos").why == "no_position"
    fern = bench.standing(KITA, "fern")
    assert (fern.why, fern.rank) == ("too_far", None)
    assert fern.distance_km == pytest.approx(403, abs=2)


def test_an_offering_behind_others_says_in_what(bench, make_offering) -> None:
    bench.over(
        *_kitas(make_offering, 3),
        make_offering("kurs", title="Deutschkurs", categories=("language_course",), city="Köthen"),
    )
    stands = bench.standing(KITA, "kurs")
    assert (stands.why, stands.rank) == ("behind", 4)
    assert stands.behind[0] == "need"
    assert bench.standing(KITA, "kurs", within=4).why == "found"


def test_an_offering_for_another_age_is_behind_by_its_age(bench, make_offering) -> None:
    bench.over(make_offering("gross", age_min=3, city="Köthen"), make_offering("klein", age_max=3, city="Köthen"))
    asked = Asked(text="Kita in Köthen für mein Kind, 1 Jahr alt", language="de")
    assert bench.standing(asked, "gross", within=1).behind == ("age",)


def test_a_question_passes_at_the_place_wished_for_alone(bench, make_offering) -> None:
    bench.over(*_kitas(make_offering, 3))
    ranks = {f"kita-{n}": bench.standing(KITA, f"kita-{n}").rank for n in range(3)}
    last = max(ranks, key=lambda id_: ranks[id_])
    assert ask(bench.search, KITA, last) == QuestionOutcome(state="passed", rank=3)
    strict = replace(KITA, within=1)
    assert ask(bench.search, strict, last) == QuestionOutcome(state="failed", rank=3, why="behind")


def test_what_parents_are_told_not_to_fit_does_not_pass(bench, make_offering) -> None:
    bench.over(make_offering("kurs", title="Deutschkurs", categories=("language_course",), city="Köthen"))
    assert ask(bench.search, KITA, "kurs") == QuestionOutcome(state="failed", rank=1, why="declined")


@pytest.mark.parametrize("text", ["Kita in Neustadt", "Kita in Nirgendheim"])
def test_a_place_that_parents_are_asked_for_again_does_not_pass(bench, make_offering, text: str) -> None:
    bench.over(make_offering("kita", city="Köthen"))
    assert ask(bench.search, Asked(text=text, language="de"), "kita") == QuestionOutcome(
        state="failed", rank=1, why="place_unclear"
    )


def test_questions_of_an_offering_that_nobody_can_find_now_rest(bench, make_offering) -> None:
    bench.over(make_offering("vorbei", valid_to=date(2026, 11, 21)))
    assert ask(bench.search, KITA, "vorbei") == QuestionOutcome(state="resting", why="ended")
    assert ask(bench.search, KITA, "entwurf") == QuestionOutcome(state="resting", why="not_there")


def test_an_edit_loses_its_own_question_and_says_what_comes_instead(bench, make_offering) -> None:
    kita, other = make_offering("kita", city="Köthen"), make_offering("hort", title="Kita Mond", city="Merseburg")
    bench.over(kita, other).save("kita", replace(KITA, within=1))
    assert bench.lost("kita", kita.model_copy(update={"phone": "03496 1"})) == []
    assert bench.lost("kita", kita.model_copy(update={"city": "München"})) == [("kita", "failed", "too_far", "hort")]
    assert bench.lost("kita", None) == [("kita", "resting", "not_there", "hort")]
    ended = kita.model_copy(update={"valid_to": date(2026, 1, 1)})
    assert bench.lost("kita", ended) == [("kita", "resting", "ended", "hort")]


def test_a_new_offering_can_push_anothers_question_out(bench, make_offering) -> None:
    bench.over(make_offering("kita", title="Betreuung", city="Merseburg")).save("kita", replace(KITA, within=1))
    near = make_offering("neu", title="Kita in Köthen", city="Köthen")
    assert bench.lost("neu", near) == [("kita", "failed", "behind", "neu")]


def test_what_failed_before_is_not_lost(bench, make_offering) -> None:
    kita = make_offering("kita", city="München")
    bench.over(kita, make_offering("nah", city="Köthen")).save("kita")
    assert bench.lost("kita", None) == []
    assert bench.lost("kita", kita.model_copy(update={"title": "Anders"})) == []


def test_what_is_noted_of_the_present_index_is_believed(bench, make_offering) -> None:
    kita = make_offering("kita", city="Köthen")
    one = bench.over(kita).save("kita")
    away = kita.model_copy(update={"city": "München"})
    generation = bench.search.library.snapshot().generation
    for state, index_of, losses in (
        ("passed", generation, 1),
        ("failed", generation, 0),
        ("failed", generation - 1, 1),
    ):
        bench.saved.note([(one, QuestionOutcome(state=state))], asked_on=TODAY, index_of=index_of)
        assert len(bench.lost("kita", away)) == losses, (state, index_of)


def test_when_nothing_is_left_there_is_nothing_instead(bench, make_offering) -> None:
    bench.over(make_offering("kita", city="Köthen")).save("kita")
    assert bench.lost("kita", None) == [("kita", "resting", "not_there", None)]


def test_only_what_is_out_of_date_is_asked_again(bench, make_offering) -> None:
    bench.over(make_offering("kita", city="Köthen"))
    one = bench.save("kita")
    refresh_stale(bench.search, bench.saved)
    noted = bench.saved.one(one.id)
    assert noted.last == QuestionOutcome(state="passed", rank=1)
    assert (noted.asked_on, noted.index_of) == (TODAY, bench.search.library.snapshot().generation)
    bench.saved.note([(noted, QuestionOutcome(state="failed", why="behind"))], asked_on=TODAY, index_of=noted.index_of)
    refresh_stale(bench.search, bench.saved)
    assert bench.saved.one(one.id).last.state == "failed", "asked again though nothing changed"
    bench.over(make_offering("hort", title="Hort", city="Köthen"))
    refresh_stale(bench.search, bench.saved)
    assert bench.saved.one(one.id).last.state == "passed"


def test_when_the_time_is_over_the_rest_is_left_for_later(bench, make_offering) -> None:
    bench.over(make_offering("kita", city="Köthen"))
    questions = [bench.save("kita", Asked(text=f"Kita in Köthen {n}", language="de")) for n in range(3)]
    assert refresh(bench.search, bench.saved, questions, at_most_s=0.0) == 2
    assert [one.last.state for one in bench.saved.all()] == ["passed", "new", "new"]


def test_saved_questions_are_what_evaluate_reads(bench, make_offering, tmp_path) -> None:
    arabic = Asked(text="حضانة في Köthen", language="ar", near="06366")
    bench.over(make_offering("a"), make_offering("b"))
    first, _, third = bench.save("a"), bench.save("b"), bench.save("b", arabic)
    file = tmp_path / "saved.jsonl"
    file.write_text(judged_lines(bench.saved.all()), encoding="utf-8")
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == [
        {"id": f"saved-{first.id}", "text": "Kita in Köthen", "language": "de", "near": None,
         "relevant": [{"id": "a", "grade": 2}, {"id": "b", "grade": 2}]},
        {"id": f"saved-{third.id}", "text": arabic.text, "language": "ar", "near": "06366", "relevant": [{"id": "b", "grade": 2}]},
    ]  # fmt: skip
    assert [one.near for one in read_judged(file)] == [None, "06366"]


def test_an_outcome_comes_of_a_search_that_was_made_already(bench, make_offering) -> None:
    bench.over(make_offering("kita", city="Köthen"))
    found = bench.search.find(query_of(KITA))
    assert outcome_of(found, standing(found, "kita", within=1)) == ask(bench.search, KITA, "kita")
