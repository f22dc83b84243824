"""Speaks to the double of MAX as the public client maxapi does, and reads what the double tells.

Gets {base, token, user, quoted, pressed, updates: [...]} on standard input, and prints {me, sent: {name: mid}, video, fetched,
read: [...], refused, done: [...]} on standard output.
"""

import asyncio
import json
import sys

from maxapi import Bot
from maxapi.enums.message_link_type import MessageLinkType
from maxapi.enums.upload_type import UploadType
from maxapi.exceptions.max import MaxApiError
from maxapi.methods.types.getted_updates import process_update_webhook
from maxapi.types.attachments import CallbackButton, LinkButton
from maxapi.types.input_media import InputMediaBuffer
from maxapi.types.message import NewMessageLink
from maxapi.utils.inline_keyboard import InlineKeyboardBuilder

given = json.load(sys.stdin)


async def main():
    bot = Bot(
        given["token"],
        auto_requests=False,
        after_input_media_delay=0,
        after_upload_retry_delay=0.01,
        auto_check_subscriptions=False,
    )
    bot.set_api_url(given["base"])
    user = given["user"]
    sent = {}

    async def keep(name, **message):
        answer = await bot.send_message(user_id=user, **message)
        sent[name] = answer.message.body.mid

    me = await bot.get_me()
    await keep("text", text="Café?")
    await keep("looks", text="<b>Café</b> &amp; <i>bar</i>", format="html")
    keyboard = InlineKeyboardBuilder()
    keyboard.row(CallbackButton(text="Yes", payload="y"), LinkButton(text="Site", url="https://a.example"))
    await keep("buttons", text="Choose", attachments=[keyboard.as_markup()])
    await keep("quote", text="Yes", link=NewMessageLink(type=MessageLinkType.REPLY, mid=given["quoted"]))
    for kind in (UploadType.IMAGE, UploadType.VIDEO, UploadType.AUDIO, UploadType.FILE):
        await keep(kind.value, attachments=[InputMediaBuffer(b"what is in it", filename="a.bin", type=kind)])

    done = [
        (await bot.edit_message(sent["text"], text="Café!")).success,
        (await bot.delete_message(sent["looks"])).success,
        (await bot.send_callback(given["pressed"], notification="Done")).success,
    ]
    try:
        await bot.send_message(user_id=1, text="Hi")
        refused = None
    except MaxApiError as error:
        refused = [error.code, error.raw["code"]]

    video = await bot.get_video("vt-1")
    fetched = await bot.get_updates(marker=0, timeout=1)
    read = []
    for update in given["updates"]:
        event = await process_update_webhook(event_json=update, bot=bot)
        if event is None:
            read.append(None)
            continue
        message, callback = getattr(event, "message", None), getattr(event, "callback", None)
        who = callback.user if callback else getattr(event, "user", None) or message.sender
        read.append(
            {
                "what": str(event.update_type.value),
                "who": who.user_id,
                "mid": message.body.mid if message else None,
                "text": message.body.text if message else None,
                "payload": callback.payload if callback else None,
            }
        )
    await bot.close_session()
    print(
        json.dumps(
            {
                "me": [me.user_id, me.username],
                "sent": sent,
                "video": video.urls.mp4_720,
                "fetched": [update["update_type"] for update in fetched["updates"]],
                "read": read,
                "refused": refused,
                "done": done,
            }
        )
    )


asyncio.run(main())
