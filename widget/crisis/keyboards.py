"""How one word looks when it is typed otherwise: without marks, in Latin letters, mistyped, with its article or prefix joined."""

import re
from collections.abc import Iterator
from functools import cache

from knowledge.text import fold, fold_german

_ELISION = re.compile(r"\b([jnmtsldc]|qu)['’]", re.IGNORECASE)  # j'ai, n'arrive, qu'il: the verb is a word by itself
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")  # don't and dont, б'є and бє are the same
_FARSI_VERB = re.compile(r"\b(ن?م[يی])[\s\u200c]+(?=\w)")  # می‌زند, می زند and میزند are the same
_THRICE = re.compile(r"(\w)\1{2,}")  # hilfeeee
_PROCLITICS = re.compile(
    r"[وف]?(?:[بلكع]?ال|لل|[بلسحه])?(?=\w{3})"
)  # and, the, with, for; the b-, h- and s- of spoken verbs
_ARABIC = re.compile(r"[\u0620-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("shch|sch|sh|6", "s"), ("zh", "z"), ("ch|ts|tz|4", "c"), ("kh|x|g", "h"), ("[yj]", "i"), ("w", "v"),
        (r"([a-z])\1+", r"\1"), ("ie", "e"), (r"([a-z])\1+", r"\1"),
    )
)  # fmt: skip
_CYRILLIC_SOUNDS = dict(
    pair.split("=")
    for pair in (
        "а=a б=b в=v г=h ґ=h д=d е=e є=e ж=z з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=c ч=c ш=s щ=s "
        "ъ= ы=i ь= э=e ю=iu я=ia"
    ).split(" ")
)


def joined(text: str) -> str:
    """Return the text with what may be written as one word or as two always written in one way."""
    return _FARSI_VERB.sub(r"\1", _APOSTROPHE.sub("", _ELISION.sub(r"\1 ", text))).replace("\u200c", " ")


def normal(text: str) -> str:
    """Return the text as messages and patterns are compared: folded, one letter for three, joined words in one way."""
    return joined(_THRICE.sub(r"\1", fold(text)))


@cache
def spellings(word: str, *, mistyped: bool) -> frozenset[str]:
    """Return the writings under which a pattern's word is known: ä as a and as ae and, if asked for, its typing errors."""
    forms = frozenset({normal(word), normal(fold_german(word))})
    return forms.union(*map(_mistyped, forms)) if mistyped else forms


def _mistyped(word: str) -> Iterator[str]:
    """Yield a word with one letter left out, doubled or swapped with the next; the first letter stays."""
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[: i + 1] + word[i:]
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]


def without_proclitics(word: str) -> tuple[str, ...]:
    """Return a message's word and, if it is Arabic, the word without what is written joined before it."""
    if not _ARABIC.match(word):
        return (word,)
    bare = _PROCLITICS.sub("", word, count=1)
    return (word, bare, word[1:]) if word[0] in "وف" else (word, bare)


def latin_sounds(text: str) -> str:
    """Return a normal text with its Latin letters as `cyrillic_sounds` writes them; every word stays one word."""
    for written, sound in _LATIN_SOUNDS:
        text = written.sub(sound, text)
    return text


@cache
def cyrillic_sounds(word: str) -> frozenset[str]:
    """Return how a Cyrillic word of a pattern sounds, so that every way to type it in Latin letters meets it: ё is e or io.

    Sounds of two letters are left out but for не: б'є would be the English "be".
    """
    if not _CYRILLIC.match(word):
        return frozenset()
    forms = set()
    for yo in ("е", "йо"):
        letters = [_CYRILLIC_SOUNDS.get(letter) for letter in normal(word.casefold().replace("ё", yo))]
        if None not in letters:
            forms.add(re.sub(r"(.)\1+", r"\1", "".join(map(str, letters)).replace("ie", "e")))
    return frozenset(form for form in forms if len(form) > 2 or word == "не")
