"""Speaks to the double of the Evolution bridge as the public client evolutionapi does, and reads what the double posts.

Gets {base, key, instance, to, media, webhooks: [body]} on standard input, and prints
{state, sent: {name: id}, edited, deleted, found: [...], file, read: [...]} on standard output.
"""

import base64
import json
import sys

from evolutionapi.client import EvolutionClient
from evolutionapi.models.chat import MediaMessage as OpenMedia
from evolutionapi.models.chat import MessageKey, UpdateMessage
from evolutionapi.models.message import TextMessage

given = json.load(sys.stdin)
client = EvolutionClient(base_url=given["base"], api_token=given["key"])
instance, key, to = given["instance"], given["key"], given["to"]

state = client.instance_operations.get_connection_state(instance, key)["instance"]["state"]
names = [one["name"] for one in client.instances.fetch_instances()]


def id_of(answer):
    return answer["key"]["id"]


sent = {"text": id_of(client.messages.send_text(instance, TextMessage(number=to, text="Café?"), key))}
jid = f"{to}@s.whatsapp.net"
edit = UpdateMessage(to, {"id": sent["text"], "remoteJid": jid, "fromMe": True}, "Café!")
edited = id_of(client.chat.update_message(instance, edit, key))
opened = client.chat.get_base64_from_media_message(instance, OpenMedia({"key": {"id": given["media"]}}), key)

read = []
for body in given["webhooks"]:
    event = client.convert_webhook_event(body)
    data = body["data"]
    line = {"event": event.event, "instance": event.instance}
    if body["event"] == "messages.upsert":
        message = client.convert_message(body)
        line["text"] = client.get_message_content(data)
        line["id"] = message.key["id"]
        line["from"] = message.key["remoteJid"]
        line["name"] = message.pushName
    if body["event"] == "messages.update":
        update = client.process_message_update(data)
        line["id"] = update["keyId"]
        line["status"] = update["status"]
    if body["event"] == "qrcode.updated":
        line["code"] = client.process_qrcode_update(data)["code"]
    read.append(line)

print(
    json.dumps(
        {
            "state": state,
            "names": names,
            "sent": sent,
            "edited": edited,
            "file": base64.b64decode(opened["base64"] if isinstance(opened, dict) else opened.base64).decode(),
            "read": read,
        }
    )
)
