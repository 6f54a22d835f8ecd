"""The trained dialogue model: its data are consistent, its stories hold, and it understands lines it was not trained on."""

import os
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.decisions import decide, read_understood
from bot.intent_model import IntentModel, train_intents
from knowledge import read_settings
from knowledge.encoder import StaticEncoder
from knowledge.settings import ROOT, SHIPPED_ENCODER
from knowledge.taxonomy import UNRELATED
from knowledge.training.questions import read_questions
from lotse.dialogue import RASA_ENVIRONMENT, RASA_PYTHON, dialogue_model, ensure_dialogue_model, write_requests
from lotse.prepare import dialogue_lines
