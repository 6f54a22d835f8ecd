"""Puts questions asked in vain together: by area and need, across languages; those of no known need by what they mean."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from knowledge import broader
from knowledge.redaction import masked, unknown_words
from knowledge.store import AskedInVain
from knowledge.text import fold

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
# Fewer different conversations could tell who somebody is.
LEAST_PEOPLE = 3
# From this cosine on two questions mean the same.
_ALIKE = 0.6
_MOST_COMPARED = 400
_EXAMPLES = 5


@dataclass(frozen=True, kw_only=True)
class Example:
    """One question as it may be shown, in its own language."""

    text: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """Questions of one area that ask for the same, oldest first."""

    questions: tuple[AskedInVain, ...]

    @property
    def id(self) -> int:
        """The first question's id, by which the group is found again."""
        return self.questions[0].id

    @property
    def last_id(self) -> int:
        """The latest question's id: what comes after it has not been seen yet."""
        return self.questions[-1].id

    @property
    def need(self) -> str | None:
        """The finest need that is known of them."""
        return max((one.need for one in self.questions if one.need), key=lambda need: "." in need, default=None)

    @property
    def alliance(self) -> str | None:
        return self.questions[0].alliance

    @property
    def languages(self) -> Mapping[str, int]:
        return dict(Counter(one.language for one in self.questions).most_common())

    @property
    def places(self) -> Mapping[str, int]:
        return dict(Counter(one.place for one in self.questions if one.place).most_common())

    @property
    def first_asked(self) -> datetime:
        return min(one.asked_at for one in self.questions)

    @property
    def last_asked(self) -> datetime:
        return max(one.asked_at for one in self.questions)

    @property
    def shows_words(self) -> bool:
        """Whether so many different families ask that their words may be read."""
        return len({one.conversation for one in self.questions if one.conversation}) >= LEAST_PEOPLE

    def frequent_words(self) -> dict[str, str]:
        """Return the words that no list has, but that several families use, most frequent first: folded -> as written."""
        used: dict[str, set[str]] = defaultdict(set)
        written: dict[str, str] = {}
        for one in self.questions:
            for word in unknown_words(one.text or "", one.language) if one.conversation else ():
                used[fold(word)].add(str(one.conversation))
                written.setdefault(fold(word), word)
        common = [word for word, families in used.items() if len(families) >= LEAST_PEOPLE]
        return {word: written[word] for word in sorted(common, key=lambda word: (-len(used[word]), word))}

    def examples(self) -> list[Example]:
        """Return different questions to read, latest first; none where too few families ask."""
        if not self.shows_words:
            return []
        allowed = frozenset(self.frequent_words())
        shown = {
            Example(text=masked(one.text, language=one.language, allowed=allowed), language=one.language): None
            for one in reversed(self.questions)
            if one.text
        }
        return list(shown)[:_EXAMPLES]


def groups_of(questions: Iterable[AskedInVain], encode: Encode) -> list[Group]:
    """Return the groups, those with most questions first, then those asked for last."""
    known: dict[tuple[str | None, ...], list[AskedInVain]] = defaultdict(list)
    unknown: dict[tuple[str | None, ...], list[AskedInVain]] = defaultdict(list)
    for one in questions:
        area = (one.alliance, None if one.alliance else one.place)
        if one.need is None and one.text:
            unknown[area].append(one)
        else:
            known[(*area, one.need)].append(one)
    _join_categories(known)
    found = [*known.values(), *(alike for same_area in unknown.values() for alike in _alike(same_area, encode))]
    groups = [Group(questions=tuple(sorted(members, key=lambda one: one.id))) for members in found]
    return sorted(groups, key=lambda group: (len(group.questions), group.last_asked, group.last_id), reverse=True)


def group_with(groups: Iterable[Group], question_id: int) -> Group | None:
    """Return the group that a question is in."""
    return next((group for group in groups if any(one.id == question_id for one in group.questions)), None)


def _join_categories(known: dict[tuple[str | None, ...], list[AskedInVain]]) -> None:
    """Put what only tells a category to the finer need that is asked for in the same area, where it is the only one."""
    for *area, need in list(known):
        if need is None or broader(need) != need:
            continue
        finer = [key for key in known if [*key[:-1]] == area and key[-1] != need and broader(key[-1] or "") == need]
        if len(finer) == 1:
            known[finer[0]] += known.pop((*area, need))


def _alike(questions: Sequence[AskedInVain], encode: Encode) -> list[list[AskedInVain]]:
    """Return questions put together by meaning: each joins the first group whose first question is close enough."""
    latest = questions[-_MOST_COMPARED:]
    vectors = encode([str(one.text) for one in latest])
    leaders: list[int] = []
    groups: list[list[AskedInVain]] = []
    for at, one in enumerate(latest):
        close = vectors[leaders] @ vectors[at] if leaders else np.zeros(0, np.float32)
        best = int(close.argmax()) if len(close) else -1
        if best >= 0 and close[best] >= _ALIKE:
            groups[best].append(one)
        else:
            leaders.append(at)
            groups.append([one])
    older = list(questions[:-_MOST_COMPARED]) if len(questions) > _MOST_COMPARED else []
    return [*groups, older] if older else groups
