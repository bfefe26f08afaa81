"""What a question's words say of dates, over HTTP."""

from dataclasses import asdict
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from rag.replies import InterpretedDates


class PeriodBody(BaseModel):
    """The dates that the question's own words tell; both days are in it, in UTC."""

    model_config = ConfigDict(populate_by_name=True)

    words: str = Field(examples=["last week"])
    first: date | None = Field(alias="from", description="Null where it is open.")
    last: date | None = Field(alias="to", description="Null where it is open.")
    derived: bool = Field(description="Whether they were worked out from the instant of asking.")
    narrowed: bool = Field(
        description="Whether only articles published then, or in the few days after, were searched."
    )

    @classmethod
    def of(cls, period: InterpretedDates | None) -> Self | None:
        return None if period is None else cls(**asdict(period))
