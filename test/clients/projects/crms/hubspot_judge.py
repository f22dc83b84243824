"""HubSpot's own client for Python reads the double page by page, in batches, and is refused."""

import hubspot
from hubspot.crm.contacts import ApiException, BatchReadInputSimplePublicObjectId, SimplePublicObjectId, SimplePublicObjectInputForCreate
from led import DOUBLE, told

client = hubspot.Client.create(access_token=DOUBLE["accessToken"], host=DOUBLE["url"])
contacts = client.crm.contacts

# As the connector asks what changed: in the order of ids, each page behind the last one.
everybody, after = [], "0"
while after is not None:
    behind = [{"propertyName": "hs_object_id", "operator": "GT", "value": "0"}]
    page = contacts.search_api.do_search(
        {
            "filterGroups": [{"filters": behind}],
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            "properties": ["phone"],
            "limit": 100,
            "after": after,
        }
    )
    everybody += page.results
    after = page.paging.next.after if page.paging and page.paging.next else None
assert page.total == 260
assert len(everybody) == 260 and len({one.id for one in everybody}) == 260, len(everybody)
told("three pages of contacts")

(owner,) = client.crm.owners.owners_api.get_page(limit=100, archived=False).results
assert owner.id == DOUBLE["userId"] and owner.first_name == "Anna"
told("owners")

made = contacts.basic_api.create(SimplePublicObjectInputForCreate(properties={"firstname": "Dana"}, associations=[]))
read = contacts.batch_api.read(
    BatchReadInputSimplePublicObjectId(
        properties=["firstname"],
        properties_with_history=[],
        inputs=[SimplePublicObjectId(id=one) for one in (made.id, everybody[0].id)],
    )
)
assert {one.id for one in read.results} == {made.id, everybody[0].id}
assert made.properties["firstname"] == "Dana" and made.created_at is not None
told("a contact that is made, and a batch")

pipelines = client.crm.pipelines.pipelines_api.get_all("deals").results
assert any(stage.id == "closedwon" for one in pipelines for stage in one.stages)
told("pipelines with their stages")

for token, ask, status in (
    (DOUBLE["accessToken"], lambda api: api.basic_api.get_by_id("999999999"), 404),
    ("another", lambda api: api.basic_api.get_page(limit=1), 401),
):
    try:
        ask(hubspot.Client.create(access_token=token, host=DOUBLE["url"]).crm.contacts)
        raise AssertionError(f"no {status}")
    except ApiException as error:
        assert error.status == status, error
        told(str(status))
