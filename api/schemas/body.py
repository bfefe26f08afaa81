"""The base of every response body."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """Validates a fact by its attributes; nested bodies validate its parts."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    @classmethod
    def from_fact(cls, fact: object, **others: Any) -> Self:
        """`others` are the fields that the fact does not have, or not in this form."""
        names = [name for name in cls.model_fields if name not in others]
        return cls.model_validate({name: getattr(fact, name) for name in names} | others)
