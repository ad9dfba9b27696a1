"""What is not meant when Schemathesis tries the API, each with its reason. Everything else it finds counts."""

import json
import os

import schemathesis

# Refusals that no schema can foresee: they are about what is stored, or about what the client sent before.
BEYOND_SCHEMAS = {
    "precondition-failed",  # the example of If-Match is the tag of nothing here
    "idempotency-key-reused",  # the example of Idempotency-Key comes with many bodies
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
OWN_KEY = os.environ.get("ONRECORD_KEY", "").split("_")[1:2]


@schemathesis.hook
def filter_case(context, case) -> bool:
    # The key that this run works with is not revoked by it: all that follows would be 401.
    if case.operation.definition.raw.get("operationId") != "revokeKey" or not OWN_KEY:
        return True
    return str((case.path_parameters or {}).get("key_id", "")).replace("-", "").lower() != OWN_KEY[0]


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    """Whether a failure counts."""
    kind = type(failure).__name__
    if kind == "RejectedPositiveData":
        return contradicts_the_schema(response)
    if kind == "JsonSchemaError" and "fields" in (case.query or {}):
        # `fields` leaves out what the schema promises; nothing else may be wrong.
        return "is a required property" not in failure.validation_message
    return True


def contradicts_the_schema(response) -> bool:
    try:
        problem = json.loads(response.content)
    except ValueError:
        return True
    if problem.get("code") in BEYOND_SCHEMAS:
        return False
    faults = problem.get("errors", [])
    return not faults or any(
        fault.get("code") in IN_SCHEMAS or "is required in " in fault.get("detail", "") for fault in faults
    )
