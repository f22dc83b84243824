"""Bitrix24's own client for Python reads the double list by list and in batches, and is refused."""

from b24pysdk import BitrixAppLocal, BitrixTokenLocal
from b24pysdk.errors import BitrixAPIError
from led import DOUBLE, lead, told

lead()
credentials = DOUBLE["credentials"]
app = BitrixAppLocal(
    domain=DOUBLE["host"], client_id=credentials["clientId"], client_secret=credentials["clientSecret"]
)


def token(text: str) -> BitrixTokenLocal:
    return BitrixTokenLocal(auth_token=text, bitrix_app=app)


portal = token(DOUBLE["accessToken"])
client = portal.get_client()
CONTACT = 3

everybody = list(client.crm.item.list(entity_type_id=CONTACT, select=["id"]).as_list().result)
assert len(everybody) == 260 and len({one["id"] for one in everybody}) == 260, len(everybody)
told("six pages of contacts")

made = client.crm.item.add(entity_type_id=CONTACT, fields={"name": "Dana", "originId": "t1"}).result["item"]
read = client.crm.item.get(bitrix_id=made["id"], entity_type_id=CONTACT).result["item"]
assert read["name"] == "Dana" and read["originId"] == "t1"
told("a contact that is made and read")

calls = {
    "c": ("crm.item.get", {"entityTypeId": CONTACT, "id": made["id"]}),
    "u": ("user.get", {"ID": DOUBLE["userId"]}),
}
batch = portal.call_batch(calls)["result"]
assert batch["result"]["c"]["item"]["id"] == made["id"] and batch["result"]["u"][0]["ID"] == DOUBLE["userId"], batch
told("a batch")

for text, ask, status in (
    (DOUBLE["accessToken"], lambda: client.crm.item.get(bitrix_id=999_999_999, entity_type_id=CONTACT).result, 400),
    ("another", lambda: token("another").get_client().crm.item.list(entity_type_id=CONTACT).result, 401),
):
    try:
        ask()
        raise AssertionError(f"no {status}")
    except BitrixAPIError as error:
        assert error.status_code == status, (error.status_code, error)
        told(str(status))
