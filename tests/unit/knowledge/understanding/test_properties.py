"""What must hold for all ages, numbers and texts, whatever they are."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knowledge.understanding import read_ages, read_wishes
from knowledge.values import LANGUAGES

from .test_sentences import READER, SUNDAY

# Number words 1 to 12 and frames for them, written here again: the lexicons are what is tested.
_WORDS = {
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on onbir oniki",
    "ar": "واحد اثنين ثلاث أربع خمس ست سبع ثماني تسع عشر احدعش اتناشر",
    "uk": "один два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
    "ru": "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "pl": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
    "ro": "un doi trei patru cinci șase șapte opt nouă zece unsprezece doisprezece",
    "fa": "یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
}
_OF_YEARS = {
    "de": ["mein Sohn ist {} Jahre alt", "Kita für ein Kind von {} Jahren", "Tochter, {} Jahre, sucht Gruppe"],
    "en": ["my son is {} years old", "a group for my {} year old", "daughter, {} years, in Kita"],
    "tr": ["oğlum {} yaşında", "{} yaşındaki kızım için kreş", "çocuk {} yaş"],
    "ar": ["ابني عمره {} سنوات", "روضة لطفل عمره {} سنة", "بنتي {} سنين"],
    "uk": ["моєму синові {} років", "садок для дитини, {} роки", "доньці зараз {} рік"],
    "ru": ["моему сыну {} лет", "садик для ребёнка, {} года", "дочке сейчас {} год"],
    "pl": ["mój syn ma {} lat", "przedszkole dla córki, {} lata", "dziecko w wieku {} lat"],
    "ro": ["fiul meu are {} ani", "creșă pentru un copil de {} ani", "fetița în vârstă de {} ani"],
    "fa": ["پسرم {} ساله است", "مهد برای دختر {} ساله", "بچه‌ام {} سال دارد"],
    "fr": ["mon fils a {} ans", "crèche pour un enfant de {} ans", "ma fille, âgée de {} ans"],
}
_OF_CLASS = {
    "de": "meine Tochter geht in die {}. Klasse", "en": "my daughter is in grade {}", "tr": "kızım {}. sınıfta",
    "ar": "ابنتي في الصف {}", "uk": "донька ходить у {} клас", "ru": "дочка ходит в {} класс",
    "pl": "córka chodzi do klasy {}", "ro": "fiica mea e în clasa a {}-a", "fa": "دخترم کلاس {} است",
    "fr": "ma fille est en {}e classe",
}  # fmt: skip
_OF_MONTHS = {
    "de": "unser Baby ist {} Monate alt", "en": "our baby is {} months old", "tr": "bebeğimiz {} aylık",
    "ar": "طفلتي عمرها {} شهور", "uk": "нашій дитині {} місяців", "ru": "нашему ребёнку {} месяцев",
    "pl": "nasze dziecko ma {} miesięcy", "ro": "bebelușul nostru are {} luni", "fa": "نوزاد ما {} ماهه است",
    "fr": "notre bébé a {} mois",
}  # fmt: skip
_NO_AGE = {
    "de": ["{}", "es kostet {} Euro", "um {} Uhr", "{} Stunden am Tag", "wir haben {} Kinder", "seit {} Jahren hier"],
    "en": ["{}", "it costs {} euros", "at {} o'clock", "{} hours a day", "we have {} kids", "{} years ago"],
    "tr": ["{}", "{} euro tutuyor", "saat {}", "günde {} saat", "{} çocuğumuz var", "{} yıl önce"],
    "ar": ["{}", "يكلف {} يورو", "الساعة {}", "{} ساعات باليوم", "عندنا {} أولاد", "منذ {} سنوات"],
    "uk": ["{}", "коштує {} євро", "о {} годині", "{} годин на день", "у нас {} дітей", "{} років тому"],
    "ru": ["{}", "стоит {} евро", "в {} часов", "{} часов в день", "у нас {} детей", "{} лет назад"],
    "pl": ["{}", "kosztuje {} euro", "o godzinie {}", "{} godzin dziennie", "mamy {} dzieci", "{} lat temu"],
    "ro": ["{}", "costă {} euro", "la ora {}", "{} ore pe zi", "avem {} copii", "acum {} ani"],
    "fa": ["{}", "{} یورو می‌شود", "ساعت {}", "{} ساعت در روز", "ما {} بچه داریم", "{} سال پیش"],
    "fr": ["{}", "ça coûte {} euros", "à {} heures", "{} heures par jour", "nous avons {} enfants", "il y a {} ans"],
}
_TOMORROW = {
    "de": "morgen Nachmittag", "en": "tomorrow afternoon", "tr": "yarın öğleden sonra", "ar": "غدا بعد الظهر", "uk": "завтра вдень",
    "ru": "завтра днём", "pl": "jutro po południu", "ro": "mâine după-amiază", "fa": "فردا بعدازظهر", "fr": "demain après-midi",
}  # fmt: skip
_HOLIDAYS = {
    "de": ("Osterferien", "Sommerferien", "Weihnachtsferien"), "en": ("Easter holidays", "summer holidays", "Christmas holidays"),
    "tr": ("Paskalya tatili", "yaz tatili", "Noel tatili"), "ar": ("عطلة عيد الفصح", "العطلة الصيفية", "عطلة عيد الميلاد"),
    "uk": ("великодні канікули", "літні канікули", "різдвяні канікули"),
    "ru": ("пасхальные каникулы", "летние каникулы", "рождественские каникулы"),
    "pl": ("ferie wielkanocne", "wakacje letnie", "ferie świąteczne"), "ro": ("vacanța de Paște", "vacanța de vară", "vacanța de Crăciun"),
    "fa": ("تعطیلات عید پاک", "تعطیلات تابستان", "تعطیلات کریسمس"), "fr": ("vacances de Pâques", "vacances d'été", "vacances de Noël"),
}  # fmt: skip

languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("age", range(18))
def test_every_age_in_years_is_found(language: str, age: int) -> None:
    for frame in _OF_YEARS[language]:
        assert read_ages(frame.format(age), language).years == (age,), frame


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("age", range(1, 13))
def test_every_age_in_words_is_found(language: str, age: int) -> None:
    for frame in _OF_YEARS[language]:
        text = frame.format(_WORDS[language].split()[age - 1])
        assert read_ages(text, language).years == (age,), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 11))
def test_the_first_class_is_six_years_old_and_each_other_a_year_more(language: str, number: int) -> None:
    assert read_ages(_OF_CLASS[language].format(number), language).years == (number + 5,)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("months", range(1, 24))
def test_every_age_in_months_is_found(language: str, months: int) -> None:
    assert read_ages(_OF_MONTHS[language].format(months), language).years == (round(months / 12, 2),)


@given(language=languages, age=st.integers(22, 99), frame=st.integers(0, 2))
def test_adults_are_no_children(language: str, age: int, frame: int) -> None:
    assert read_ages(_OF_YEARS[language][frame].format(age), language).years == ()


@given(language=languages, number=st.integers(0, 99), frame=st.integers(0, 5))
def test_numbers_of_other_things_are_no_ages(language: str, number: int, frame: int) -> None:
    assert read_ages(_NO_AGE[language][frame].format(number), language).years == ()


@given(
    language=languages,
    expected=st.booleans(),
    day=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    form=st.integers(0, 3),
)
def test_dates_are_no_ages(language: str, expected: bool, day: date, form: int) -> None:
    written = (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.", f"{day:%d/%m/%Y}", day.isoformat())[form]
    assert read_ages(written, language, expected=expected).years == ()


@given(day=st.dates(SUNDAY, date(2029, 12, 31)), form=st.integers(0, 2))
def test_a_day_with_its_year_is_that_day(day: date, form: int) -> None:
    written = (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day:%y}", day.isoformat())[form]
    wishes = read_wishes(f"am {written} bitte", "de", today=SUNDAY)
    assert (wishes.on, wishes.until) == (day, day)


@given(language=languages, today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_tomorrow_is_the_day_after_the_day_of_asking(language: str, today: date) -> None:
    wishes = read_wishes(_TOMORROW[language], language, today=today)
    assert wishes.on == wishes.until == today + timedelta(1)


@given(language=languages, today=st.dates(date(2024, 1, 1), date(2040, 12, 31)), which=st.integers(0, 2))
def test_holidays_are_those_that_are_not_over(language: str, today: date, which: int) -> None:
    wishes = read_wishes(_HOLIDAYS[language][which], language, today=today)
    assert wishes.on is not None
    assert wishes.until is not None
    assert wishes.on <= wishes.until < wishes.on + timedelta(100)
    assert today <= wishes.until < today + timedelta(367 + 100)


@given(
    begun=st.integers(-30, 300),
    days=st.integers(31, 90),
    form=st.sampled_from(["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d.%m."]),
)
def test_a_span_that_is_not_over_has_its_first_and_its_last_day(begun: int, days: int, form: str) -> None:
    first = SUNDAY + timedelta(begun)
    last = first + timedelta(days)
    # Without its year a span that ends a year from today has not ended today either.
    assume("%Y" in form.upper() or last < SUNDAY + timedelta(365))
    wishes = read_wishes(f"vom {first:{form}} bis {last:{form}}", "de", today=SUNDAY)
    assert (wishes.on, wishes.until) == (first, last)


@given(language=languages, expected=st.booleans(), hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_times_of_day_are_no_ages(language: str, expected: bool, hour: int, minute: int) -> None:
    assert read_ages(f"{hour}:{minute:02}", language, expected=expected).years == ()


@given(language=languages, expected=st.booleans(), cents=st.integers(0, 99), price=st.integers(0, 9999))
def test_prices_are_no_ages(language: str, expected: bool, cents: int, price: int) -> None:
    for written in (f"{price} €", f"{price}€", f"€ {price}", f"{price},{cents:02} €"):
        assert read_ages(written, language, expected=expected).years == ()


@given(language=languages, expected=st.booleans(), area=st.integers(200, 9999), number=st.integers(10_000, 9_999_999))
def test_telephone_numbers_are_no_ages(language: str, expected: bool, area: int, number: int) -> None:
    digits = str(number)
    pairs = " ".join(digits[i : i + 2] for i in range(0, len(digits) - len(digits) % 2, 2))
    # "04109 12 10" may be a postal code and two ages; with a shorter area code it is a telephone number.
    for written in (f"0{area}/{number}", f"0{area} {number}", f"+49 {area} {number}", f"0{area % 800 + 200} {pairs}"):
        assert read_ages(written, language, expected=expected).years == ()


@given(language=languages, expected=st.booleans(), code=st.from_regex(r"\A0[1-9]\d{3}\Z|\A[1-9]\d{4}\Z"))
def test_postal_codes_are_no_ages(language: str, expected: bool, code: str) -> None:
    assert read_ages(code, language, expected=expected).years == ()


@given(language=languages, code=st.from_regex(r"\A[1-9]\d{4}\Z"), first=st.integers(0, 17), second=st.integers(0, 17))
def test_ages_beside_a_postal_code_are_found(language: str, code: str, first: int, second: int) -> None:
    ages = read_ages(f"{code}: {first}, {second}", language, expected=True).years
    assert ages == tuple(dict.fromkeys((float(first), float(second))))


@settings(max_examples=300)
@given(language=languages, text=st.text(max_size=120))
def test_any_text_can_be_read(language: str, text: str) -> None:
    understood = READER.read(text, language=language, today=SUNDAY, age_expected=True)
    assert all(0 <= age <= 21 for age in understood.ages)
    assert understood.on is None or understood.until is not None
