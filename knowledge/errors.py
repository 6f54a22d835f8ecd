"""What can go wrong in the knowledge base, named after its cause."""


class KnowledgeError(Exception):
    """The base of all errors that `knowledge` raises; the message names the cause and the next step."""


class SettingError(KnowledgeError):
    """A setting does not have its form."""


class TrainingTextError(KnowledgeError):
    """Text to train on is missing or not in its format."""


class TaxonomyError(KnowledgeError):
    """A file of the taxonomy is missing, not readable, or contradicts another."""


class PlacesMissingError(KnowledgeError):
    """The table of places has not been extracted, or is damaged."""


class StoreError(KnowledgeError):
    """The store's database cannot be reached, or lacks what its administrator has to add."""


class IndexMissingError(KnowledgeError):
    """There is no usable index; it can be built again from the store at any time."""


class ModelMissingError(KnowledgeError):
    """A model made at set-up is missing or damaged."""


class EncoderError(KnowledgeError):
    """The encoder cannot be loaded."""


class ImportFileError(KnowledgeError):
    """A file to import cannot be read at all.

    Attributes:
        code: What is wrong in one word, for whoever says it in other words than the message's.
    """

    def __init__(self, message: str, *, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class BackupError(KnowledgeError):
    """A backup cannot be read, or cannot be restored here."""


class UnknownRecordError(KnowledgeError):
    """No record has this id."""


class AccountExistsError(KnowledgeError):
    """There is an account with this e-mail address."""


class NameTakenError(KnowledgeError):
    """A name that was to be learnt for a need counts already."""


class EditedMeanwhileError(KnowledgeError):
    """Somebody else has edited the record since it was read; nothing was written."""


class TooManyQuestionsError(KnowledgeError):
    """An offering has as many saved questions as it may have."""


class LeaseLostError(KnowledgeError):
    """Work was taken up by another process meanwhile; whoever had it before writes nothing more."""
