"""amocrm-api reads the double page by page, makes, changes, and is refused."""

import amocrm.v2 as amo
from amocrm.v2 import exceptions, tokens
from led import DOUBLE, lead, told

lead()
storage = tokens.MemoryTokensStorage()
storage.save_tokens(DOUBLE["accessToken"], "")
manager = tokens.default_token_manager
credentials = DOUBLE["credentials"]
subdomain = DOUBLE["host"].split(".")[0]
manager(credentials["clientId"], credentials["clientSecret"], subdomain, "https://konvert.example", storage)
# It reads the end of a token by itself, and that of the double has none.
manager.get_access_token = storage.get_access_token

everybody = list(amo.Contact.objects.all())
assert len(everybody) == 260 and len({one.id for one in everybody}) == 260, len(everybody)
told("two pages of contacts")

(found,) = amo.Contact.objects.filter(query="9991000007")
assert found.name == "Client 7" and str(found.responsible_user.id) == DOUBLE["userId"]
told("a search, and the user it leads to")

pipeline = next(iter(amo.Pipeline.objects.all()))
assert [stage.id for stage in pipeline.statuses][-2:] == [142, 143]
told("pipelines with their stages")

made = amo.Lead(name="By amocrm-api", pipeline=pipeline)
made.save()
again = amo.Lead.objects.get(object_id=made.id)
assert again.name == "By amocrm-api" and again.pipeline.id == pipeline.id
again.name = "Changed"
again.save()
assert amo.Lead.objects.get(object_id=made.id).name == "Changed"
told("a lead that is made, read and changed")

try:
    amo.Contact.objects.get(object_id=999_999_999)
    raise AssertionError("a contact that is not there was found")
except exceptions.NotFound:
    told("204 for what is not there")

storage.save_tokens("another", "")
try:
    list(amo.Contact.objects.all())
    raise AssertionError("another token was taken")
except exceptions.UnAuthorizedException:
    told("401")
