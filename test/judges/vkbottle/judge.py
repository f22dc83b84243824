"""Speaks to the double of VK as the public client vkbottle does, and reads what the double tells.

Gets {base, token, group, user, quoted, press, url, updates: [...]} on standard input, and prints {group, code, found, settings,
sent: {name: cmid}, pressed, refused, read: [...], again} on standard output.
"""

import asyncio
import json
import sys

from vkbottle import API, Callback, Keyboard, OpenLink, VKAPIError
from vkbottle.callback import BotCallback
from vkbottle.tools import DocMessagesUploader, PhotoMessageUploader
from vkbottle.tools.mini_types.bot import message_min
from vkbottle_types.events import bot_events

given = json.load(sys.stdin)

EVENTS = {
    "message_reply": bot_events.MessageReply,
    "message_event": bot_events.MessageEvent,
    "message_read": bot_events.MessageRead,
    "message_deny": bot_events.MessageDeny,
    "message_reaction_event": bot_events.MessageReactionEvent,
}


class Api(API):
    API_URL = given["base"] + "/method/"


def read(update, api):
    kind = update["type"]
    if kind == "message_new":
        message = message_min(update, api)
        return [kind, message.from_id, message.text]
    event = EVENTS[kind].from_dict(update)
    about = event.object
    who = {
        "message_reply": lambda: about.peer_id,
        "message_event": lambda: about.user_id,
        "message_read": lambda: about.from_id,
        "message_deny": lambda: about.user_id,
        "message_reaction_event": lambda: about.reacted_id,
    }[kind]()
    return [kind, who, about.text if kind == "message_reply" else None]


async def main():
    api = Api(given["token"])
    user = given["user"]
    sent = {}

    async def keep(name, key=None, **message):
        answer = await api.messages.send(peer_ids=[user], random_id=key or len(sent) + 100, **message)
        sent[name] = answer[0].conversation_message_id

    groups = await api.groups.get_by_id()
    await keep("text", message="Café?")
    await keep("again", key=100, message="Café?")
    keyboard = Keyboard(inline=True)
    keyboard.add(Callback("Yes", {"t": "Yes", "p": "y"})).row().add(OpenLink("https://a.example", "Site"))
    await keep("buttons", message="Choose", keyboard=keyboard.get_json())
    forward = {"peer_id": user, "conversation_message_ids": [given["quoted"]], "is_reply": 1}
    await keep("quote", message="Yes", forward=json.dumps(forward))
    photo = await PhotoMessageUploader(api).upload(b"what is in it", peer_id=user)
    await keep("image", attachment=photo)
    document = await DocMessagesUploader(api).upload(b"what is in it", title="act.pdf", peer_id=user)
    await keep("file", attachment=document)

    pressed = await api.messages.send_message_event_answer(event_id=given["press"], user_id=user, peer_id=user)
    try:
        await api.messages.send(peer_id=1, random_id=1, message="Hi")
        refused = None
    except VKAPIError as error:
        refused = [error.code, error.error_msg]

    callback = BotCallback(url=given["url"], title="Judge", api=api, group_id=given["group"])
    found = await callback.find_server_id()
    settings = await callback.get_callback_settings(found)
    print(
        json.dumps(
            {
                "group": [groups.groups[0].id, groups.groups[0].screen_name],
                "code": await callback.get_callback_confirmation_code(),
                "found": found,
                "hears": settings["message_new"],
                "sent": sent,
                "pressed": int(pressed),
                "refused": refused,
                "read": [read(update, api) for update in given["updates"]],
            }
        )
    )
    await api.http_client.close()


asyncio.run(main())
