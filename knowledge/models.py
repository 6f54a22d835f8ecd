"""Where the models made at set-up lie, and how a process loads them."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ModelMissingError
from knowledge.linear import LinearModel

NEED_MODEL = "needs.npz"
LANGUAGE_MODEL = "languages.npz"


@dataclass(frozen=True)
class KeyedModel:
    """A model file and, beside it, the key of the inputs it was trained on."""

    path: Path

    def key(self) -> str | None:
        """Return the key of the model that is there; None when there is none, or it cannot be read."""
        try:
            LinearModel.load(self.path)
            return self._key_path.read_text(encoding="utf-8").strip()
        except (OSError, ValueError, KeyError, EOFError):
            return None

    def save(self, model: LinearModel, key: str) -> None:
        """Write model and key; a key is only ever there for a whole model."""
        self._key_path.unlink(missing_ok=True)
        model.save(self.path)
        self._key_path.write_text(key, encoding="utf-8")

    def load(self) -> LinearModel:
        """Return the model.

        Raises:
            ModelMissingError: It has not been trained, or is damaged.
        """
        try:
            return LinearModel.load(self.path)
        except (OSError, ValueError, KeyError, EOFError) as error:
            raise ModelMissingError(f"no usable {self.path.name}: {error}; make it with `lotse prepare`") from error

    @property
    def _key_path(self) -> Path:
        return self.path.with_suffix(".key")
