"""What a message says does not hang on how it is written: whose digits, which letters, what stands around it."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.understanding import read_ages
from knowledge.values import LANGUAGES, Understanding

from .test_properties import _OF_CLASS, _OF_MONTHS, _OF_YEARS
from .test_sentences import READER, SUNDAY

_FRAMES = {language: [*_OF_YEARS[language], _OF_MONTHS[language], _OF_CLASS[language]] for language in LANGUAGES}
_LATIN = "0123456789"
_DIGITS = {"arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹"}
_BEFORE = {
    "de": ["Guten Tag!", "Hallo,", "Ich habe eine Frage:"], "en": ["Hi!", "Hello there,", "Quick question:"],
    "tr": ["Merhaba,", "İyi günler!", "Bir sorum var:"], "ar": ["مرحبا،", "السلام عليكم!", "عندي سؤال:"],
    "uk": ["Добрий день!", "Вітаю,", "Маю питання:"], "ru": ["Здравствуйте!", "Привет,", "У меня вопрос:"],
    "pl": ["Dzień dobry!", "Cześć,", "Mam pytanie:"], "ro": ["Bună ziua!", "Salut,", "Am o întrebare:"],
    "fa": ["سلام،", "وقت بخیر!", "یک سؤال دارم:"], "fr": ["Bonjour !", "Salut,", "J'ai une question :"],
}  # fmt: skip
_AFTER = {
    "de": ["Danke!", "Können Sie helfen?", "Liebe Grüße"], "en": ["Thanks!", "Can you help?", "Kind regards"],
    "tr": ["Teşekkürler!", "Yardım eder misiniz?", "Saygılar"], "ar": ["شكرا!", "هل يمكنكم المساعدة؟", "مع الشكر"],
    "uk": ["Дякую!", "Можете допомогти?", "З повагою"], "ru": ["Спасибо!", "Можете помочь?", "С уважением"],
    "pl": ["Dziękuję!", "Czy możecie pomóc?", "Pozdrawiam"], "ro": ["Mulțumesc!", "Mă puteți ajuta?", "Cu stimă"],
    "fa": ["ممنون!", "می‌توانید کمک کنید؟", "با تشکر"], "fr": ["Merci !", "Pouvez-vous m'aider ?", "Cordialement"],
}  # fmt: skip
_PRICES = [
    "{} €", "{}€", "€{}", "{},- €", "{} EUR", "EUR {}", "{} Euro", "5-{} Euro", "{},50 Euro", "{} zł", "{} ₺", "{} TL", "{} грн", "{} $",
]  # fmt: skip
_ENDS = [". ", "! ", "? ", " … ", "\n", "!!! ", " 🙂 ", " – "]
_INVISIBLE = "\u200e\u200f\u202b\u202c\u2068\u2069\u200b\ufeff\u00ad"

languages = st.sampled_from(LANGUAGES)
frames = st.integers(0, 4)
steady = settings(max_examples=150)


def read(text: str, language: str, *, age_expected: bool = False) -> Understanding:
    return READER.read(text, language=language, today=SUNDAY, age_expected=age_expected)


@steady
@given(language=languages, frame=frames, number=st.integers(1, 12), script=st.sampled_from(list(_DIGITS)))
def test_digits_mean_the_same_in_every_script(language: str, frame: int, number: int, script: str) -> None:
    text = _FRAMES[language][frame].format(number)
    understood = read(text.translate(str.maketrans(_LATIN, _DIGITS[script])), language)
    assert understood == read(text, language)
    assert len(understood.ages) == 1


@steady
@given(
    language=languages, day=st.dates(SUNDAY, date(2029, 12, 31)), form=st.integers(0, 3), script=st.sampled_from(list(_DIGITS))
)  # fmt: skip
def test_a_date_is_the_same_day_in_the_digits_of_every_script(language: str, day: date, form: int, script: str) -> None:
    written = (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}", f"{day:%d/%m/%Y}", day.isoformat())[form]
    understood = read(written.translate(str.maketrans(_LATIN, _DIGITS[script])), language)
    assert (understood.on, understood.until, understood.ages) == (day, day, ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("years", [1, 2, 3])
def test_so_many_months_are_as_old_as_their_years(language: str, years: int) -> None:
    assert read_ages(_OF_MONTHS[language].format(12 * years), language).years == (years,)


@steady
@given(
    language=languages, frame=frames, number=st.integers(1, 12), before=st.integers(0, 2), after=st.integers(0, 2),
    end=st.sampled_from(_ENDS),
)  # fmt: skip
def test_greetings_and_thanks_around_it_do_not_change_an_age(
    language: str, frame: int, number: int, before: int, after: int, end: str
) -> None:
    bare = _FRAMES[language][frame].format(number)
    spoken = f"{_BEFORE[language][before]} {bare}{end}{_AFTER[language][after]}"
    assert read(spoken, language).ages == read(bare, language).ages != ()


@steady
@given(
    language=languages, frame=frames, number=st.integers(1, 12), form=st.sampled_from(["NFC", "NFD"]),
    spaces=st.sampled_from([" ", "  ", "\u00a0", "\t", "\n", "\u2009"]), mark=st.sampled_from(_INVISIBLE), at=st.integers(0, 40),
)  # fmt: skip
def test_invisible_marks_and_other_spaces_change_nothing(
    language: str, frame: int, number: int, form: str, spaces: str, mark: str, at: int
) -> None:
    text = _FRAMES[language][frame].format(number)
    written = unicodedata.normalize(form, text[:at] + mark + text[at:]).replace(" ", spaces)
    assert read(written, language) == read(text, language)


@steady
@given(
    language=languages, frame=frames, number=st.integers(1, 12), case=st.sampled_from([str.upper, str.lower, str.title])
)
def test_small_letters_and_capitals_tell_the_same_age(language: str, frame: int, number: int, case) -> None:  # type: ignore[no-untyped-def]
    text = _FRAMES[language][frame].format(number)
    assert read(case(text), language).ages == read(text, language).ages


@steady
@given(language=languages, expected=st.booleans(), price=st.integers(1, 20), form=st.sampled_from(_PRICES))
def test_prices_in_any_currency_are_no_ages(language: str, expected: bool, price: int, form: str) -> None:
    assert read(form.format(price), language, age_expected=expected).ages == ()
