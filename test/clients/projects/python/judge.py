"""Judges answers of Konvert by its own description, with a validator that is none of ours."""

import json
import re
from urllib.parse import urlsplit

import httpx
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

HERE = "urn:description"


class Judge:
    """Takes a description. `judged` are the operations whose answers were looked at, with their statuses."""

    def __init__(self, description: dict) -> None:
        self.description = description
        resource = Resource(contents=description, specification=DRAFT202012)
        self.registry = Registry().with_resource(HERE, resource)
        # A path without a parameter is meant before one with a parameter in the same place.
        self.templates = sorted(description["paths"], key=lambda path: path.count("{"))
        self.judged: list[tuple[str, int]] = []

    def __call__(self, response: httpx.Response) -> None:
        """Raises if the answer is not described, or not as it is described."""
        response.read()
        method, path = response.request.method.lower(), urlsplit(str(response.url)).path
        template = next(one for one in self.templates if self.is_of(path, one, method))
        operation = self.description["paths"][template][method]
        answers = operation["responses"]
        status = str(response.status_code)
        assert status in answers, f"{operation['operationId']} answered {status}, which is not described"
        content = self.followed(answers[status]).get("content")
        if content is None:
            assert response.content in (b"", b"{}", b"OK"), f"{operation['operationId']} {status}: {response.text}"
        else:
            media_type = response.headers["content-type"].split(";")[0]
            schema = content[media_type]["schema"]
            validator = OAS31Validator(
                self.rooted(schema), registry=self.registry, format_checker=OAS31Validator.FORMAT_CHECKER
            )
            validator.validate(response.json())
        self.judged.append((operation["operationId"], response.status_code))

    def is_of(self, path: str, template: str, method: str) -> bool:
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        return method in self.description["paths"][template] and re.fullmatch(pattern, path) is not None

    def followed(self, part: dict) -> dict:
        """What a reference names, or the part itself."""
        while "$ref" in part:
            _, *names = part["$ref"].split("/")
            part = self.description
            for name in names:
                part = part[name]
        return part

    def rooted(self, schema: dict) -> dict:
        """The schema with references that name the description."""
        return json.loads(json.dumps(schema).replace('"$ref": "#/', f'"$ref": "{HERE}#/'))
