"""Writes the parts of the client packages that follow the OpenAPI document: clients/generate.py DOCUMENT FOLDER

Into FOLDER, which is `clients` for `make client-types`, come

    typescript/types.d.ts              a type for each schema, and for the query of each operation
    typescript/src/resources.ts        a function for each operation, by resource
    python/src/onrecord/types.py       a type for each schema
    python/src/onrecord/resources.py   a method for each operation, twice: waiting, and for asyncio

Names are those of the document: `listArticles` of the tag `articles` is `articles.list`, `listArticleAliases` is
`articles.listAliases`. What an operation takes and gives is looked up, never guessed: a page with `next_cursor` becomes a list to
go through, what is not JSON comes as it is.
"""

import json
import keyword
import re
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]
METHODS = ("get", "put", "post", "patch", "delete")
WIDTH = 120


@dataclass
class Parameter:
    name: str
    required: bool
    schema: Json
    description: str


@dataclass
class Operation:
    id: str
    tag: str
    verb: str
    path: str
    summary: str
    places: list[Parameter]
    query: list[Parameter]
    headers: set[str]
    body: str | None  # the name of a schema, or BYTES
    body_required: bool
    answer: str | None  # the name of a schema, or RAW
    name: str = ""

    def item(self, document: Json) -> str | None:
        """What a page of it lists, if its answer is one with a cursor."""
        properties = document["components"]["schemas"].get(self.answer, {}).get("properties", {})
        if "next_cursor" not in properties:
            return None
        return named(properties["items"]["items"])


BYTES, RAW = "bytes", "raw"


def named(schema: Json) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_")


def camel(name: str) -> str:
    return re.sub(r"[-_]([a-z])", lambda found: found[1].upper(), name)


def pascal(name: str) -> str:
    return camel("-" + name)


# --- Reading the document


def operations(document: Json) -> list[Operation]:
    found = []
    for path, item in document["paths"].items():
        for verb in METHODS:
            if verb in item:
                found.append(operation(document, path, verb, item[verb]))
    for tag in {it.tag for it in found}:
        name_all([it for it in found if it.tag == tag])
    return found


def operation(document: Json, path: str, verb: str, raw: Json) -> Operation:
    parameters: dict[str, list[Parameter]] = {"path": [], "query": [], "header": []}
    for parameter in raw.get("parameters", []):
        if "$ref" in parameter:
            parameter = document["components"]["parameters"][named(parameter)]
        parameters[parameter["in"]].append(
            Parameter(parameter["name"], parameter.get("required", False), parameter["schema"], parameter.get("description", ""))
        )
    body, answer = None, None
    content = raw.get("requestBody", {}).get("content", {})
    if content:
        body = named(content["application/json"]["schema"]) if "application/json" in content else BYTES
    good = [response for status, response in raw["responses"].items() if status.startswith("2")]
    for response in good:
        content = response.get("content", {})
        if content:
            answer = named(content["application/json"]["schema"]) if "application/json" in content else RAW
    order = re.findall(r"\{(\w+)\}", path)
    return Operation(
        id=raw["operationId"],
        tag=raw["tags"][0],
        verb=verb.upper(),
        path=path,
        summary=raw["summary"],
        places=sorted(parameters["path"], key=lambda it: order.index(it.name)),
        query=parameters["query"],
        headers={it.name for it in parameters["header"]},
        body=body,
        body_required=raw.get("requestBody", {}).get("required", False),
        answer=answer,
    )


def name_all(group: list[Operation]) -> None:
    """Gives each operation of a tag its name there: without the tag's own noun where that stands right after the verb."""
    plural = pascal(group[0].tag)
    singular = {"People": "Person"}.get(plural, plural.removesuffix("s"))
    taken: set[str] = set()
    for noun in (plural if plural == "CommunityStandards" else singular, plural):
        for it in group:
            verb = re.match(r"[a-z]+", it.id)
            rest = it.id[verb.end() :] if verb else ""
            # `Article` of `listArticles` only where nothing but an s, or a word of its own, follows.
            whole = re.fullmatch(rf"(Related)?{noun}([A-Z]\w*)?", rest)
            if it.name or verb is None or whole is None:
                continue
            name = verb[0] + (whole[1] or "") + (whole[2] or "")
            # In the group of quotes `listArticleQuotes` names another resource: its own name is clearer.
            if name not in taken:
                it.name = name
                taken.add(name)
    for it in group:
        if not it.name:
            assert it.id not in taken, f"two operations of {it.tag} would be called {it.id}"
            it.name = it.id
            taken.add(it.id)


def tags(document: Json, all_operations: list[Operation]) -> list[tuple[str, str, list[Operation]]]:
    """Each tag with its description and operations, in the order of the document."""
    found = []
    for tag in document["tags"]:
        group = [it for it in all_operations if it.tag == tag["name"]]
        if group:
            found.append((tag["name"], tag.get("description", ""), group))
    return found


# --- TypeScript


def shape(schema: Json) -> str:
    """The type of what a schema allows."""
    if "$ref" in schema:
        return named(schema)
    for kind in ("oneOf", "anyOf"):
        if kind in schema:
            return " | ".join(shape(arm) for arm in schema[kind])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    kinds = schema.get("type", "object")
    if isinstance(kinds, list):
        return " | ".join(shape({**schema, "type": kind}) for kind in kinds)
    if kinds == "array":
        items = shape(schema["items"])
        return f"({items})[]" if "|" in items else f"{items}[]"
    if kinds == "object":
        values = schema.get("additionalProperties")
        return f"Record<string, {shape(values) if isinstance(values, dict) and values else 'unknown'}>"
    return {"integer": "number"}.get(kinds, kinds)


def comment(text: str, indent: str) -> list[str]:
    lines = text.strip().replace("*/", "* /").split("\n")
    if len(lines) == 1:
        return [f"{indent}/** {lines[0]} */"]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


def typescript_types(document: Json) -> str:
    lines = ["// Made from openapi/openapi.json by clients/generate.py: `make client-types`.", ""]
    for name, schema in document["components"]["schemas"].items():
        lines += comment(schema.get("description", ""), "")
        if "properties" not in schema:
            lines += [f"export type {name} = {shape(schema)};", ""]
            continue
        lines.append(f"export interface {name} {{")
        for member, rules in schema["properties"].items():
            mark = "" if member in schema.get("required", []) else "?"
            lines += [*comment(rules.get("description", ""), "  "), f"  {member}{mark}: {shape(rules)};"]
        lines += ["}", ""]
    for it in operations(document):
        if it.query:
            lines += [f"/** What may be asked of `{it.verb} {it.path}`. */", f"export interface {query_name(it)} {{"]
            for asked in it.query:
                mark = "" if asked.required else "?"
                lines += [*comment(asked.description, "  "), f"  {asked.name}{mark}: {shape(asked.schema)}{mark and ' | undefined'};"]
            lines += ["}", ""]
    return "\n".join(lines)


def query_name(it: Operation) -> str:
    return it.id[0].upper() + it.id[1:] + "Query"


def typescript(document: Json) -> str:
    lines = [
        "// Made from openapi/openapi.json by clients/generate.py: `make client-types`.",
        'import { segment, type Connection, type Init } from "./connection.js";',
        'import { Listing } from "./listing.js";',
        'import type * as t from "../types.js";',
        "",
    ]
    groups = tags(document, operations(document))
    for tag, description, group in groups:
        lines += comment(" ".join(description.split()), "")
        lines.append(f"export const {camel(tag)} = (connection: Connection) => ({{")
        for it in group:
            lines += [f"  /** {it.summary}: `{it.verb} {it.path}` */", f"  {typescript_method(document, it)},"]
        lines += ["});", ""]
    lines.append("/** Every resource of one connection. */")
    lines.append("export const resources = (connection: Connection) => ({")
    lines += [f"  {camel(tag)}: {camel(tag)}(connection)," for tag, _, _ in groups]
    lines += ["});", ""]
    return "\n".join(lines)


def typescript_method(document: Json, it: Operation) -> str:
    kinds = {"integer": "number"}
    takes = [f"{camel(place.name)}: {kinds.get(place.schema.get('type', ''), 'string')}" for place in it.places]
    if it.body:
        kind = "Blob | ArrayBuffer | Uint8Array<ArrayBuffer>" if it.body == BYTES else f"t.{it.body}"
        takes.append(f"body{'' if it.body_required else '?'}: {kind}")
    if it.query:
        takes.append(f'query{"" if any(q.required for q in it.query) else "?"}: t.{query_name(it)}')
    takes.append("init?: Init")
    path = re.sub(r"\{(\w+)\}", lambda found: f"${{segment({camel(found[1])})}}", it.path)
    path = f"`{path}`" if it.places else f'"{path}"'
    query = "query" if it.query else "undefined"
    item = it.item(document)
    if item:
        does = f'new Listing<t.{item}, t.{it.answer}>(connection, {path}, {query}, init)'
    else:
        body = "body" if it.body else "undefined"
        how = "raw" if it.answer == RAW else "json<void>" if it.answer is None else f"json<t.{it.answer}>"
        does = f'connection.{how}("{it.verb}", {path}, {query}, {body}, init)'
    return f"{it.name}: ({', '.join(takes)}) =>\n    {does}"


# --- Python


def hint(schema: Json) -> str:
    """The type of what a schema allows."""
    if "$ref" in schema:
        return named(schema)
    for kind in ("oneOf", "anyOf"):
        if kind in schema:
            return " | ".join(hint(arm) for arm in schema[kind])
    if "enum" in schema:
        return f"Literal[{', '.join(json.dumps(value) for value in schema['enum'])}]"
    kinds = schema.get("type", "object")
    if isinstance(kinds, list):
        return " | ".join(hint({**schema, "type": kind}) for kind in kinds)
    if kinds == "array":
        return f"list[{hint(schema['items'])}]"
    if kinds == "object":
        values = schema.get("additionalProperties")
        return f"dict[str, {hint(values) if isinstance(values, dict) and values else 'Any'}]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}[kinds]


def prose(text: str, indent: str) -> list[str]:
    """A doc string."""
    text = text.strip().replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if text.endswith('"'):
        text += " "
    lines = [line.rstrip() for line in text.split("\n")]
    if len(lines) == 1:
        lines = textwrap.wrap(lines[0], WIDTH - len(indent) - 6) or [""]
    body = [f'{indent}"""{lines[0]}', *(f"{indent}{line}".rstrip() for line in lines[1:])]
    if len(lines) == 1:
        return [body[0] + '"""']
    return [*body, f'{indent}"""']


def python_types(document: Json) -> str:
    lines = [
        '"""What is sent and what is answered: made from openapi/openapi.json by clients/generate.py (`make client-types`)."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Any, Literal, NotRequired, TypeAlias, TypedDict",
        "",
    ]
    for name, schema in document["components"]["schemas"].items():
        lines.append("")
        if "properties" not in schema:
            lines += [f"{name}: TypeAlias = {python_alias(hint(schema))}", *prose(schema.get("description", ""), ""), ""]
            continue
        required = schema.get("required", [])
        members = {
            member: hint(rules) if member in required else f"NotRequired[{hint(rules)}]"
            for member, rules in schema["properties"].items()
        }
        if any(keyword.iskeyword(member) for member in members):
            lines.append(f"{name} = TypedDict(")
            lines.append(f'    "{name}",')
            lines += ["    {", *(f'        "{member}": "{kind}",' for member, kind in members.items()), "    },", ")"]
            lines += [*prose(schema.get("description", ""), ""), ""]
            continue
        lines += [f"class {name}(TypedDict):", *prose(schema.get("description", ""), "    "), ""]
        for member, rules in schema["properties"].items():
            lines += [f"    {member}: {members[member]}", *prose(rules.get("description", ""), "    ")]
        lines.append("")
    return "\n".join(lines)


def python_alias(kind: str) -> str:
    # A union of classes that come later is evaluated where it stands.
    return f'"{kind}"' if "|" in kind else kind


def python_resources(document: Json) -> str:
    lines = [
        '"""Every operation, by resource: made from openapi/openapi.json by clients/generate.py (`make client-types`)."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Sequence",
        "",
        "import httpx",
        "",
        "from . import types as t",
        "from .connection import AsyncConnection, Connection, path",
        "from .follow import AsyncFollowing, Following",
        "from .listing import AsyncListing, Listing",
        "",
    ]
    groups = tags(document, operations(document))
    for prefix in ("", "Async"):
        for tag, description, group in groups:
            base = f"{prefix}Following" if tag == "changes" else "object"
            lines += ["", f"class {prefix}{pascal(tag)}({base}):", *prose(" ".join(description.split()), "    "), ""]
            lines += [f"    def __init__(self, connection: {prefix}Connection) -> None:", "        self._connection = connection"]
            for it in group:
                lines += ["", *python_method(document, it, prefix)]
            lines.append("")
        lines += ["", f"class {prefix}Resources:", *prose("Every resource of one connection.", "    "), ""]
        lines.append(f"    def __init__(self, connection: {prefix}Connection) -> None:")
        lines += [f"        self.{snake(tag)} = {prefix}{pascal(tag)}(connection)" for tag, _, _ in groups]
        lines.append("")
    return "\n".join(lines)


def python_method(document: Json, it: Operation, prefix: str) -> list[str]:
    word = lambda name: f"{name}_" if keyword.iskeyword(name) else name  # noqa: E731
    takes = ["self"]
    takes += [f"{word(place.name)}: {hint(place.schema)}" for place in it.places]
    if it.body:
        kind = "bytes" if it.body == BYTES else f"t.{it.body}"
        takes.append(f"body: {kind}" if it.body_required else f"body: {kind} | None = None")
    named_only = []
    for parameter in it.query:
        kind = hint(parameter.schema)
        kind = re.sub(r"\b[A-Z]\w+", r"t.\g<0>", kind)
        kind = re.sub(r"^list\[(.*)\]$", r"Sequence[\1]", kind)
        named_only.append(f"{word(parameter.name)}: {kind}" + ("" if parameter.required else " | None = None"))
    headers = {}
    for header, argument, kind in (("If-Match", "if_match", "str"), ("Idempotency-Key", "idempotency_key", "str"), ("Min-Seq", "min_seq", "int")):
        if header in it.headers:
            headers[header] = argument
            named_only.append(f"{argument}: {kind} | None = None")
    if named_only:
        takes += ["*", *sorted(named_only, key=lambda given: "=" in given)]
    item = it.item(document)
    answers = "httpx.Response" if it.answer == RAW else "None" if it.answer is None else f"t.{it.answer}"
    if item:
        answers = f"{prefix}Listing[t.{item}, t.{it.answer}]"
    sort = "async def" if prefix and not item else "def"
    lines = [f"    {sort} {snake(it.name)}("]
    lines += [f"        {taken}," for taken in takes]
    lines += [f"    ) -> {answers}:", f'        """{it.summary}: `{it.verb} {it.path}`"""']
    where = f'path("{it.path}", {", ".join(word(place.name) for place in it.places)})' if it.places else f'"{it.path}"'
    given = "{" + ", ".join(f'"{q.name}": {word(q.name)}' for q in it.query) + "}" if it.query else "None"
    sent = "{" + ", ".join(f'"{name}": {argument}' for name, argument in headers.items()) + "}" if headers else "None"
    if item:
        return [*lines, f"        return {prefix}Listing(self._connection, {where}, {given}, {sent})"]
    how = "raw" if it.answer == RAW else "nothing" if it.answer is None else "json"
    call = f'self._connection.{how}("{it.verb}", {where}, {given}, {"body" if it.body else "None"}, {sent})'
    if prefix:
        call = f"await {call}"
    if it.answer is None:
        return [*lines, f"        {call}"]
    if how == "json":
        return [*lines, f"        answer: {answers} = {call}", "        return answer"]
    return [*lines, f"        return {call}"]


def main() -> None:
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = Path(sys.argv[2])
    for name, text in (
        ("typescript/types.d.ts", typescript_types(document)),
        ("typescript/src/resources.ts", typescript(document)),
        ("python/src/onrecord/types.py", python_types(document)),
        ("python/src/onrecord/resources.py", python_resources(document)),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
