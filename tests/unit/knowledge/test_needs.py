from knowledge.needs import categories_of, clauses
from tests.fakes import WordEncoder, small_classifier


def test_short_clauses_stay_with_the_one_before() -> None:
    text = "Wir sind neu hier. Mein Mann arbeitet in Schicht, ich auch. Wer nimmt unser Kind abends um neun?"
    assert clauses(text) == [
        "Wir sind neu hier, Mein Mann arbeitet in Schicht, ich auch",
        "Wer nimmt unser Kind abends um neun?",
    ]


def test_arabic_and_persian_marks_end_clauses_too() -> None:
    assert len(clauses("نحن جدد في هذه المدينة الصغيرة، ونبحث عن روضة لابنتنا التي عمرها ثلاث سنوات")) == 2


def test_a_need_hidden_in_a_long_story_is_found() -> None:
    text = (
        "Guten Tag, wir sind letzte Woche umgezogen und kennen noch niemanden. "
        "Das Auto ist auch kaputt. Wir brauchen eine Kita für unser Kind."
    )
    needs = small_classifier(WordEncoder()).needs(text)
    assert next(iter(needs)) == "daycare.kindergarten"


def test_categories_sum_their_needs_and_leave_the_unrelated_out() -> None:
    needs = {"daycare.creche": 0.3, "fathers.group": 0.25, "daycare.kindergarten": 0.2, "unrelated": 0.25}
    assert categories_of(needs) == {"daycare": 0.5, "fathers": 0.25}
