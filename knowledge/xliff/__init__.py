"""Texts for translators and back, as XLIFF 1.2."""

from knowledge.xliff.reading import MOST_BYTES, Unit, XliffError, XliffFile, read_xliff
from knowledge.xliff.writing import ToTranslate, write_xliff

__all__ = ["MOST_BYTES", "ToTranslate", "Unit", "XliffError", "XliffFile", "read_xliff", "write_xliff"]
