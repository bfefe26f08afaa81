"""Requests made from our own OpenAPI document, right and wrong ones: no failure, no surprise."""

from contextlib import closing
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_schema_conformance,
    status_code_conformance,
)

from api.http.app import create_app
from tests.faults import ROUNDS
from tests.faults.programs import service, story
from tests.support.fakes import silent
from tests.support.fakes_api import FakeService

pytestmark = pytest.mark.slow
OPERATIONS = sorted(
    f"{method.upper()} {path}"
    for path, methods in create_app(FakeService()).openapi()["paths"].items()
    for method in methods
)
FAR_FROM_THE_SCHEMA = (
    "give speaker (a name), about (a subject), or both",
    "must come before",
    "comes before",
    "characters, at most",
)
"""Rules between two fields, and a limit that is a setting, which the document can only describe."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ON_ACCEPTANCE = [negative_data_rejection, positive_data_acceptance]
"""Not for articles: of a batch, those that are none are told and the others are added."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("schema")
    with closing(service(folder)) as writing:
        writing.add([story(number) for number in range(5)], progress=silent)
    return create_app(service(folder), folder=folder)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_request_is_answered_as_the_document_says(
    app: FastAPI, operation: str, mode: GenerationMode
) -> None:
    method, path = operation.split(" ")
    document = schemathesis.openapi.from_asgi("/openapi.json", app)

    @settings(max_examples=8 * ROUNDS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(document[path][method].as_strategy(mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        response = case.call()
        described_only = operation == "POST /v1/articles" or any(
            words in response.text for words in FAR_FROM_THE_SCHEMA
        )
        checks = CHECKS if described_only else [*CHECKS, *ON_ACCEPTANCE]
        case.validate_response(response, checks=checks)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE
        pytest.skip("a request without parameters cannot be made wrong")
