"""At which age children need what a need's name already tells: a Krippe is for those under three."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_suffix(".yml")


@lru_cache(maxsize=1)
def typical_ages() -> Mapping[str, tuple[float, float]]:
    """Return need code -> ages in years, from the first (included) to the second (not included)."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {str(need): (float(first), float(last)) for need, (first, last) in content.items()}
