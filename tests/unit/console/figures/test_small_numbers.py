"""Nobody can work out a number below five from what is shown: tried with every attacker who knows the rule, in small worlds."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.figures.small_numbers import STEP, Counts, Shown, fit_to_show

Numbers = tuple[int, ...]
# Gives what is seen of a world; worlds that look alike cannot be told apart.
Look = Callable[[Numbers], object]


def _named(numbers: Numbers) -> Counts:
    return {str(at): number for at, number in enumerate(numbers)}


def _seen(shown: Shown) -> object:
    return shown.total, [sorted(table.items()) for table in shown.tables.values()]


def _parted(total: int, rows: int) -> Iterator[Numbers]:
    """Yield all ways to divide a number among rows."""
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _parted(total - first, rows - 1))


def _possible(worlds: Iterator[Numbers], look: Look, *, whole: Callable[[Numbers], bool]) -> Iterator[set[int]]:
    """Yield for each number of each view the values that it may have, as an attacker finds who tries all worlds.

    Args:
        whole: Whether all worlds that look like this one are among those tried.
    """
    alike: dict[str, list[Numbers]] = defaultdict(list)
    for world in worlds:
        alike[repr(look(world))].append(world)
    for group in alike.values():
        if all(map(whole, group)):
            yield from map(set, zip(*group, strict=True))


def _least_possible(possible: Iterator[set[int]], step: int) -> int:
    """Return how few values a number below the step may have where it stays most open to an attacker."""
    small = [values for values in possible if min(values) < step]
    assert len(small) >= 8
    return min(map(len, small))


@pytest.mark.parametrize(
    ("step", "complete", "partial", "most"),
    [(5, (2,), 0, 50), (5, (3,), 0, 30), (5, (2, 2), 0, 24), (3, (4,), 0, 16), (3, (3, 2), 0, 14), (3, (2, 2), 1, 16),
     (3, (2,), 2, 18), (2, (2,), 0, 12), (2, (3, 3), 0, 9), (2, (4, 2), 0, 10), (2, (2, 2), 2, 9)],
)  # fmt: skip
def test_every_small_number_of_a_view_may_still_be_anything(
    step: int, complete: Numbers, partial: int, most: int
) -> None:
    def worlds() -> Iterator[Numbers]:
        for total in range(most + 1):
            loose = [numbers[:-1] for numbers in _parted(total, partial + 1)]
            for rows in product(*(_parted(total, length) for length in complete), loose):
                yield (total, *(number for numbers in rows for number in numbers))

    def look(world: Numbers) -> object:
        total, rest, tables = world[0], world[1:], {}
        for at, length in enumerate((*complete, partial)):
            tables[str(at)], rest = _named(rest[:length]), rest[length:]
        loose = tables.pop(str(len(complete)))
        return _seen(fit_to_show(total, complete=tables, partial={"loose": loose}, step=step))

    possible = _possible(worlds(), look, whole=lambda world: world[0] <= most - 2 * step)
    assert _least_possible(possible, step) >= step


def test_the_attack_finds_what_mere_rounding_would_tell() -> None:
    def rounded(world: Numbers) -> object:
        return sum(world) // 2, [number // 2 for number in world]

    possible = _possible(iter(product(range(8), repeat=2)), rounded, whole=lambda world: max(world) < 6)
    assert _least_possible(possible, 2) == 1


# Each part is the numbers of one table with two rows: an alliance, or days; a view sees the sum of some parts.
@pytest.mark.parametrize(
    ("views", "parts", "rows", "step", "most"),
    [
        (((0,), (0, 1)), 2, 2, 3, 11),  # one alliance, and all together
        (((0,), (1,), (0, 1, 2)), 3, 2, 2, 5),  # two, and all together with what is no alliance's
        (((0,), (1,), (2,), (0, 1, 2, 3)), 4, 1, 3, 12),
        (((0, 1), (1, 2)), 3, 1, 3, 12),  # this week's four weeks and last week's
        (((0,), (0, 1), (0, 1, 2)), 3, 1, 3, 12),  # a year after each month
    ],
)
def test_the_difference_of_views_tells_no_small_number(
    views: tuple[Numbers, ...], parts: int, rows: int, step: int, most: int
) -> None:
    def look(world: Numbers) -> object:
        def of(view: Numbers) -> object:
            numbers = tuple(sum(world[part * rows + row] for part in view) for row in range(rows))
            return _seen(fit_to_show(sum(numbers), complete={"0": _named(numbers)}, partial={}, step=step))

        return [of(view) for view in views]

    worlds = iter(product(range(most + 1), repeat=parts * rows))
    possible = _possible(worlds, look, whole=lambda world: max(world) < most)
    assert _least_possible(possible, step) >= step


COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=2)


@given(first=COUNTS, second=st.lists(st.integers(0, 40), min_size=1, max_size=4), some=COUNTS)
def test_what_is_shown_is_multiples_of_five_below_the_truth_and_adds_up_to_the_total_at_most(
    first: Mapping[str, int], second: list[int], some: Mapping[str, int]
) -> None:
    total = max(sum(first.values()), sum(some.values()))
    complete = {
        "first": {**first, "rest": total - sum(first.values())},
        "second": {"x": total // 3, "y": total - total // 3},
    }
    shown = fit_to_show(total, complete=complete, partial={"some": some})
    assert shown.total <= total
    assert total - shown.total <= 2 * (STEP - 1)
    for name, table in {**complete, "some": some}.items():
        assert sum(shown.tables[name].values()) <= shown.total
        for value, times in shown.tables[name].items():
            assert times % STEP == 0
            assert 0 <= times <= table[value]


def test_large_numbers_are_those_that_were_counted_rounded_down() -> None:
    languages, answers = {"de": 802, "tr": 300, "ar": 138, "fr": 3}, {"yes": 1_031, "no": 212}
    shown = fit_to_show(1_243, complete={"language": languages, "answers": answers}, partial={"need": {"daycare": 644}})
    assert shown == Shown(
        total=1_240,
        tables={
            "language": {"de": 800, "tr": 300, "ar": 135, "fr": 0},
            "answers": {"yes": 1_030, "no": 210},
            "need": {"daycare": 640},
        },
    )


def test_of_two_rows_with_one_hidden_the_total_is_the_other() -> None:
    assert fit_to_show(22, complete={"answers": {"yes": 19, "no": 3}}, partial={"need": {"daycare": 21}}) == Shown(
        total=15, tables={"answers": {"yes": 15, "no": 0}, "need": {"daycare": 15}}
    )
    assert fit_to_show(0, complete={"answers": {"yes": 0, "no": 0}}, partial={}).total == 0
