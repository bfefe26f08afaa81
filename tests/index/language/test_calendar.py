from datetime import date

import pytest

from index.language.calendar import day_words


class ForeignDate(date):
    """Formats itself as in a locale that is not English."""

    def __format__(self, spec: str, /) -> str:
        return "septembre"


@pytest.mark.parametrize("kind", [date, ForeignDate])
def test_a_day_is_written_in_english_in_every_locale(kind: type[date]) -> None:
    assert day_words(kind(2024, 9, 12)) == "12 September 2024"
    assert day_words(kind(1999, 5, 1)) == "1 May 1999"
