"""As much of httpx as the guide uses, for machines that do not have it."""

import json as coder
import urllib.parse
import urllib.request


class Response:
    def __init__(self, text):
        self.text = text

    def raise_for_status(self):
        return self

    def json(self):
        return coder.loads(self.text)


class Client:
    def __init__(self, base_url, headers):
        self.base_url = base_url
        self.headers = headers

    def get(self, path, params=None):
        return self.send("GET", path + ("?" + urllib.parse.urlencode(params) if params else ""), None)

    def post(self, path, json):
        return self.send("POST", path, coder.dumps(json).encode())

    def send(self, method, path, body):
        request = urllib.request.Request(self.base_url + path, data=body, headers=self.headers, method=method)
        with urllib.request.urlopen(request) as answer:
            return Response(answer.read().decode())
