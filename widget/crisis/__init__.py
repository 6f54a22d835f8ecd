"""The crisis layer: runs before everything else in the gateway.

Its patterns depend on nothing but the files of this folder. A model takes a second look where they find nothing; it helps
where it is there, and its absence takes nothing away.
"""

from widget.crisis.learned import CRISIS_MODEL, SecondLook, ensure_crisis_model
from widget.crisis.recognition import KINDS, Crisis, check
from widget.crisis.replies import Hotline

__all__ = ["CRISIS_MODEL", "KINDS", "Crisis", "Hotline", "SecondLook", "check", "ensure_crisis_model"]
