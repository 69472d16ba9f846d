"""What could be asked for otherwise, as the middle of a sentence: 'If …, 4 more people would fit.' See `what_ifs`.

The codes are the matcher's (`domain/relaxing.py`). `{wish}` is the wish it is about.
"""
IFS: dict[str, str] = {
    "if_confirmed": "“{wish}” is what you meant, and you tell us so",
    "if_further": "you could look up to {within} away",
    "if_later": "all your set times could be one hour later",
    "if_earlier": "all your set times could be one hour earlier",
    "if_wider": "the times that can move had one more hour before and after",
    "if_hour_uncovered": "you could do without one of your hours",
    "if_more_hours": "you asked for {wanted|hour|hours} a week",
    "if_fewer_hours": "you asked for {wanted|hour|hours} a week",
    "if_pay": "you could pay up to {most} an hour",
    "if_softer": "“{wish}” was important but not a must",
    "if_softer_lawful": "“{wish}” was important but not a must",
}
KEEP = " You have a reason for this that the law allows. It is yours to keep."
"""Said with a must on faith, culture or sex: it is never put forward as something to give up."""

WISHES: dict[str, str] = {
    "times": "can come at your times",
    "place": "lives near you",
    "pay": "asks for no more than you can pay",
    "hours": "wants as many hours as you do",
    "limit": "is fine with your home",
}
"""Wishes that name nothing."""
NAMING: dict[str, str] = {
    "practice": "{}",
    "skill": "has this skill: {}",
    "task": "is happy to do this: {}",
    "interest": "likes this: {}",
    "faith": "shares this faith or belief: {}",
    "culture": "shares this culture: {}",
    "sex": "is a {}",
    "limit": "is fine with {}",
}
"""Wishes that name something, as it is written in the lists."""
IN_A_SENTENCE = ("task", "skill", "sex", "limit")
"""Whose names begin with a small letter in the middle of a sentence."""
