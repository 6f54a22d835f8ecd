"""Speed and size, measured as ratios in one run. `make bench` prints them; docs/quality.md keeps the last figures."""
