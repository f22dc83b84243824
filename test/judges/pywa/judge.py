"""Speaks to the double of the Graph API as the public client pywa does, and reads what the double posts.

Gets {base, token, secret, number, account, to, userId, webhooks: [{raw, signature}]} on standard input, and prints
{sent: {name: id}, read: [...], templates: [...], file: text} on standard output.
"""

import json
import sys

import httpx
from pywa import WhatsApp, types
from pywa.types import templates as t

given = json.load(sys.stdin)
session = httpx.Client()
wa = WhatsApp(
    phone_id=given["number"],
    waba_id=given["account"],
    token=given["token"],
    app_secret=given["secret"],
    verify_token="word",
    server=None,
    api_version=26.0,
    session=session,
)
# It sets the address itself when it is made.
session.base_url = f"{given['base']}/v26.0"

to, opaque = given["to"], "job-55"
sent = {}


def keep(name, message):
    sent[name] = message.id


keep("text", wa.send_message(to, "Café?", tracker=opaque, reply_to_message_id="wamid.M1=="))
keep("link", wa.send_message(to, "https://a.example", preview_url=True, tracker=opaque))
keep("user id", wa.send_message(given["userId"], "Hi", tracker=opaque))
keep(
    "buttons",
    wa.send_message(to, "Choose", buttons=[types.Button("Yes", "0"), types.Button("No", "1")], tracker=opaque),
)
rows = [types.SectionRow(title=title, callback_data=str(index)) for index, title in enumerate("abcd")]
keep(
    "list",
    wa.send_message(to, "Choose", buttons=types.SectionList("☰", [types.Section("The only section", rows)]), tracker=opaque),
)
keep("image", wa.send_image(to, b"bytes", mime_type="image/jpeg", tracker=opaque))
keep("document", wa.send_document(to, b"bytes", filename="act.pdf", mime_type="application/pdf", tracker=opaque))
keep("voice", wa.send_voice(to, b"bytes", mime_type="audio/ogg; codecs=opus", tracker=opaque))
keep(
    "template",
    wa.send_template(
        to,
        "order",
        t.TemplateLanguage.RUSSIAN,
        [
            t.HeaderText.params("17"),
            t.BodyText.params("Book", "20 $"),
            t.URLButton.params(url_variable="a17", index=0),
            t.QuickReplyButton.params(callback_data="y", index=1),
        ],
        tracker=opaque,
    ),
)
keep(
    "named template",
    wa.send_template(
        to,
        "visit",
        t.TemplateLanguage.RUSSIAN,
        [t.HeaderText.params(name="Dana"), t.BodyText.params(day="Monday")],
        tracker=opaque,
    ),
)

read, files = [], []


def note(what, update, **more):
    read.append({"what": what, "id": update.id, **more})


@wa.on_message
def message(_, msg):
    note("message", msg, text=msg.text, phone=msg.from_user.wa_id, userId=msg.from_user.bsuid, name=msg.from_user.name)
    if msg.image:
        files.append(msg.image.get_bytes().decode())


@wa.on_message_status
def status(_, update):
    error = update.error.code if update.error else None
    note("status", update, status=update.status.value, opaque=update.tracker, error=error)


@wa.on_outgoing_message
def echo(_, msg):
    note("echo", msg, text=msg.text)


for webhook in given["webhooks"]:
    raw = webhook["raw"].encode("latin-1")
    refused = wa.webhook_update_validator(raw, webhook["signature"])
    if refused:
        read.append({"what": "refused", "status": refused[1]})
        continue
    wa.webhook_update_handler(raw)

found = wa.get_templates()
print(json.dumps({"sent": sent, "read": read, "files": files, "templates": [one.name for one in found]}))
