"""Words of danger, typed at any place of any flow, come first; words explained once never ask again."""

from app.engine import Answer, Flow, Moved, advance, begin, change, hear, replay
from app.engine.nets import ROUTES
from app.flows.diagnostics import Diagnostics
from app.flows.library import read_folder
from app.flows.shared_grammar import NetFile
from app.flows.sharing import fit_shared
from tests.flows.walking import DANGERS, all_flows, places
from tests.flows.world import FLOWS


def test_a_danger_typed_anywhere_opens_its_page_next_and_leads_on() -> None:
    """Every place where a conversation waits, safety questions too, and every earlier answer."""
    for route, words in DANGERS.items():
        everywhere = set()
        for number, flow in enumerate(all_flows()):
            here = {assert_stops(flow, place, route, words) for place in places(number)}
            assert not here or here - {"open already"}, (flow.title, route)
            everywhere |= here
        assert everywhere == {"open already", "stopped", "went on"}, route


def assert_stops(flow: Flow, place: Moved, route: str, words: str) -> str:
    """These words, typed here, open the page of their route, once; after it the talk goes on. Tells how
    far it came: "open already", "stopped", or "went on" as after harmless words."""
    asked = place.turn.question
    assert asked is not None
    told = any(key.startswith(f"safety/{route}|") for key in place.state.meanings)
    heard = hear(flow.shared.net, f"It is so: {words}")
    assert heard.strongest is not None
    assert (heard.strongest.route, heard.strongest.certainty) == (route, "explicit")
    after = advance(flow, place.state, Answer(asked.id, text=heard))
    if told or asked.id == f"safety/{route}":  # it was answered before, or stands open
        return "open already"
    page = place.turn.support.route
    if page in ROUTES and ROUTES.index(page) < ROUTES.index(route):  # the page of the worse stays open
        assert after_check(after) == asked.id
        after = advance(flow, after.state, Answer(asked.id, skipped=True))
    question = after.turn.question
    assert question is not None
    assert question.id == f"safety/{route}", (flow.title, asked.id)
    assert (after.turn.support.shown, after.turn.support.route) == (True, route)
    on = advance(flow, after.state, Answer(question.id, skipped=True))
    harmless = advance(flow, place.state, Answer(asked.id, text=hear(flow.shared.net, "It is so: a hat")))
    told_again = on.turn.question and on.turn.question.id == "safety/tell_them"
    # After misconduct the steps towards a note for the therapist are passed by.
    passed_by = route == "misconduct" and after_check(on) != after_check(harmless)
    goes_on = not told_again and not passed_by and (asked.kind != "choose" or asked.own_words)
    if goes_on:
        assert after_check(on) == after_check(harmless), (flow.title, asked.id)
    if on.turn.question and not on.turn.question.id.startswith("safety/"):
        again = advance(flow, on.state, Answer(on.turn.question.id, text=heard))
        assert not again.turn.support.route, (flow.title, asked.id)
    return "went on" if goes_on else "stopped"


def after_check(moved: Moved) -> str | None:
    """The question that is asked."""
    return moved.turn.question.id if moved.turn.question else None


def test_a_danger_in_an_edit_opens_its_page_next() -> None:
    for number, flow in enumerate(all_flows()):
        heard = hear(flow.shared.net, "my brother says he beats me up at home")
        assert heard.strongest is not None
        assert (heard.strongest.route, heard.strongest.certainty) == ("danger", "explicit")
        asked_after_an_answer, edited = 0, 0
        for place in places(number):
            for key in replay(flow, place.state).counted[:1]:
                asked_after_an_answer += 1
                if "danger" not in str(place.state.meanings):
                    after = change(flow, place.state, Answer(key, text=heard))
                    assert after.turn.support.route == "danger", (flow.title, key)
                    edited += 1
        assert bool(edited) == bool(asked_after_an_answer), flow.title


UNCLEAR = ("I can't do this anymore", "So, I really can't do this anymore", "i CAN’T do this ANYMORE!!")


def test_words_explained_once_are_not_asked_about_again_anywhere() -> None:
    for flow in all_flows():
        start = begin(flow)
        if start.turn.question is None:
            continue
        heard = hear(flow.shared.net, UNCLEAR[0])
        assert heard.strongest is not None
        assert heard.strongest.certainty == "unclear"
        asked = advance(flow, start.state, Answer(start.turn.question.id, text=heard))
        check = asked.turn.question
        assert check is not None
        assert check.id == "safety/life_or_therapy", flow.title
        settled = advance(flow, asked.state, Answer(check.id, ("neither",)))
        for _ in range(12):
            now = settled.turn.question
            if now is None:
                break
            assert not now.id.startswith("safety/"), flow.title
            for words in UNCLEAR:
                again = advance(flow, settled.state, Answer(now.id, text=hear(flow.shared.net, words)))
                assert not (after_check(again) or "").startswith("safety/"), (flow.title, now.id)
            settled = advance(flow, settled.state, Answer(now.id, skipped=True))


def test_each_shipped_word_of_danger_stops_at_the_first_question() -> None:
    """The authors' own examples of every family, explicit and unclear, as they are shipped."""
    flow = all_flows()[0]
    start = begin(flow)
    assert start.turn.question is not None
    net = fit_shared(NetFile, "safety.en.yaml", read_folder(FLOWS), Diagnostics(), "families")
    assert net is not None
    sentences = [str(sentence) for family in net.families.values() for sentence in family.examples.yes]
    assert len(sentences) > 100
    for sentence in sentences:
        heard = hear(flow.shared.net, sentence)
        assert heard.strongest is not None, sentence
        after = advance(flow, start.state, Answer(start.turn.question.id, text=heard))
        assert (after_check(after) or "").startswith("safety/"), sentence
        if heard.strongest.certainty == "explicit":
            assert after.turn.support.route == heard.strongest.route, sentence
