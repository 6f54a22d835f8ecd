"""Wires the knowledge base together, in one place: from settings to a store, a reader, and a search."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from knowledge.encoder import Encoder, load_encoder
from knowledge.errors import IndexMissingError, KnowledgeError, PlacesMissingError
from knowledge.exporting import Selection, directory_of
from knowledge.guides import GuideSearch
from knowledge.hsds import Directory
from knowledge.index import FILES, Library, Makers, PassageTable, Snapshot, VectorStorage, build_index, with_edit
from knowledge.language import LanguageIdentifier
from knowledge.models import LANGUAGE_MODEL, NEED_MODEL, KeyedModel
from knowledge.needs import NeedClassifier
from knowledge.places import Places, extract_places, open_places
from knowledge.ranking import Weights
from knowledge.search import Search
from knowledge.settings import Settings
from knowledge.store import Manifest, Repositories, open_engine, upgrade, write_backup
from knowledge.taxonomy import Taxonomy, load_taxonomy
from knowledge.understanding import Reader
from knowledge.values import LANGUAGES, Offering, Query

if TYPE_CHECKING:
    from knowledge.training.questions import ChatLine

Progress = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class Knowledge(Repositories):
    """The knowledge base of one server. Parts are opened when first used, so that a command pays only for its own."""

    settings: Settings

    @cached_property
    def taxonomy(self) -> Taxonomy:
        return load_taxonomy(self.settings.taxonomy_dir)

    @cached_property
    def places(self) -> Places:
        return open_places(self.settings.places_path)

    @cached_property
    def encoder(self) -> Encoder:
        return load_encoder(self.settings.encoder)

    @cached_property
    def classifier(self) -> NeedClassifier:
        return NeedClassifier(KeyedModel(self.models_dir / NEED_MODEL).load(), self.encoder)

    @cached_property
    def identifier(self) -> LanguageIdentifier:
        return LanguageIdentifier(KeyedModel(self.models_dir / LANGUAGE_MODEL).load())

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.classifier, self.places, self.taxonomy, learnt=self._learnt)

    @cached_property
    def search(self) -> Search:
        return Search(
            store=self.store, library=self._library(), reader=self.reader, encoder=self.encoder,
            identifier=self.identifier, weights=Weights(), radius_km=self.settings.radius_km, today=self.settings.today,
        )  # fmt: skip

    @cached_property
    def guides(self) -> GuideSearch:
        return GuideSearch(store=self.store, encoder=self.encoder, reader=self.reader)

    @property
    def models_dir(self) -> Path:
        return self.settings.data_dir / "models"

    def index(self, progress: Progress = _silent, *, afresh: bool = False) -> Snapshot:
        """Build the index of what the store holds now and switch to it; `afresh` takes over nothing but vectors."""
        return build_index(
            self.settings.index_dir, store=self.store, makers=self._makers, storage=self._vectors, afresh=afresh,
            progress=lambda done, total: progress("index", done, total),
        )  # fmt: skip

    def index_with(self, offering_id: str, edited: Offering | None) -> Snapshot:
        """Return the present index as it would be with one offering edited, added, or (None) taken out; nothing is written.

        Raises:
            IndexMissingError: There is no index yet.
        """
        present = self.search.library.snapshot()
        self.search.home(present)  # an ambiguous town means the one near its alliance
        return with_edit(present, offering_id, edited, self._makers)

    def prepare(self, *, chat_lines: "Sequence[ChatLine]" = (), progress: Progress = _silent) -> None:
        """Make what is missing or out of date: places, models, index. What is done is not done again.

        Args:
            chat_lines: Short messages of the dialogue, for the models of languages and needs.
        """
        # Training is imported only here: a searching process does not need it.
        from knowledge.training.models import ensure_models

        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not self._places_open():
            extract_places(self.settings.places_path, progress=lambda done, total: progress("places", done, total))
        ensure_models(self.models_dir, self.encoder, self.taxonomy, chat_lines=chat_lines, progress=progress)
        if not self.index_is_current():
            self.index(progress)

    def back_up(self, path: Path) -> Manifest:
        """Write the store as it is now into one file, while others read and write it."""
        return write_backup(self._engine, path)

    def directory(self, selection: Selection) -> Directory:
        """Return published records as HSDS sees them; while the table of places is missing, addresses name no Land."""
        places = self.places if self._places_open() else None
        today = self.settings.current_date()
        return directory_of(selection, store=self.store, taxonomy=self.taxonomy, today=today, places=places)

    def warm_up(self) -> None:
        """Open all that a question needs, in each language, before a parent waits for it.

        Raises:
            KnowledgeError: A part is missing or damaged.
        """
        for language in LANGUAGES:
            self.search(Query(text=self.taxonomy.label("daycare", language), language=language))
            # A label may be too short to tell its language; the lexicon is that of the language read in.
            self.reader.read("3", language=language, today=self.settings.current_date())

    def _places_open(self) -> bool:
        try:
            open_places(self.settings.places_path)
        except PlacesMissingError:
            return False  # missing, damaged, or of another version
        return True

    @cached_property
    def _engine(self) -> Engine:
        engine = open_engine(self.settings.database_url)
        upgrade(engine)
        return engine

    @cached_property
    def _vectors(self) -> VectorStorage:
        return PassageTable(self._engine) if self._engine.dialect.name == "postgresql" else FILES

    @property
    def _makers(self) -> Makers:
        return Makers(encoder=self.encoder, classifier=self.classifier, taxonomy=self.taxonomy, places=self.places)

    def _learnt(self) -> Mapping[tuple[str, ...], str]:
        """Return the names learnt meanwhile; a message is understood without them, too."""
        try:
            return self.learnt_names.current()
        except (KnowledgeError, SQLAlchemyError):
            return {}

    def _library(self) -> Library:
        return Library(self.settings.index_dir, self._vectors)

    def index_is_current(self) -> bool:
        """Return whether the index shows what the store holds, as the present models and taxonomy would make it."""
        try:
            snapshot = self._library().snapshot()
        except IndexMissingError:
            return False
        current = (self.store.generation(), self._makers.key(self.store.alliances()))
        return (snapshot.generation, snapshot.made_with) == current


def open_knowledge(settings: Settings) -> Knowledge:
    """Return the knowledge base of these settings."""
    return Knowledge(settings)
