"""What invented people say of themselves, in short plain sentences made of parts."""

from collections.abc import Sequence

from deploy.sample.dice import Dice
from shared.vocabulary.terms import Kind, label

_BEGAN = (
    "I have been a PA for {years} years.",
    "I looked after my nan for {years} years and want to do this as my job.",
    "I worked in a care home for {years} years. I like supporting one person at a time better.",
    "I am new to this work and I learn quickly.",
    "I was a teaching assistant for {years} years.",
    "I have supported people at home for {years} years.",
)
_LIKE = (
    "I like {one} and {other}.",
    "People say I am patient. I enjoy {one}.",
    "I am calm and on time. In my own time I like {one} and {other}.",
    "Ask me about {one}.",
)
_PLAIN = ("I listen first.", "I am friendly and I keep my word.", "I am tidy, quiet and on time.", "I like to laugh.")
_MATTERS = (
    "I want to choose who comes into my home.",
    "I like people who ask me first.",
    "It matters to me that the same people come.",
    "I do not like to be rushed.",
    "I want to stay in my own home.",
    "I would like to get out more.",
    "Please talk to me and not about me.",
)
_DAYS = (
    "I am at my best in the morning.",
    "Evenings are hard for me.",
    "On a good day I can do a lot by myself.",
    "Some days are better than others.",
    "I get tired, so I need breaks.",
)
_LOVES = ("I love {one}.", "What I miss most is {one}.", "{One} keeps me going.", "A good week has {one} in it.")


def about_a_pa(dice: Dice, interests: Sequence[str]) -> str:
    began = dice.pick(_BEGAN).format(years=dice.between(2, 19))
    liked = [lower(label(Kind.INTEREST, code)) for code in interests]
    if not liked:
        return f"{began} {dice.pick(_PLAIN)}"
    likes = dice.pick(_LIKE).format(one=liked[0], other=liked[1] if len(liked) > 1 else "meeting people")
    return f"{began} {likes}"


def about_a_plan(dice: Dice, interests: Sequence[str]) -> str:
    said = [dice.pick(_MATTERS), dice.pick(_DAYS)]
    if interests:
        one = lower(label(Kind.INTEREST, interests[0]))
        said.append(dice.pick(_LOVES).format(one=one, One=one[:1].upper() + one[1:]))
    return " ".join(said)


def lower(words: str) -> str:
    """'Gardening' -> 'gardening', within a sentence; 'TV' stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
