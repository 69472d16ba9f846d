"""The words of the page that a link in a message opens: what is asked, what a yes and a no say, and what comes of each."""
from collections.abc import Mapping
from dataclasses import dataclass, field

GONE = "It may have been used already, or be mistyped. If you want to answer, sign in, or tell your council."
NO_LONGER = "This is no longer a question. Sign in to see how it stands, or ask your council."


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    asks: str
    yes: str
    no: str
    comes: Mapping[str, str]
    """After a yes, and after a no."""
    over: Mapping[str, str] = field(default_factory=lambda: {
        "answered": "This question has its answer already. There is nothing more to do.", "expired": NO_LONGER, "gone": GONE,
    })  # fmt: skip


MEETING = Words(
    "Would you like to meet?",
    "We sent you a message: somebody would like to meet you. You can answer here. It is fine to say no.",
    "Yes, I would like to meet", "No, thank you",
    {
        "yes": "Thank you. We let them know. You get a message about what comes next.",
        "no": "Thank you for telling us. We let them know kindly. It does not count against you.",
    },
    {
        "answered": "This question has its answer already. There is nothing more to do.",
        "expired": "We have told them that no answer came. Nothing bad comes of it.", "gone": GONE,
    },
)  # fmt: skip

SUITS = Words(
    "Does this meeting suit you?",
    "We sent you a message with the day, the time and the place of a meeting. You can answer here. It is fine to say no.",
    "Yes, it suits me", "No, it does not suit me",
    {
        "yes": "Thank you. You need do nothing more.",
        "no": "Thank you for telling us. We let them know, and another time is found. You need not come on that day.",
    },
)  # fmt: skip

THE_WORK = Words(
    "Would you like this work?",
    "We sent you a message: somebody offers you work, with the first day, the hours and the pay. You can answer here. It is fine "
    "to say no.",
    "Yes, I would like this work", "No, thank you",
    {
        "yes": "Thank you. We let them know. You both get a message about the first day.",
        "no": "Thank you for telling us. We let them know kindly. It does not count against you.",
    },
)  # fmt: skip

WORDS: Mapping[str, Words] = {
    **dict.fromkeys(("offer", "offer_waits"), THE_WORK),
    "trial_ends": Words(
        "Would you like to go on?",
        "We sent you a message: your trial ends soon. We ask both of you. You can answer here. It is fine to say no.",
        "Yes, I would like to go on", "No, I would like to end",
        {
            "yes": "Thank you. If nobody says no, the work goes on.",
            "no": "Thank you for telling us. The work ends with the trial. We let both of you know.",
        },
    ),
    "how_is_it_going": Words(
        "How is it going?",
        "We sent you a message: we would like to know if your work together goes well. The other one is not told what you say.",
        "Yes, it goes well", "No, it does not",
        {
            "yes": "Thank you. We are glad. You need do nothing more.",
            "no": "Thank you for telling us. Somebody of our team talks with you about what would help.",
        },
    ),
    **dict.fromkeys(("meeting_arranged", "meeting_moved", "meeting_soon"), SUITS),
    "your_profile_will_pause": Words(
        "Is your profile still true?",
        "Nobody said for half a year that your profile is true. Soon it pauses by itself. Then nobody new is shown it.",
        "Yes, it is still true", "No, please pause it now",
        {
            "yes": "Thank you. We write down that it is true today, and it does not pause.",
            "no": "Thank you. It pauses now. Nobody new is shown it. You can come back at any time.",
        },
    ),
    "your_profile_is_paused": Words(
        "Would you like to come back?",
        "Your profile paused by itself, because nobody said for a long time that it is true. Is it all true?",
        "Yes, it is true and I am back", "No, I stay paused for now",
        {
            "yes": "Welcome back. In a moment you are in the lists again.",
            "no": "Thank you for telling us. You can come back at any time: sign in, and press “Come back now”.",
        },
    ),
    "is_this_still_right": Words(
        "Is this still how to reach you?",
        "We sent you a message: is what you told us of how to reach you still right?",
        "Yes, all is the same", "No, something has changed",
        {
            "yes": "Thank you. We write down that it is right today.",
            "no": "Thank you for telling us. Somebody of our team asks you what has changed.",
        },
    ),
    "supporter_asks_to_act": Words(
        "Do you let them in?", "Somebody asks to work alongside you, to help you to find a PA (personal assistant). You decide.",
        "Yes, let them in", "No, keep them out",
        {
            "yes": "Thank you. They can help you now. You see who it is on your page “Who supports me”. You can take them off"
                   " there at any time.",
            "no": "Thank you for telling us. They are not let in, and we do not tell them why. It does not count against you.",
        },
        {
            "answered": "This question has its answer already. There is nothing more to do.", "gone": GONE,
            "expired": "They were not let in. You can let them in by yourself: sign in and look at “Who supports me”.",
        },
    ),
    "is_this_you": Words(
        "Is this you?", "Somebody gave us this number or email address, so that we can reach them by it. We want to be sure.",
        "Yes, this reaches me", "No, this is not me",
        {
            "yes": "Thank you. We use it from now on.",
            "no": "Thank you for telling us. Nothing more comes here. We are sorry that we troubled you.",
        },
    ),
}  # fmt: skip
"""By the message that asked. Any other asks whether they would like to meet."""


def words_of(about: str) -> Words:
    return WORDS.get(about, MEETING)
