"""Speaks to Konvert as the public client wazzup-pysdk does, and reads the events that Konvert sends.

Gets {"calls": {base, key, channel, chat, hook}} or {"events": [body, ...]} on standard input, and prints
{name: "" or what went wrong} on standard output.
"""

import asyncio
import json
import sys
import traceback

from wazzup_client import WazzupAPIError, WazzupClient, WazzupPublicClient, paginate_async
from wazzup_client.public.schemas import IFrameResponse, MessageSendResponse, UnansweredResponse
from wazzup_client.webhook_events import parse_webhook_payload

given = json.load(sys.stdin)
found = {}


def check(is_right, what):
    if not is_right:
        raise AssertionError(what)


async def step(name, act):
    """Notes what went wrong. Its retries are left on: a 5xx would be asked again and told."""
    try:
        found[name] = ""
        return await act()
    except Exception:
        found[name] = traceback.format_exc(limit=-2)


async def calls(base, key, channel, chat, hook):
    client = WazzupClient(key, public_base_url=base, timeout=10)
    public = WazzupPublicClient(base, key, max_retries=1)
    users = [{"id": "17", "name": "Olga"}, {"id": "18", "name": "Ivan", "phone": "79001112233"}]
    address = {"chatType": "telegram", "chatId": chat}
    contact = {"id": "c/1", "responsibleUserId": "17", "name": "Anna", "contactData": [address]}
    deal = {"id": "9", "responsibleUserId": "17", "name": "Doors", "contacts": ["c-2"], "uri": "https://crm.example/9"}
    send = {"channelId": channel, "chatType": "telegram", "chatId": chat}
    sent = {}

    async def push_users():
        await client.users.create_many(users)
        await client.users.create(user_id="19", name="Maria")
        listed = await client.users.list()
        check([one.id for one in listed] == ["18", "19", "17"], listed.raw)
        check((await client.users.get("18")).phone == "79001112233", "the phone")
        check((await client.users.get("17")).phone is None, "no phone")

    async def push_pipelines():
        stages = [{"id": "10", "name": "New"}]
        await public.post_pipelines([{"id": "1", "name": "Sales", "stages": stages}, {"id": "2", "name": "Other"}])
        await client.pipelines.create(pipeline_id="3", name="Third", stages=stages)
        check([one.stages is None for one in await client.pipelines.list()] == [False, True, False], "the stages")

    async def push_contacts():
        await public.create_contact({**contact, "id": "c-2"})
        await client.contacts.create(
            contact_id="c-1", responsible_user_id="17", name="Boris",
            contact_data=[{"chatType": "telegram", "username": "boris"}, {"chatType": "max", "phone": "79001112233"}],
        )
        check((await client.contacts.list()).raw["count"] == 2, "the count")
        check((await client.contacts.get("c-2")).contactData[0].chatId == chat, "the address")
        await public.create_contacts([{**contact, "id": str(index)} for index in range(100)])
        await public.create_contacts([{**contact, "id": str(index)} for index in range(100, 150)])
        pages = [one async for one in paginate_async(public.get_contacts)]
        check(len(pages) == 152, len(pages))
        check(await public.bulk_delete_contacts([str(index) for index in range(100)]) == [], "deleted")
        check(await public.bulk_delete_contacts(["100", "none"]) == ["none"], "one was unknown")
        await client.contacts.delete("101")

    async def push_deals():
        await public.post_deals([deal, {**deal, "id": "10", "closed": True}])
        listed = await client.deals.list()
        check([one.closed for one in listed] == [True, False], listed.raw)
        check((await client.deals.get("9")).uri == "https://crm.example/9", "the address")
        await client.deals.delete("10")
        check(await public.bulk_delete_deals(["none"]) == ["none"], "one was unknown")

    async def webhooks():
        subscriptions = {
            name: True
            for name in ("messagesAndStatuses", "contactsAndDealsCreation", "channelsUpdates", "templateStatus")
        }
        await client.webhooks.ensure(uri=hook, subscriptions=subscriptions)
        settings = await client.webhooks.settings()
        check(str(settings.webhooksUri) == hook, settings)
        check(settings.subscriptions.templateStatus is True, settings)

    async def window():
        wanted = {"user": {"id": "17", "name": "Olga"}, "scope": "card", "filter": [{**address, "name": "Anna"}],
                  "activeChat": {"channelId": channel, **address}, "options": {"useDealsEvents": True}}
        IFrameResponse.model_validate(await public.generate_iframe_link(wanted))
        IFrameResponse.model_validate(await public.generate_iframe_link({**wanted, "scope": "global"}))

    async def messages():
        answer = MessageSendResponse.model_validate(
            await public.send_message({**send, "text": "Hello", "crmUserId": "17", "crmMessageId": "m-1"})
        )
        sent["id"] = answer.messageId
        check(answer.chatId == chat, answer)
        buttons = {"replyMarkup": "inline", "buttons": [[{"text": "Yes", "callbackData": "y"}]]}
        MessageSendResponse.model_validate(await public.send_message({**send, "text": "Choose", "buttonsObject": buttons}))
        check([one.state for one in await client.channels.list()] == ["active", "active"], "the channels")

    async def counter():
        UnansweredResponse.model_validate(await public.get_unanswered("17"))

    async def refused(act, status, error, category):
        try:
            await act
        except WazzupAPIError as raised:
            told = (raised.status_code, raised.error, raised.category)
            check(told == (status, error, category), told)
            check(raised.description, "it says nothing")
            return
        raise AssertionError("it was not refused")

    async def refusals():
        await refused(public.send_message({**send, "text": "Hello", "crmMessageId": "m-1"}), 400,
                      "REPEATED_CRM_MESSAGE_ID", "conflict")
        await refused(public.send_message({**send, "chatType": "vk", "text": "Hello"}), 400, "WRONG_TRANSPORT", "transport")
        await refused(public.send_message({**send, "channelId": "none", "text": "Hello"}), 400, "CHANNEL_NOT_FOUND", "channel")
        await refused(public.get_contact("none"), 404, "CONTACT_NOT_FOUND", "unknown")
        await refused(public.post_users([]), 400, "INVALID_USERS_DATA", "validation")
        await refused(public._request("POST", "/v3/contacts", json=[{}]), 400, "INVALID_CONTACTS_DATA", "validation")
        await refused(public.patch_webhooks({"webhooksUri": "none"}), 400, "uriNotValid", "unknown")

    for act in (push_users, push_pipelines, push_contacts, push_deals, webhooks, window, messages, counter, refusals):
        await step(act.__name__, act)
    await client.close()
    await public.close()


async def main():
    if "calls" in given:
        await calls(**given["calls"])
    for index, body in enumerate(given.get("events", [])):
        async def parse():
            check(parse_webhook_payload(body).is_typed or body == {"test": True}, "it is no event")
        await step(f"{index} {json.dumps(body)}", parse)


asyncio.run(main())
json.dump(found, sys.stdout)
