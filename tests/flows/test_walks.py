"""Random walks: whatever is tapped, typed, skipped, taken back or edited, a turn and a note stand.

The state is written and read between every two turns. `--long` walks two thousand times.
"""

from itertools import pairwise
from random import Random

from app.engine import LENGTHS, TONES, compose
from tests.flows.walking import all_flows, assert_stands, assert_whole, every_note, walk
from tests.flows.world import shipped_flows

MOST_TURNS = 80
MOST_MOVES = 45  # of chance; then the rest is skipped


def test_every_walk_ends_and_its_note_is_whole_at_every_turn(at_length: bool) -> None:
    walks, turns, notes, longest = (2000 if at_length else 150), 0, 0, 0
    flows = [*shipped_flows() * 150, *all_flows()]  # shipped flows more often than the tiny ones
    for seed in range(walks):
        chance = Random(seed)  # noqa: S311  a walk is no secret
        flow = chance.choice(flows)
        places = []
        for n, moved in enumerate(walk(chance, flow, MOST_MOVES)):
            places.append(moved)
            assert_stands(moved.turn)
            lengths = LENGTHS if at_length else (LENGTHS[n % 3],)
            for length in lengths:
                assert_whole(compose(flow, moved.state, length, TONES[n % 4]), flow)
                notes += 1
        for note in every_note(flow, places[-1].state):
            assert_whole(note, flow)
        assert places[-1].turn.finished
        assert len(places) <= MOST_TURNS, (flow.id, seed)
        for before, after in pairwise(places):
            assert after.state.version - before.state.version == (before.state != after.state)
        turns, longest = turns + len(places), max(longest, len(places))
        notes += 12
    print(f"\n{walks} walks, {turns} turns, {notes} notes; the longest walk has {longest} turns")  # noqa: T201
