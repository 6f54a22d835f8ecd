"""The values that everything passes around: offering, alliance, guide, place, query, match. docs/contracts.md gives the fields."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from knowledge.costs import says_nothing_is_paid
from knowledge.translation import Line, Text, Translation

LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "fa", "fr")
SIMPLE_GERMAN = "de-simple"
RIGHT_TO_LEFT = frozenset({"ar", "fa"})

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
PostalCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=2000)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+$", max_length=254)]
# An address of a website without a path, as browsers send it in `Origin`.
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.-]+(:\d{1,5})?$", max_length=300)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
# An SVG could hold a script; these cannot.
Picture = Annotated[
    str, StringConstraints(pattern=r"^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$", max_length=100_000)
]
ReplyLanguage = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(LANGUAGES)}|{SIMPLE_GERMAN})$")]
Format = Literal["on_site", "online", "home_visit"]


class Offering(BaseModel):
    """A service that families can use (HSDS: service). Ages in years, positions in WGS 84 degrees."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Slug
    alliance: Slug
    title: Line
    description: Text = ""
    categories: tuple[str, ...] = Field(min_length=1)
    provider: Line | None = None
    street: Line | None = None
    postal_code: PostalCode | None = None
    city: Line | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    age_min: float | None = Field(None, ge=0, le=120)
    age_max: float | None = Field(None, ge=0, le=120)
    languages: tuple[LanguageCode, ...] = ()
    format: Format = "on_site"
    schedule: Text | None = None
    opening_hours: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    cost: Text | None = None
    free: bool | None = None
    wheelchair: bool | None = None
    phone: Line | None = None
    email: Email | None = None
    url: WebAddress | None = None
    checked_on: date | None = None
    translations: Mapping[LanguageCode, Translation] = Field(default_factory=dict)

    @property
    def is_free(self) -> bool | None:
        """Whether it costs nothing: as stated, else as the words of its cost say plainly; None where neither tells."""
        if self.free is None and self.cost and says_nothing_is_paid(self.cost):
            return True
        return self.free

    @field_validator("categories", "languages")
    @classmethod
    def _each_once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values))

    @model_validator(mode="after")
    def _ranges_in_order(self) -> Offering:
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValueError(f"age_min {self.age_min:g} is above age_max {self.age_max:g}; swap them")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError(f"valid_from {self.valid_from} is after valid_to {self.valid_to}; swap them")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude come together; give both or none")
        return self


class Widget(BaseModel):
    """How the assistant looks and greets on an alliance's website, and which other websites may show it.

    Attributes:
        origins: Websites that may embed it, besides the alliance's own; `https://www.example.org`, without a path.
        accent: The colour of buttons and links; made darker or lighter until it can be read.
        greeting: Reply language -> a sentence before the assistant's own, which always says that a machine answers.
        questions: Reply language -> questions to press instead of the usual ones.
        logo: A small PNG, JPEG or WebP picture as a `data:` address.
        voice_input: Whether parents are offered to speak; many browsers send the sound to their maker.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    origins: tuple[Origin, ...] = ()
    accent: Colour | None = None
    position: Literal["left", "right"] = "right"
    greeting: Mapping[ReplyLanguage, Line] = Field(default_factory=dict)
    questions: Mapping[ReplyLanguage, tuple[Line, ...]] = Field(default_factory=dict)
    logo: Picture | None = None
    voice_input: bool = False

    @field_validator("logo")
    @classmethod
    def _is_base64(cls, logo: str | None) -> str | None:
        if logo is not None:
            base64.b64decode(logo.partition(",")[2], validate=True)
        return logo


class Alliance(BaseModel):
    """A local family alliance (HSDS: organization). `covers` lists postal codes or their beginnings."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Slug
    name: Line
    city: Line | None = None
    postal_code: PostalCode | None = None
    covers: tuple[Annotated[str, StringConstraints(pattern=r"^\d{1,5}$")], ...] = ()
    website: WebAddress | None = None
    email: Email | None = None
    phone: Line | None = None
    languages: tuple[LanguageCode, ...] = ("de",)
    widget: Widget = Widget()


class Guide(BaseModel):
    """A family guide or brochure; `alliance` None means that it holds everywhere. `text` is Markdown or plain."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Slug
    alliance: Slug | None = None
    language: LanguageCode
    title: Line
    url: WebAddress | None = None
    text: Annotated[str, StringConstraints(max_length=2_000_000)]


def written_language(language: str) -> str:
    """Return the ISO 639-1 code of a reply language: `de` for Einfache Sprache."""
    return "de" if language == SIMPLE_GERMAN else language


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point that a parent can name: a postal code, a town, a town district, or a position on the map."""

    name: str
    latitude: float
    longitude: float
    kind: Literal["postal_code", "town", "district", "position"]
    postal_code: str | None = None
    region: str | None = None
    population: int = 0

    @property
    def label(self) -> str:
        """The name as shown to a parent, with what tells it from others of that name."""
        if self.kind == "postal_code":
            return f"{self.postal_code} {self.name}".strip()
        return self.name

    @property
    def position(self) -> str:
        """The point as "lat,lon" in degrees, to about ten metres."""
        return f"{self.latitude:.4f},{self.longitude:.4f}"


@dataclass(frozen=True, kw_only=True)
class PlaceReading:
    """What a text says about where: exactly one place, several of one name, or a name that nobody knows.

    Attributes:
        place: The place understood, or None.
        options: Places of the same name when it stays open which is meant, likeliest first.
        unknown: The words that look like a place but are none in Germany.
        written: The words of the text that were read as the place.
        corrected: True when a misspelt name was taken for the place.
    """

    place: Place | None = None
    options: tuple[Place, ...] = ()
    unknown: str | None = None
    written: str | None = None
    corrected: bool = False


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What one message says, before any dialogue: needs, place, the child's age and wishes.

    Attributes:
        needs: Need code -> probability, best first, summing to at most 1 over all needs known.
        ages: Ages of the children in years, as written.
        service_language: Language (ISO 639-1) in which the service is wanted.
        free: True when it must cost nothing.
        online: True when it must be online, False when it must be in person.
        on: The day it is wanted for, or the first day of the span.
        until: The last day of the span.
        weekend: True when it speaks of weekends.
        without: Categories that the parent excludes ("no Kita, a childminder").
        residue: The folded words left when place, ages and filler words are taken away.
        courtesy: True when it is nothing but a greeting, thanks, a yes or a no.
    """

    language: str
    needs: Mapping[str, float] = field(default_factory=dict)
    where: PlaceReading = PlaceReading()
    ages: tuple[float, ...] = ()
    service_language: str | None = None
    free: bool | None = None
    online: bool | None = None
    on: date | None = None
    until: date | None = None
    weekend: bool = False
    without: tuple[str, ...] = ()
    residue: tuple[str, ...] = ()
    courtesy: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question to the search. Whatever is None is taken from the text where the text says it.

    Attributes:
        text: The parent's words, in any of the languages.
        language: The language of the reply's reasons (`de-simple` included); None: that of the text.
        near: A place already understood, or a text that names one (postal code, town, "lat,lon").
        radius_km: How far to look; None: the setting's.
    """

    text: str = ""
    language: str | None = None
    near: Place | str | None = None
    radius_km: float | None = None
    ages: tuple[float, ...] = ()
    categories: tuple[str, ...] = ()
    service_language: str | None = None
    free: bool | None = None
    online: bool | None = None
    on: date | None = None
    alliance: str | None = None
    limit: int = 5
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a match fits, or which wish it does not meet: a code of the catalogue `knowledge/texts` and its values."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    meets: bool = True


@dataclass(frozen=True, kw_only=True)
class Match:
    """An offering with its score (higher is better), its distance and the reasons, in the order they are shown."""

    offering: Offering
    score: float
    distance_km: float | None
    reasons: tuple[Reason, ...] = ()
    open_now: bool | None = None

    @property
    def meets_every_wish(self) -> bool:
        """Whether nothing speaks against it: not too far, not too dear, for the age, in the language wished for."""
        return all(reason.meets for reason in self.reasons)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The result of a search.

    Attributes:
        matches: Best first, at most the query's limit.
        total: How many offerings passed the filters.
        no_good_answer: True when nothing found does what was asked; matches are then only the nearest alternatives.
    """

    understood: Understanding
    matches: tuple[Match, ...]
    total: int
    no_good_answer: bool
    place: Place | None = None
