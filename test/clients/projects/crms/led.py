"""What the clients send to any host of a CRM goes to the double, whose first line is in DOUBLE."""

import json
import os
import re

import requests

DOUBLE = json.loads(os.environ["DOUBLE"])


def lead() -> None:
    send = requests.Session.send

    def led(session, request, **options):
        request.url = re.sub(r"^https://[^/]+", DOUBLE["url"], request.url)
        return send(session, request, **options)

    requests.Session.send = led


def told(what: str) -> None:
    print(f"{what}: understood")
