"""What somebody does who has nothing of ours but the served description, and a client that a generator made of it."""

import json
import os
import time
from pathlib import Path

import httpx
from judge import Judge
from konvert_client import AuthenticatedClient, models
from konvert_client.api.accounts import create_account
from konvert_client.api.channels import connect_channel, list_channels
from konvert_client.api.chats import get_chat, list_chats, list_messages
from konvert_client.api.contacts import get_contact, push_contacts
from konvert_client.api.messages import send_message
from konvert_client.api.users import get_user, list_users, push_users

KONVERT, MESSENGER = os.environ["KONVERT"], os.environ["MESSENGER"]
judge = Judge(json.loads(Path("openapi.json").read_text()))


def client_of(key: str) -> AuthenticatedClient:
    hooks = {"event_hooks": {"response": [judge]}}
    return AuthenticatedClient(base_url=KONVERT, token=key, httpx_args=hooks, raise_on_unexpected_status=True)


def until(ask):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if found := ask():
            return found
        time.sleep(0.05)
    raise TimeoutError("Nothing came")


operator = client_of(os.environ["OPERATOR_KEY"])
account = create_account.sync(client=operator, body=models.NewAccount(name="Doors & More"))
assert isinstance(account, models.CreatedAccount), account
crm = client_of(account.api_key)

credentials = models.TelegramCredentials(bot_token=os.environ["BOT_TOKEN"], api_base_url=MESSENGER)
wanted = models.NewTelegramChannel(transport="telegram", name="Our bot", credentials=credentials)
channel = connect_channel.sync(client=crm, body=wanted)
assert isinstance(channel, models.ConnectedChannel), channel
assert [one.channel_id for one in list_channels.sync(client=crm)] == [channel.channel_id]

assert push_users.sync_detailed(client=crm, body=[models.User(id="17", name="Ivan")]).status_code == 200
assert [one.name for one in list_users.sync(client=crm)] == ["Ivan"]
address = models.NewContactAddress(chat_type=models.ChatType.TELEGRAM, chat_id="1004")
dan = models.NewContact(id="dan", name="Dan", responsible_user_id="17", contact_data=[address])
assert push_contacts.sync_detailed(client=crm, body=[dan]).status_code == 200
kept = get_contact.sync("dan", client=crm)
assert kept.responsible_user_id == "17" and kept.contact_data[0].phone is None, kept

written = httpx.post(f"{MESSENGER}/write", json={"client": "dan", "text": "Is it green?"})
assert written.status_code == 200, written.text
chat = until(lambda: list_chats.sync(client=crm).chats)[0]
assert chat.unanswered and chat.unanswered_count == 1 and chat.contact_id == "dan", chat
where = {"channel_id": channel.channel_id, "chat_type": chat.chat_type, "chat_id": chat.chat_id}

history = list_messages.sync(**where, client=crm)
assert [(line.text, line.is_echo, line.status) for line in history.messages] == [("Is it green?", False, "inbound")]
reply = models.NewMessage(**where, text="It is, from Python.", seen_up_to=history.seen_up_to)
sent = send_message.sync(client=crm, body=reply)
assert isinstance(sent, models.SentMessage), sent


def is_sent() -> bool:
    lines = list_messages.sync(**where, client=crm, limit=5).messages
    return any(line.message_id == sent.message_id and line.status == "sent" for line in lines)


until(is_sent)
assert not get_chat.sync(**where, client=crm).unanswered
assert "It is, from Python." in httpx.get(f"{MESSENGER}/messages").text

refused = send_message.sync(client=crm, body=models.NewMessage(**{**where, "channel_id": "x"}, text="Lost"))
assert (refused.status, refused.error, len(refused.request_id)) == (400, "CHANNEL_NOT_FOUND", 32), refused
unknown = get_user.sync("nobody", client=crm)
assert unknown.error == "USER_NOT_FOUND" and unknown.description, unknown
stranger = list_users.sync(client=client_of("wrong"))
assert stranger.error == "UNAUTHORIZED", stranger

print(f"{len(judge.judged)} answers of {len({one for one, _ in judge.judged})} operations are as they are described")
