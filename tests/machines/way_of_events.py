"""The way of an event, step by step, with the product's own rules in it; a crash may come between any two steps."""
from collections.abc import Callable
from dataclasses import dataclass

from shared.messaging import helping, order
from shared.messaging.helping import Place
from shared.messaging.order import Turn, Verdict
from tests.machines.model import KEYS, PLACES, Broker, Key, Owner, Reader, Session, Told

BATCH = 3
CRASH, OK, FAILS, NEVER = range(4)
"""What comes of handling an event: nothing is committed, it is applied, it fails for now, it will never be right."""


def oldest_pending(owner: Owner, sent: set[int]) -> list[Told]:
    return [owner.log[i] for i in sorted(owner.pending)]


def sighted(reader: Reader, told: Told) -> bool:
    return told.id not in reader.inbox


@dataclass(frozen=True)
class Rules:
    """The product's, each to be exchanged for a broken one."""

    verdict: Callable[..., Verdict] = order.verdict
    turn: Callable[..., Turn] = order.turn
    helped: Callable[..., helping.Helped] = helping.helped
    oldest: Callable[[Owner, set[int]], list[Told]] = oldest_pending
    news: Callable[[Reader, Told], bool] = sighted
    fills_a_new_broker: bool = True
    offset_first: bool = False
    forgets_before_the_answer: bool = False
    forgets_for_a_broker_that_is_gone: bool = False
    what_waited_is_looked_for: bool = True


class World:
    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.owner, self.broker, self.reader = Owner(), Broker(), Reader()
        self.session: Session | None = None
        self.zombie: Session | None = None
        self.sent: set[int] = set()
        self.shut: helping.Shut = {}
        self.now = 0.0

    # the owner

    def write(self, n: int) -> None:
        self.owner.write(KEYS[n % len(KEYS)])

    def commit(self, n: int) -> None:
        if self.owner.open:
            self.owner.end(n % len(self.owner.open), commits=True)

    def roll_back(self, n: int) -> None:
        if self.owner.open:
            self.owner.end(n % len(self.owner.open), commits=False)

    # the relay: looks, offers place by place, and forgets what was taken

    def look(self, _: int) -> None:
        if self.session is not None:
            return
        if self.broker.epoch not in self.owner.filled:
            self.owner.fill_again(self.broker.epoch, everything=self.rules.fills_a_new_broker)
        self.shut = helping.still_shut(self.shut, self.now)
        rows = [t for t in self.rules.oldest(self.owner, self.sent) if (t["topic"], t["council"]) not in self.shut]
        self.session = Session(self.broker.epoch, helping.by_place(rows[:BATCH]))
        if self.rules.forgets_before_the_answer:
            self.owner.pending -= {told.id for told in rows[:BATCH]}

    def offer(self, n: int) -> None:
        self.offer_of(self.session, n)

    def offer_of(self, session: Session | None, n: int) -> None:
        open_places = [place for place in session.places if place not in session.answers] if session else []
        if not session or not open_places:
            return
        which, fate = divmod(n, 4)
        place = open_places[which % len(open_places)]
        rows = session.places[place]
        rows = rows[:1] if fate == 3 else rows  # no more went into one batch
        if fate != 0:  # 0: it never arrived
            self.broker.logs[place] += rows
        session.answers[place] = [row.id for row in rows] if fate in (1, 3) else TimeoutError()  # 2: the answer was lost

    def forget(self, _: int) -> None:
        if self.session and self.forget_of(self.session):
            self.session = None

    def forget_of(self, session: Session) -> bool:
        if len(session.answers) < len(session.places):
            return False
        came = self.rules.helped(session.places, session.answers, self.now)
        if session.epoch == self.owner.filled[-1] or self.rules.forgets_for_a_broker_that_is_gone:
            self.owner.pending -= set(came.taken)
        self.sent |= set(came.taken)
        self.shut |= came.shut
        return True

    def relay_works(self, _: int) -> None:
        """One helping without trouble."""
        self.look(0)
        for _ in PLACES:
            self.offer(1)
        self.forget(0)

    def relay_dies(self, _: int) -> None:
        self.session = None

    def relay_sleeps(self, _: int) -> None:
        """It lost the lead without knowing: another one leads, and it may wake up yet."""
        if self.session is not None:
            self.zombie, self.session = self.session, None

    def zombie_wakes(self, n: int) -> None:
        self.offer_of(self.zombie, n)
        if self.zombie and self.forget_of(self.zombie):
            self.zombie = None

    # the broker

    def broker_is_lost(self, _: int) -> None:
        """All it had, and what readers had told it. Readers begin again in a group of the new one; so does the relay."""
        self.broker = Broker(self.broker.epoch + 1)
        self.reader.position, self.reader.committed = dict.fromkeys(PLACES, 0), dict.fromkeys(PLACES, 0)
        self.session = None

    def repeat(self, n: int) -> None:
        which, of = divmod(n, len(PLACES))
        log = self.broker.logs[PLACES[of]]
        if log:
            log.append(log[which % len(log)])

    def swap(self, n: int) -> None:
        """Two not yet read come in the wrong order."""
        places = self.unread(2)
        if places:
            place = places[n % len(places)]
            log, at = self.broker.logs[place], self.reader.position[place]
            log[at], log[at + 1] = log[at + 1], log[at]

    def unread(self, at_least: int = 1) -> list[Place]:
        return [place for place in PLACES if len(self.broker.logs[place]) >= self.reader.position[place] + at_least]

    # the reader

    def take(self, n: int) -> None:
        places = self.unread()
        if places:
            of, fate = divmod(n, 4)
            self.take_from(places[of % len(places)], fate)

    def take_from(self, place: Place, fate: int) -> None:
        told = self.broker.logs[place][self.reader.position[place]]
        if self.rules.offset_first:
            self.reader.committed[place] = self.reader.position[place] + 1
        if fate == CRASH:
            return self.reader_dies(0)
        self.handle(told, fate)
        self.reader.position[place] += 1

    def reader_works(self, _: int) -> None:
        """All there is, without trouble."""
        for of, place in enumerate(PLACES):
            while place in self.unread():
                self.take_from(place, OK)
            self.note(of)

    def handle(self, told: Told, fate: int) -> None:
        """One transaction, as `Hearing` has it."""
        reader, key = self.reader, told.key
        if not self.rules.news(reader, told):
            return
        reader.inbox.add(told.id)
        match self.rules.verdict(reader.of(key), 1, told.version, told.carries):
            case Verdict.NEWS if fate == OK:
                assert not reader.of(key).parked, "applied past a parked one"
                reader.apply(told)
            case Verdict.NEWS:
                reader.park(told, waits=fate == FAILS)
                if fate == FAILS or told.carries == "occurrence":
                    reader.mark(key, parked=True)
            case Verdict.BEHIND:
                reader.park(told, due=True)
            case Verdict.EARLY:
                reader.park(told, gap=True)
                reader.mark(key, parked=True)

    def note(self, n: int) -> None:
        place = PLACES[n % len(PLACES)]
        self.reader.committed[place] = self.reader.position[place]

    def reader_dies(self, _: int) -> None:
        self.reader.position = dict(self.reader.committed)

    def drain(self, n: int) -> None:
        of, fate = divmod(n, 4)
        if due := [key for key in KEYS if self.is_due(key)]:
            self.drain_key(due[of % len(due)], fate)  # and it may end here, before the next of the key

    def is_due(self, key: Key) -> bool:
        due = self.reader.is_due(key)
        return due and (self.rules.what_waited_is_looked_for or not self.reader.waiting(key)[0].gap)

    def drain_key(self, key: Key, fate: int) -> bool:
        """True when its first letter went its way. As `parking.drain_one` has it."""
        reader, waiting = self.reader, self.reader.waiting(key)
        if not waiting or fate == CRASH:
            return False
        letter, held = waiting[0], reader.of(key)
        told = letter.told
        match self.rules.turn(held, 1, told.version, told.carries, gap=letter.gap, to_be_tried=letter.due):
            case Turn.WAITS_FOR_A_PERSON:
                return False
            case Turn.NOT_YET:
                letter.gap, letter.due = True, False
                return False
        if fate == OK or told.version <= held.version:
            if told.version > held.version:
                reader.apply(told)
            reader.unpark(letter)
            return True
        letter.due, letter.gap, letter.waits = False, False, fate == FAILS
        if fate == NEVER and told.carries == "state":
            reader.mark(key, parked=False)
        return False

    def time_passes(self, _: int) -> None:
        self.now += 2.0
        for letter in self.reader.parked:
            letter.due, letter.waits = letter.due or letter.waits, False

    def person_retries(self, n: int) -> None:
        if self.reader.parked:
            letter = self.reader.parked[n % len(self.reader.parked)]
            letter.due = True
            if letter.gap:
                self.reader.told_to_go_on.add(letter.told.key)

    # what is judged

    def judge(self) -> None:
        ids = [told.id for told in self.reader.applied]
        assert len(ids) == len(set(ids)), "applied twice"
        assert not set(ids) & {letter.told.id for letter in self.reader.parked}, "applied, and still set aside"
        last: dict[Key, int] = {}
        for told in self.reader.applied:
            before = last.get(told.key, 0)
            assert told.version > before, "applied in the wrong order"
            if told.carries == "occurrence" and told.key not in self.reader.told_to_go_on:
                assert told.version == before + 1, "one was left out"
            last[told.key] = told.version

    def settle(self) -> None:
        """No more faults: all goes its way."""
        while self.owner.open:
            self.commit(0)
        self.session, self.now = None, self.now + 10
        for _ in range(len(self.owner.log) + 5):
            self.relay_works(0)
        self.reader_works(0)
        self.time_passes(0)
        self.drain_all()

    def drain_all(self) -> None:
        for key in KEYS:
            while self.is_due(key) and self.drain_key(key, OK):
                pass

    def judge_at_rest(self) -> None:
        """Settled: nothing is lost, nothing is stuck, and a person can bring what was set aside to its end."""
        self.settle()
        self.judge()
        seen = {told.id for told in self.reader.applied} | {letter.told.id for letter in self.reader.parked}
        for told in self.owner.log.values():
            if told.key in self.reader.told_to_go_on and told.carries == "occurrence":
                continue
            newest = self.owner.versions[told.key] == told.version
            assert told.id in seen or (told.carries == "state" and not newest), "lost"
        first = [waiting[0] for key in KEYS if (waiting := self.reader.waiting(key))]
        assert not [letter for letter in first if letter.gap], "it waits for one that will never come"
        for letter in self.reader.parked:
            letter.due = True
        self.drain_all()
        self.judge()
        assert not self.reader.parked, "what a person tries again stays set aside"
        before = list(self.reader.applied)
        self.reader.position = dict.fromkeys(PLACES, 0)
        self.settle()
        self.broker_is_lost(0)
        self.settle()
        assert self.reader.applied == before, "a replay was not silent"


STEPS = (
    World.write, World.commit, World.roll_back, World.look, World.offer, World.forget, World.relay_works, World.relay_dies,
    World.relay_sleeps, World.zombie_wakes, World.broker_is_lost, World.repeat, World.swap, World.take, World.note,
    World.reader_works, World.reader_dies, World.drain, World.time_passes, World.person_retries,
)
