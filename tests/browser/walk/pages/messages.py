"""Writing to the people on a date, and telling them how to join it."""


def pages(world):
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    message = {state: {"message_id": one.id} for state, one in world.messages.items()}
    opens = {"date_id": world.open.id}
    yield "messages", "draft and sent", opens
    yield "messages", "none", {"date_id": world.closed.id}
    yield "messages", "instructions sent", date["told how to join"]
    yield "messages", "without a link", date["without a link"]
    yield "messages", "postponed", {"date_id": world.postponed.id}
    yield "messages", "over", {"date_id": world.past.id}
    yield "new_message", "asked and pressed", opens
    yield "new_message", "to who waits", {"date_id": world.full.id, "to": "waiting"}
    for state, address in message.items():
        yield "message", state, address
    yield "message", "as the second person reads it", {**message["draft"], "person": 2}
    yield "change_message", "draft and pressed", message["draft"]
    yield "change_message", "sent already", message["just sent"]
    yield "joining_instructions", "before", opens
    yield "joining_instructions", "after", date["told how to join"]
    yield "joining_instructions", "without a link", date["without a link"]
    yield "joining_instructions", "nobody", {"date_id": world.closed.id}
    yield "joining_instructions", "over", {"date_id": world.past.id}
