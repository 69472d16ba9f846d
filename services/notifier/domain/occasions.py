"""When each message is sent, how often at most, and when it no longer goes: for those who want to know what people are told.

The rules themselves are in the use cases; a test keeps this list whole.
"""
from collections.abc import Mapping
from dataclasses import dataclass

from services.notifier.domain.leaflets import LEAFLETS


@dataclass(frozen=True, slots=True)
class Occasion:
    """Sentences for a table, without a full stop."""

    when: str
    at_most: str
    no_longer: str
    """What drops it while nobody has it yet."""


A_MONTH = "a month passed"
A_TURN = "once for each ask to meet"
A_PLAN = "once for each change of the plan"
A_NEW_LIST = "the first list for a plan, or the first after the plan changed,"
A_CHANGE = "once for each change"
ENDED = "the ask ended another way"
A_MEETING = "once for each time and place of a meeting"
MEETING_OVER = "it was moved or called off, did not suit one of them, or its time came"
AN_OFFER = "once for each offer"
OFFER_OVER = "it was taken back or changed, or the time to answer passed"
ANOTHER = "another offer was made"
NEWER = "the plan changed, paused or closed"

OCCASIONS: Mapping[str, Occasion] = {
    "people_to_look_at": Occasion(f"{A_NEW_LIST} has somebody who fits or nearly fits", A_PLAN, NEWER),
    "nobody_fits_yet": Occasion(f"{A_NEW_LIST} has nobody who fits or nearly fits", A_PLAN, NEWER),
    "list_changed": Occasion("PAs or the rules changed who is on the list",
                             "once a day for each plan: what changes later is gathered for the next day", NEWER),
    "somebody_would_like_to_meet_you": Occasion("a person asks to meet them", A_TURN,
                                                "the time to answer passed, or the ask ended"),
    "asked_again": Occasion("two days before the time to answer is over (four, for letters), if the ask reached them",
                            A_TURN, "they answered, or the ask ended"),
    "we_did_not_understand": Occasion("their answer was not clear", "once for each ask; after that a person rings", ENDED),
    "you_said_yes": Occasion("they said yes", A_TURN, "nothing"),
    "they_said_yes": Occasion("the PA said yes", A_TURN, "nothing"),
    "they_said_no": Occasion("the PA said no", A_TURN, "nothing"),
    "no_answer": Occasion("the time to answer passed; a PA is told only if the ask had reached them", A_TURN, "nothing"),
    "meeting_arranged": Occasion("a day and place to meet are put down", A_MEETING, MEETING_OVER),
    "meeting_moved": Occasion("it is given another day or place, and they had been told of the first", A_CHANGE,
                              MEETING_OVER),
    "meeting_soon": Occasion("it is the day before the meeting (four days for letters), and they were told earlier", A_MEETING,
                             MEETING_OVER),
    "meeting_does_not_suit": Occasion("the other of the two said that it does not suit them", A_MEETING,
                                      "it was given another time, or called off"),
    "meeting_called_off": Occasion("it is called off, and they had been told of it", A_MEETING, "its time passed"),
    "offer": Occasion("a person offers the PA the work, or changes what they offer", AN_OFFER, OFFER_OVER),
    "offer_waits": Occasion("two days before the time to answer is over (four, for letters), if the offer reached them", AN_OFFER,
                            f"they answered, or {OFFER_OVER}"),
    "offer_declined": Occasion("the PA said no to the work", AN_OFFER, ANOTHER),
    "offer_no_answer": Occasion("the time to answer passed; a PA is told only if the offer had reached them", AN_OFFER, ANOTHER),
    "offer_taken_back": Occasion("the person took the offer back, and it had reached the PA", AN_OFFER, ANOTHER),
    "start": Occasion("the PA said yes to the work", AN_OFFER, "the work ended before it was told, or its first day passed"),
    "start_soon": Occasion("it is the day before the first day of work (four days for letters)", AN_OFFER,
                           "the work ended, or its first day came"),
    "trial_ends": Occasion("a week before the last day of a trial (eleven for letters), or the day after the first, where "
                           "it is shorter", AN_OFFER, "they answered, the work ended, or the trial passed"),
    "it_goes_on": Occasion("both would like to go on after the trial, or it passed and nobody said no", AN_OFFER,
                           "the work ended"),
    "work_ends": Occasion("one of them put down a last day, or would not go on after the trial", AN_OFFER, "nothing"),
    "how_is_it_going": Occasion("one day, two weeks and twelve weeks after the first day of work", "three times for each work",
                                "they answered, the work ended, or two weeks passed"),
    "it_is_not_going_well": Occasion("they said that it does not go well: the team talks with them, whatever way they chose",
                                     "once for each time they are asked", "they said something else"),
    "they_changed_their_mind": Occasion("the person took the ask back, and it had reached the PA", A_TURN, "nothing"),
    "supporter_let_in": Occasion("a person let somebody help them", "once for each time they are let in",
                                 "the supporter was taken off"),
    "supporter_asks_to_act": Occasion("a supporter who knows their email address, number or council reference asks to be let in",
                                      "once for each ask: one at a time, and none after they said no to two of them",
                                      "they answered, let them in by themselves, or 14 days passed"),
    "supporter_still_asks": Occasion("7 days passed since a supporter asked to be let in, if that ask reached them",
                                     "once for each ask", "they answered, let them in by themselves, or 14 days passed"),
    "supporter_not_let_in": Occasion("14 days passed since they asked to be let in, and they were not: whether the person said no"
                                     " or nothing, or nobody is known by what they wrote", "once for each ask", "nothing"),
    "supporter_taken_off": Occasion("a supporter may no longer help", "once for each ending", "nothing"),
    "somebody_joined_the_job_you_share": Occasion("one more person shares the job", A_CHANGE, "they left the job themselves"),
    "somebody_left_the_job_you_share": Occasion("somebody left the job", A_CHANGE, "they left the job themselves"),
    "a_gap_near_you": Occasion("gaps near them are published, and they asked to hear of them", "once a week, however many gaps",
                               "the gaps closed, they no longer want it, or a week passed"),
    "sign_in_code": Occasion("somebody asks for a code with their email address or number", "as often as codes are given out",
                             "ten minutes passed; quiet hours do not hold it back"),
    "news_for_a_supporter": Occasion("a person was told something, and asked that this supporter hear of it too",
                                     "once for each message of those topics",
                                     "the supporter, or the topic for them, was taken off"),
    "profile_needs_a_look": Occasion("90 days passed since the PA last said that the profile is true, and they look for work",
                                     "once for each time they said so",
                                     "they said that it is true, paused or left, or 30 days passed"),
    "your_profile_will_pause": Occasion("180 days passed since the PA last said that it is true: it pauses 30 days later",
                                        "once for each day on which it is to pause",
                                        "they said that it is true, paused or left, or the day has come"),
    "your_profile_is_paused": Occasion("it paused by itself", "once for each time", "they came back or left, or 90 days passed"),
    "is_this_you": Occasion("a number or email address is put in the place of another, or recorded without a day of confirming",
                            "once for each number or address", "it was taken out again or confirmed, or 14 days passed"),
    "is_this_still_right": Occasion("a year passed since they said how to reach them, or the day came that they chose for it",
                                    "once for each such day", "they saved it anew, said stop, or 60 days passed"),
    "something_has_changed": Occasion("they said that it is not all right any more: the team asks what has changed",
                                      "once for each time they are asked", "nothing"),
    "was_it_you_who_said_stop": Occasion("STOP came from a number that nobody has said is theirs: the team asks this one",
                                         "once for each number", "they said stop another way"),
    "we_need_another_way_to_reach_you": Occasion("somebody there said that it is not them: the team tells this one", A_CHANGE,
                                                 "nothing"),
    "your_data_is_ready": Occasion("the copy of their data that they asked for is put together", "once for each copy",
                                   "its fourteen days passed"),
    "your_data_is_corrected": Occasion("what they said is wrong was put right", "once for each time they said so", A_MONTH),
    "your_data_stays": Occasion("what they said is wrong was not changed, or what they asked to be erased has to be kept for now",
                                "once for each answer", f"they took back what they asked, or {A_MONTH}"),
    "your_data_is_not_erased": Occasion("they took back that we erase them, and had been told that we will",
                                        "once for each time they asked", A_MONTH),
    "your_data_is_erased": Occasion("it was agreed to erase them; then, at the latest seven days later, it is done",
                                    "once: it is the last", f"they took it back, or {A_MONTH}"),
    **dict.fromkeys(LEAFLETS, Occasion("they ask for it", "once a day", "nothing")),
}  # fmt: skip
