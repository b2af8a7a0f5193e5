"""What unclear words turn out to mean opens the page of their kind, not the first of the route."""

from app.engine import Answer, advance, begin, hear
from tests.flows.world import shipped_flows

CONNECTION = next(flow for flow in shipped_flows() if flow.id == "connection")


def test_a_yes_opens_the_page_of_the_kind_that_was_heard() -> None:
    heard = hear(CONNECTION.shared.net, "she says i am not like the other clients")
    assert heard.strongest
    assert (heard.strongest.certainty, heard.strongest.page) == ("unclear", "romance")
    begun = begin(CONNECTION)
    assert begun.turn.question
    asked = advance(CONNECTION, begun.state, Answer(begun.turn.question.id, text=heard))
    assert asked.turn.question
    opened = advance(CONNECTION, asked.state, Answer(asked.turn.question.id, values=("they_did",)))
    shown = [message.text for message in opened.turn.messages if message.speaker == "bot"]
    assert shown == list(CONNECTION.shared.safety.page("misconduct", "romance").says)
