"""What can begin with what was said in a conversation, as pages show it."""

from uuid import uuid4

from app.service import Looked
from app.web.views import Onward


def onward(conversation: str, looked: Looked) -> tuple[Onward, ...]:
    """The flows that open with what was asked for here; none after a record, or where no talk follows."""
    if looked.opener.to == "self" or looked.opener.closes:
        return ()
    return tuple(
        Onward(f"/c/{conversation}/next/{card.id}", card.door.label, card.door.line, str(uuid4()))
        for card in looked.leads_on
        if card.door is not None
    )
