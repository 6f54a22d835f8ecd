"""Runs all measurements and prints one line each: `make bench`."""

import multiprocessing

from benchmarks import searching, turns


def main() -> None:
    """Print the figures with the limits they are held to."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.apply(searching.measure)
    times = f"p50 {found['search_p50_ms']:.1f} ms, p95 {found['search_p95_ms']:.1f} ms (limit 10)"
    print(f"search at {found['offerings']:,.0f} offerings: {times}")
    print(f"1,000 offerings from file to findable: {found['import_1000_s']:.1f} s (limit 10)")
    print(
        f"index of {found['offerings']:,.0f}: {found['index_s']:.1f} s; searching process at most {found['resident_mb']:.0f} MB"
    )
    found = turns.measure()
    print(
        f"turn with cards p50 {found['turn_with_cards_p50_ms']:.1f} ms, bare Rasa {found['bare_rasa_p50_ms']:.1f} ms: "
        f"ratio {found['ratio']:.2f} (limit 1.5)"
    )
    print(f"all processes {found['resident_mb']:.0f} MB (limit 2048), idle CPU {found['idle_cpu_percent']:.1f} %")


if __name__ == "__main__":
    main()
