"""The application behind granian: answers the status that the environment names."""

import os

STATUS = int(os.environ.get("LAB_STATUS", "200"))


async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": STATUS, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"hello\n"})
