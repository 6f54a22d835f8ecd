"""The crisis layer: runs before everything else in the gateway and depends on nothing but the files of this folder."""

from widget.crisis.recognition import KINDS, Crisis, check
from widget.crisis.replies import Hotline

__all__ = ["KINDS", "Crisis", "Hotline", "check"]
