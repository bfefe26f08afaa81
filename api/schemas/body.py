"""The bases of the bodies of requests and responses."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, field_validator


class RequestBody(BaseModel):
    """JSON from others, taken at its word: 0 is not false, and "3" is not a number.

    JSON has one kind of number, so 3.0 is the integer 3.
    """

    model_config = ConfigDict(strict=True)

    @field_validator("*", mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        return int(value) if isinstance(value, float) and value.is_integer() else value


class Body(BaseModel):
    """Validates a fact by its attributes; nested bodies validate its parts."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    @classmethod
    def from_fact(cls, fact: object, **others: Any) -> Self:
        """`others` are the fields that the fact does not have, or not in this form."""
        names = [name for name in cls.model_fields if name not in others]
        return cls.model_validate({name: getattr(fact, name) for name in names} | others)
