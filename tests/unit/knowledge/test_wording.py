"""How numbers, ages and spans of days are written in each language, with the plural forms of Unicode CLDR."""

import pytest

from knowledge.reasons import sentence
from knowledge.values import LANGUAGES, SIMPLE_GERMAN, Reason
from knowledge.wording import age_from, age_range, counted, number, texts

_UNITS = ("years", "years_after", "months", "months_after", "days")
# As Unicode CLDR's cardinal rules tell the forms apart; a language that has fewer uses "other".
_CATEGORIES = {
    "ar": {"one", "two", "few", "many", "other"}, "uk": {"one", "few", "many", "other"}, "ru": {"one", "few", "many", "other"},
    "pl": {"one", "few", "many", "other"}, "ro": {"one", "few", "other"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "one", "two", "five", "eleven", "twenty_one", "one_and_a_half"),
    [
        ("de", "1 Jahr", "2 Jahre", "5 Jahre", "11 Jahre", "21 Jahre", "1,5 Jahre"),
        ("de-simple", "1 Jahr", "2 Jahre", "5 Jahre", "11 Jahre", "21 Jahre", "1,5 Jahre"),
        ("en", "1 year", "2 years", "5 years", "11 years", "21 years", "1.5 years"),
        ("tr", "1 yaş", "2 yaş", "5 yaş", "11 yaş", "21 yaş", "1,5 yaş"),
        ("ar", "سنة واحدة", "سنتان", "5 سنوات", "11 سنة", "21 سنة", "1.5 سنة"),
        ("uk", "1 рік", "2 роки", "5 років", "11 років", "21 рік", "1,5 року"),
        ("ru", "1 год", "2 года", "5 лет", "11 лет", "21 год", "1,5 года"),
        ("pl", "1 rok", "2 lata", "5 lat", "11 lat", "21 lat", "1,5 roku"),
        ("ro", "1 an", "2 ani", "5 ani", "11 ani", "21 de ani", "1,5 ani"),
        ("fa", "1 سال", "2 سال", "5 سال", "11 سال", "21 سال", "1.5 سال"),
        ("fr", "1 an", "2 ans", "5 ans", "11 ans", "21 ans", "1,5 an"),
    ],
)
def test_years_are_counted_as_the_language_counts(language, one, two, five, eleven, twenty_one, one_and_a_half) -> None:
    written = [counted(language, "years", count) for count in (1, 2, 5, 11, 21, 1.5)]
    assert written == [one, two, five, eleven, twenty_one, one_and_a_half]


@pytest.mark.parametrize(
    ("language", "one", "two", "five", "eleven", "twenty_one", "one_and_a_half"),
    [
        ("de", "ab 1 Jahr", "ab 2 Jahren", "ab 5 Jahren", "ab 11 Jahren", "ab 21 Jahren", "ab 18 Monaten"),
        ("de-simple", "ab 1 Jahr", "ab 2 Jahren", "ab 5 Jahren", "ab 11 Jahren", "ab 21 Jahren", "ab 18 Monaten"),
        ("en", "from 1 year", "from 2 years", "from 5 years", "from 11 years", "from 21 years", "from 18 months"),
        ("tr", "1 yaş ve üzeri", "2 yaş ve üzeri", "5 yaş ve üzeri", "11 yaş ve üzeri", "21 yaş ve üzeri", "18 aylık ve üzeri"),
        ("ar", "من عمر سنة واحدة", "من عمر سنتين", "من عمر 5 سنوات", "من عمر 11 سنة", "من عمر 21 سنة", "من عمر 18 شهرًا"),
        ("uk", "від 1 року", "від 2 років", "від 5 років", "від 11 років", "від 21 року", "від 18 місяців"),
        ("ru", "от 1 года", "от 2 лет", "от 5 лет", "от 11 лет", "от 21 года", "от 18 месяцев"),
        ("pl", "od 1 roku", "od 2 lat", "od 5 lat", "od 11 lat", "od 21 lat", "od 18 miesięcy"),
        ("ro", "de la 1 an", "de la 2 ani", "de la 5 ani", "de la 11 ani", "de la 21 de ani", "de la 18 luni"),
        ("fa", "از 1 سالگی", "از 2 سالگی", "از 5 سالگی", "از 11 سالگی", "از 21 سالگی", "از 18 ماهگی"),
        ("fr", "à partir de 1 an", "à partir de 2 ans", "à partir de 5 ans", "à partir de 11 ans", "à partir de 21 ans",
         "à partir de 18 mois"),
    ],
)  # fmt: skip
def test_an_age_to_begin_with_stands_in_the_case_of_its_preposition(
    language, one, two, five, eleven, twenty_one, one_and_a_half
) -> None:
    written = [age_from(language, low) for low in (1, 2, 5, 11, 21, 1.5)]
    assert written == [one, two, five, eleven, twenty_one, one_and_a_half]


@pytest.mark.parametrize(
    ("language", "one", "two", "five", "eleven", "twenty_one"),
    [
        ("de", "1 Tag", "2 Tagen", "5 Tagen", "11 Tagen", "21 Tagen"),
        ("ar", "يوم واحد", "يومين", "5 أيام", "11 يومًا", "21 يومًا"),
        ("uk", "1 день", "2 дні", "5 днів", "11 днів", "21 день"),
        ("ru", "1 день", "2 дня", "5 дней", "11 дней", "21 день"),
        ("pl", "1 dniu", "2 dniach", "5 dniach", "11 dniach", "21 dniach"),
        ("ro", "1 zi", "2 zile", "5 zile", "11 zile", "21 de zile"),
        ("fr", "1 jour", "2 jours", "5 jours", "11 jours", "21 jours"),
    ],
)
def test_the_days_that_a_question_is_kept_are_counted_too(language, one, two, five, eleven, twenty_one) -> None:
    written = [counted(language, "days", count) for count in (1, 2, 5, 11, 21)]
    assert written == [one, two, five, eleven, twenty_one]


@pytest.mark.parametrize(
    ("language", "low", "high", "written"),
    [
        ("de", 2, 6, "2–6 Jahre"), ("de", 3, None, "ab 3 Jahren"), ("de", None, 6, "bis zu 6 Jahren"), ("de", 0, 3, "bis zu 3 Jahren"),
        ("de", 0.25, 3, "3 Monate – 3 Jahre"), ("de", 2.5, 4, "2,5–4 Jahre"), ("de", 6, 6, "6 Jahre"), ("de", None, None, None),
        ("de", 0, None, None), ("en", 0.5, 2, "6 months – 2 years"), ("ru", 2, 6, "2–6 лет"), ("ru", 1, 3, "1–3 года"),
        ("pl", 1, 4, "1–4 lata"), ("pl", None, 12, "do 12 lat"), ("ro", 3, 25, "3–25 de ani"), ("ar", 3, 10, "3–10 سنوات"),
        ("ar", 1, 2, "سنة واحدة–سنتان"), ("ar", 3, 12, "3–12 سنة"), ("fa", None, 6, "تا 6 سالگی"),
    ],
)  # fmt: skip
def test_a_range_of_ages_is_written_as_the_language_counts(language, low, high, written) -> None:
    assert age_range(language, low, high) == written


@pytest.mark.parametrize(
    ("language", "only_from", "another"),
    [
        ("de", "erst ab 1 Jahr", "für ein anderes Alter: 1–4 Jahre"),
        ("de-simple", "Das geht erst ab 1 Jahr.", "Das ist für ein anderes Alter: 1–4 Jahre."),
        ("en", "only from 1 year of age", "for a different age: 1–4 years"),
        ("tr", "yalnızca 1 yaş ve üzeri için", "başka bir yaş için: 1–4 yaş"),
        ("ar", "فقط من عمر سنة واحدة فما فوق", "لعمر آخر: 1–4 سنوات"),
        ("uk", "лише від 1 року", "для іншого віку: 1–4 роки"),
        ("ru", "только от 1 года", "для другого возраста: 1–4 года"),
        ("pl", "dopiero od 1 roku", "dla innego wieku: 1–4 lata"),
        ("ro", "doar de la 1 an", "pentru altă vârstă: 1–4 ani"),
        ("fa", "فقط از 1 سالگی", "برای سن دیگری: 1–4 سال"),
        ("fr", "à partir de 1 an seulement", "pour un autre âge : 1–4 ans"),
    ],
)
def test_a_reason_about_the_age_counts_as_the_language_does(language, only_from, another) -> None:
    assert sentence(Reason(code="age_from", values={"low": "1"}), language) == only_from
    other = sentence(Reason(code="age_other", values={"low": "1", "high": "4"}), language)
    assert other.replace("\u00a0", " ").replace("\u202f", " ") == another


def test_a_number_has_the_decimal_mark_of_the_language() -> None:
    assert (number("de", 3.25), number("en", 3.25), number("de", 4.0)) == ("3,2", "3.2", "4")


@pytest.mark.parametrize("language", [*LANGUAGES, SIMPLE_GERMAN])
def test_every_unit_has_every_form_that_the_language_tells_apart(language) -> None:
    for unit in _UNITS:
        assert set(texts(language)[unit]) >= _CATEGORIES.get(language, {"other"}), unit
