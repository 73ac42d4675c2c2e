"""Forms of the office as a browser holds them: opened, filled in, posted."""

from tests.attacks.form_data import Form


def form_id(address):
    return f"{address.split('/')[3]}_form"


def open_form(client, address, **query):
    """What the form at this address would post as it stands."""
    page = client.get(address, query)
    assert page.status_code == 200, page.status_code
    return fields_of(page, address)


def fields_of(page, address):
    return Form(page.content.decode(), form_id(address)).fields


def open_list(client, address):
    """What a list that is edited in place would post as it stands."""
    return Form(client.get(address).content.decode(), "changelist-form").fields


def save(client, address, fields, **changes):
    """Press 保存 once."""
    return client.post(address, fields | {"_continue": "1"} | changes)


def keep(client, address, fields, turn=1, **changes):
    """What the browser does every few seconds while somebody writes."""
    autosave = f"/{'/'.join(address.split('/')[1:4])}/autosave/"
    return client.post(autosave, fields | {"form_turn": str(turn)} | changes, headers={"X-Requested-With": "fetch"})
