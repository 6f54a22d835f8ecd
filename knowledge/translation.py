"""An offering's text in another language than German."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, StringConstraints, model_serializer

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Translation(BaseModel):
    """An offering's title and description in another language than German.

    Attributes:
        machine: True while no person has read what a machine translated; written down only then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: Line
    description: Text = ""
    machine: bool = False

    @model_serializer(mode="wrap")
    def _as_before_where_a_person_wrote(self, written: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # What a person translated is stored and exported as it was before machines did: nothing counts as changed.
        fields: dict[str, Any] = written(self)
        return fields if self.machine else {name: value for name, value in fields.items() if name != "machine"}
