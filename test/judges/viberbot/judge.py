"""Speaks to the double of Viber as the public client viberbot does, and reads what the double posts.

Gets {base, token, webhook, to, link, keyboard, callbacks: [{raw, signature}]} on standard input, and prints
{sent: {name: token}, refused: {name: words}, account, events: [...], read: [...]} on standard output.
"""

import json
import sys

from viberbot import Api, BotConfiguration
from viberbot.api import api as client
from viberbot.api.messages import FileMessage, KeyboardMessage, PictureMessage, TextMessage, VideoMessage
from viberbot.api.viber_requests import (
    ViberConversationStartedRequest,
    ViberDeliveredRequest,
    ViberFailedRequest,
    ViberMessageRequest,
    ViberSeenRequest,
    ViberSubscribedRequest,
    ViberUnsubscribedRequest,
)

given = json.load(sys.stdin)
# Its address of Viber is a constant.
client.VIBER_BOT_API_URL = given["base"] + "/pa"
bot = Api(BotConfiguration(name="Konvert", avatar="https://a.example/a.jpg", auth_token=given["token"]))

events = bot.set_webhook(given["webhook"], ["delivered", "seen", "failed", "conversation_started"])
account = bot.get_account_info()

link = given["link"]
messages = {
    "text": TextMessage(text="Café? Дякую"),
    "keyboard": TextMessage(text="Choose", keyboard=given["keyboard"]),
    "picture": PictureMessage(media=f"{link}p.jpg"),
    "video": VideoMessage(media=f"{link}v.mp4", size=500),
    "file": FileMessage(media=f"{link}a.pdf", size=500, file_name="a.pdf"),
}
sent = {name: str(bot.send_messages(given["to"], [message])[0]) for name, message in messages.items()}

refused = {}
for name, to in {"nobody": "bm9ib2R5", "left": given["left"]}.items():
    try:
        bot.send_messages(to, [TextMessage(text="Hi")])
    except Exception as error:
        refused[name] = str(error)

KINDS = {
    ViberConversationStartedRequest: "conversation_started",
    ViberDeliveredRequest: "delivered",
    ViberFailedRequest: "failed",
    ViberMessageRequest: "message",
    ViberSeenRequest: "seen",
    ViberSubscribedRequest: "subscribed",
    ViberUnsubscribedRequest: "unsubscribed",
}
read = []
for callback in given["callbacks"]:
    raw = callback["raw"].encode("latin-1")
    if not bot.verify_signature(raw, callback["signature"]):
        read.append({"what": "refused"})
        continue
    event = bot.parse_request(raw)
    entry = {"what": KINDS.get(type(event), "other"), "token": str(getattr(event, "message_token", ""))}
    if isinstance(event, ViberMessageRequest):
        entry["person"] = [event.sender.id, event.sender.name]
        entry["message"] = event.message.to_dict()
    if isinstance(event, ViberFailedRequest):
        entry["desc"] = event.desc
    read.append(entry)

print(json.dumps({"sent": sent, "refused": refused, "account": account, "events": events, "read": read}))
