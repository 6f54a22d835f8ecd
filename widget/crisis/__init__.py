"""The crisis layer: reviewed patterns and calm replies, before everything, dependent on nothing that can be down."""

from widget.crisis.check import Crisis, check

__all__ = ["Crisis", "check"]
