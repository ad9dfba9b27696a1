"""What is not meant when Schemathesis tries the API, each with its reason. Everything else it finds counts."""

import json
import os
import re

import schemathesis

# It is imported with the first request otherwise, by both workers at once, which Python 3.11 may not survive.
import schemathesis.transport.asgi  # noqa: F401

# Refusals that no schema can foresee: they are about what is stored, or about what the client sent before.
BEYOND_SCHEMAS = {
    "precondition-failed",  # the example of If-Match is the tag of nothing here
    "idempotency-key-reused",  # the example of Idempotency-Key comes with many bodies
    "gone",  # the log has only the changes that were
    "invalid-cursor",  # a cursor is made by the page before, for one filter
    "unsupported-media-type",  # a picture's bytes must be a picture
    "uri-too-long",  # each parameter may be long, not all of them together
    "too-large",  # likewise each property of a body
}
# Faults of a field that its schema names: a request that keeps the schema cannot have them. A property that is
# required because of another one says so in other words than "is required in".
IN_SCHEMAS = {
    "unknown-property",
    "wrong-type",
    "too-long",
    "too-short",
    "too-many",
    "too-few",
}
# What is longer than this the HTTP parser refuses by itself, with an answer that has no body.
URI_PARSED_MAX = 65_534
REQUIRED = re.compile(r"`\w+` is required in [A-Z]\w+")
LONG = {str(seconds) for seconds in range(2, 31)}
OWN_KEY = os.environ.get("ONRECORD_KEY", "").split("_")[1:2]


@schemathesis.hook
def before_call(context, case, kwargs) -> None:
    # Who asks to wait for a change is made to wait for as long as was asked: one second will do.
    if str((case.query or {}).get("wait", "")) in LONG:
        case.query["wait"] = 1
    # What waits for a change that does not come has two seconds of patience: one operation shows it, the others need not.
    if case.operation.definition.raw.get("operationId") == "listTags":
        return
    for name, value in (case.headers or {}).items():
        if name.lower() == "min-seq" and str(value).isdecimal() and 0 < int(value) < 2**53:
            case.headers[name] = "0"


@schemathesis.hook
def filter_case(context, case) -> bool:
    # A header that nobody knows is ignored, as HTTP wants it.
    if any(name.lower() == "x-schemathesis-unknown-property" for name in case.headers or {}):
        return False
    # The key that this run works with is not revoked by it: all that follows would be 401.
    if case.operation.definition.raw.get("operationId") != "revokeKey" or not OWN_KEY:
        return True
    return str((case.path_parameters or {}).get("key_id", "")).replace("-", "").lower() != OWN_KEY[0]


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """Whether a failure counts."""
    kind = type(failure).__name__
    if kind == "ServerError" and is_behind(case, response):
        return False
    if len(response.request.url or "") > URI_PARSED_MAX and response.status_code == 400 and not response.content:
        return False
    if kind == "RejectedPositiveData":
        return contradicts_the_schema(response)
    if kind == "JsonSchemaError" and failure.title == "SSE event violates schema":
        # The schema is of the whole text: OpenAPI 3.1 has no words for the events in it.
        return False
    if kind == "JsonSchemaError" and "fields" in (case.query or {}):
        # `fields` leaves out what the schema promises; nothing else may be wrong.
        return "is a required property" not in failure.validation_message
    return True


def is_behind(case, response) -> bool:
    """Whether a 503 says what `Min-Seq` is for: that change is not here yet."""
    asked = any(name.lower() == "min-seq" for name in case.headers or {})
    return asked and response.status_code == 503 and problem_of(response).get("code") == "behind"


def problem_of(response) -> dict:
    try:
        problem = json.loads(response.content)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def contradicts_the_schema(response) -> bool:
    problem = problem_of(response)
    if problem.get("code") in BEYOND_SCHEMAS:
        return False
    faults = problem.get("errors") or []
    return not faults or any(
        fault.get("code") in IN_SCHEMAS or REQUIRED.fullmatch(fault.get("detail", "")) for fault in faults
    )
