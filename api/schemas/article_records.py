"""The JSON schema of what `POST /v1/articles` takes; the items are checked one by one."""

from pydantic import JsonValue

from index.sources.article_record import LONGEST_ID, SHORTEST_TEXT

_STRING_OR_NULL: JsonValue = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_ID: JsonValue = {
    "anyOf": [
        {"type": "string", "minLength": 1, "maxLength": LONGEST_ID, "pattern": r"\S"},
        {"type": "integer"},
    ],
    "description": "Printable characters.",
}
_YEARS = r"^(1[5-9]|2[01])\d\d-"
"""A date that no newspaper can have is a slip."""
_PROPERTIES: dict[str, JsonValue] = {
    "id": _ID,
    "_id": _ID,
    "text": {
        "type": "string",
        "minLength": SHORTEST_TEXT,
        "pattern": rf"\w(\s*\S){{{SHORTEST_TEXT - 1},}}",
        "description": f"At least {SHORTEST_TEXT} characters that are not white space.",
    },
    "title": _STRING_OR_NULL,
    "url": _STRING_OR_NULL,
    "outlet": _STRING_OR_NULL,
    "authors": {
        "anyOf": [
            {"type": "array", "items": {"type": "string"}},
            {"type": "string"},
            {"type": "null"},
        ]
    },
    "published_at": {
        "anyOf": [
            {"type": "string", "format": "date", "pattern": _YEARS},
            {"type": "string", "format": "date-time", "pattern": _YEARS},
            {"type": "string", "maxLength": 0},
            {"type": "null"},
        ]
    },
    "language": _STRING_OR_NULL,
    "metadata": {"description": "Anything; so are all other keys."},
}
ARTICLE_RECORD_SCHEMA: dict[str, JsonValue] = {
    "type": "object",
    "properties": _PROPERTIES,
    "anyOf": [{"required": ["id", "text"]}, {"required": ["_id", "text"]}],
}
ARTICLES_SCHEMA: dict[str, JsonValue] = {
    "anyOf": [
        ARTICLE_RECORD_SCHEMA,
        {"type": "array", "items": ARTICLE_RECORD_SCHEMA, "minItems": 1},
        {
            "type": "object",
            "properties": {
                "articles": {"type": "array", "items": ARTICLE_RECORD_SCHEMA, "minItems": 1}
            },
            "required": ["articles"],
        },
    ]
}
