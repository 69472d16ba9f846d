"""What keeps a PA from fitting, and what speaks for them, said to the PA; and which of their own pages can change it."""
from typing import Literal

Where = Literal["profile", "languages", "week", "answers", ""]
PROFILE: Where = "profile"
LANGUAGES: Where = "languages"
WEEK: Where = "week"
ANSWERS: Where = "answers"
NOWHERE: Where = ""
"""Where it is changed: the facts, the languages, the week, or in answers (what we asked, or when one is free); or not at all."""

TO_THE_PA: dict[str, tuple[str, Where]] = {
    "language_less": ("You know the language, but less well than they need", LANGUAGES),
    "language_related": ("You have a language that is close to theirs, but not the same", LANGUAGES),
    "language_level_unknown": ("You have not said how well you know the language they need", LANGUAGES),
    "language_not_listed": ("The language they need is not on your profile", LANGUAGES),
    "languages_unknown": ("You have no languages on your profile", LANGUAGES),
    "practice_no": ("You said no to something they need you to know or be at ease with", PROFILE),
    "practice_unknown": ("You have not said if you know, or are at ease with, something they need", PROFILE),
    "practice_unconfirmed": ("We asked you about a word on your profile. It counts once you answer", ANSWERS),
    "practice_out_of_date": ("Something on your profile has run out", PROFILE),
    "skill_no": ("You said you do not have the skill they need", PROFILE),
    "skill_unknown": ("You have not said if you have the skill they need", PROFILE),
    "skill_unconfirmed": ("We asked you about a skill on your profile. It counts once you answer", ANSWERS),
    "skill_out_of_date": ("Your training for the skill they need has run out", PROFILE),
    "task_no": ("You said you will not do a job they need done", PROFILE),
    "task_unknown": ("You have not said if you will do a job they need done", PROFILE),
    "task_unconfirmed": ("We asked you about a job on your profile. It counts once you answer", ANSWERS),
    "task_out_of_date": ("A job on your profile has run out", PROFILE),
    "interest_no": ("You said an interest they care about is not for you", PROFILE),
    "interest_unknown": ("You have not said if you like something they like", PROFILE),
    "interest_unconfirmed": ("We asked you about an interest on your profile. It counts once you answer", ANSWERS),
    "interest_out_of_date": ("An interest on your profile has run out", PROFILE),
    "faith_different": ("They asked for another faith or belief than yours", NOWHERE),
    "faith_not_told": ("They asked for a faith or belief. You choose if you say yours", PROFILE),
    "culture_different": ("They asked for another culture than yours", NOWHERE),
    "culture_not_told": ("They asked for a culture. You choose if you say yours", PROFILE),
    "sex_different": ("They asked for a man or a woman, for a reason the law allows", NOWHERE),
    "sex_not_told": ("They asked for a man or a woman. You choose if you say", PROFILE),
    "faith_different_for_tasks": ("They asked for another faith or belief than yours, for some of the jobs", NOWHERE),
    "faith_not_told_for_tasks": ("They asked for a faith or belief for some of the jobs. You choose if you say yours", PROFILE),
    "culture_different_for_tasks": ("They asked for another culture than yours, for some of the jobs", NOWHERE),
    "culture_not_told_for_tasks": ("They asked for a culture for some of the jobs. You choose if you say yours", PROFILE),
    "sex_different_for_tasks": ("They asked for a man or a woman for some jobs. The law allows their reason", NOWHERE),
    "sex_not_told_for_tasks": ("They asked for a man or a woman for some of the jobs. You choose if you say", PROFILE),
    "times_some": ("You are free for only some of their times", WEEK),
    "times_none": ("You are not free at their times", WEEK),
    "times_unknown": ("You have not said when you are free", WEEK),
    "times_sleep_ins_unknown": ("You have not said if you do sleep-ins", WEEK),
    "out_of_reach": ("They live too far away for the way you travel", PROFILE),
    "beyond_asked": ("You live further away than they asked for", NOWHERE),
    "pay_above": ("You ask for more an hour than they can pay", PROFILE),
    "pay_unknown": ("You have not said what you ask for an hour", PROFILE),
    "pay_limit_unknown": ("They have not said what they can pay", NOWHERE),
    "pay_below_lawful": ("What they can pay is less than the law allows for you", NOWHERE),
    "pay_age_unknown": ("You have not told your age group, so we cannot check the lowest pay", PROFILE),
    "limits_conflict": ("Something at their home, or in their wish, does not go together with your profile", PROFILE),
    "limits_unknown": ("You have not said if you are fine with something at their home", PROFILE),
    "hours_wants_more": ("You want more hours a week than they have", PROFILE),
    "hours_wants_fewer": ("You want fewer hours a week than they need", PROFILE),
    "hours_unknown": ("You have not said how many hours a week you want", PROFILE),
    "looking_later": ("You are not free by the day their work starts", ANSWERS),
    "looking_unknown": ("You have not said when you are free to start", ANSWERS),
    "will_not_do": ("You said you will not do a job they need done", PROFILE),
    "under_18_nights": ("You are under 18, and they need somebody at night", NOWHERE),
    "wish_unconfirmed": ("We have to ask them what they meant by a wish", NOWHERE),
}

FOR_THE_PA: dict[str, str] = {
    "language": "You have a language they need",
    "practice": "You know, or are at ease with, something they need",
    "skill": "You have a skill they need",
    "task": "You do a job they need done",
    "interest": "You like something they like",
    "times": "You are free at their times",
    "place": "You can get to them",
    "pay": "They can pay what you ask for",
    "limit": "You are fine with their home",
    "hours": "You want about as many hours a week as they do",
}
"""By criterion, where a wish is met. What a person wished of faith, culture or sex is not said to somebody they have not met."""


def to_the_pa(code: str) -> str:
    """KeyError: no such reason."""
    return TO_THE_PA[code][0]


def where_to_change(code: str) -> Where:
    return TO_THE_PA[code][1]
