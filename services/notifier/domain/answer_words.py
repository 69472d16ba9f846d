"""Words for yes, no, stop and start, in the languages people text in, in both scripts, with slips of the thumb."""
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Meaning = Literal["yes", "no", "stop", "start"]

WORDS: dict[Meaning, dict[str, str]] = {
    "yes": {
        "en": "yes y yep yeah yup",
        "cy": "ydw hoffwn oes ydy",
        "pa": "haan han haanji hanji jihaan jihan ਹਾਂ ਹਾਂਜੀ ਜੀਹਾਂ ہاں",
        "ur": "haan jihaan ہاں جیہاں ہاںجی",
        "hi": "haan हाँ हांजी जीहाँ",
        "gu": "haa હા હાજી જીહા",
        "bn": "hyan হ্যাঁ হ্যা জিহ্যাঁ",
        "pl": "tak",
        "ro": "da",
        "so": "haa haah haaye",
        "ar": "aywa aiwa نعم ايوه ايوا أجل",
        "uk": "так tak да",
        "zh": "是 是的 好 好的 要 可以 愿意 願意 同意",
    },
    "no": {
        "en": "no n nope nah",
        "cy": "nage nacydw nahoffwn nacoes nacydy naddo",
        "pa": "nahi nahin nahinji nahiji jinahi jinahin ਨਹੀਂ ਨਹੀ ਜੀਨਹੀਂ ਨਾਂਹ ਨਹੀਂਜੀ نہیں",
        "ur": "nahi nahin nahinji jinahi jinahin نہیں جینہیں نہیںجی",
        "hi": "nahi nahin nahinji नहीं नही जीनहीं नहींजी",
        "gu": "nathi ના નહીં નહિ",
        "bn": "naa না জিনা নাহ",
        "pl": "nie",
        "ro": "nudoresc nuvreau",
        "so": "maya",
        "ar": "لا كلا",
        "uk": "ні нет",
        "zh": "不 不是 不要 不行 不可以 不愿意 不願意 不同意 没有",
    },
    "stop": {"": "stop stopall stopit unsubscribe ਸਟਾਪ سٹاپ स्टॉप સ્ટોપ স্টপ стоп ستوب توقف 停止 停"},
    "start": {"": "start"},
}
"""By language. Typed without spaces and signs: "na hoffwn" is `nahoffwn`. Somali *iyo* is "and", so it is not here."""

ONLY_WITH = {
    "yes": {
        "ji": "pa ur hi bn", "ha": "pa ur hi gu so", "naam": "ar", "nam": "ar", "ie": "cy", "shi": "zh", "hao": "zh", "ee": "so",
    },
    "no": {"na": "pa ur hi gu bn cy", "nai": "pa ur hi bn", "nu": "ro", "ni": "uk", "la": "ar", "bu": "zh", "net": "uk"},
}
"""Short words that say something else in other languages: an answer only for those who recorded one of these."""

MISTYPED = (
    "yes yeah haan haanji jihaan hoffwn nope nage nahi nahin nahinji jinahi maya "
    "ਹਾਂਜੀ ਨਹੀਂ हांजी नहीं নাহ জিহ্যাঁ হ্যাঁ નહીં جیہاں نہیں"
)
"""Words of which a near one is taken. The others are too short, or too near to other words."""

BESIDE = (
    "please pls plz thanks thank you thankyou thx hi hello sorry sir madam ji diolch yn fawr os gwelwch dda dziekuje "
    "prosze multumesc mahadsanid fadlan shukriya dhanyavaad dhanvad aabhar dhonnobad ਧੰਨਵਾਦ ਜੀ شکریہ جی धन्यवाद जी "
    "આભાર ધન્યવાદ ধন্যবাদ জি شكرا "
    "дякую спасибо 谢谢 謝謝 请"
)
"""Said beside an answer, and no part of it."""

EVERYDAY = frozenset([
    "yet", "eyes", "yens", "dyes", "yen", "yrs", "mayo", "may", "mama", "many", "name", "names", "nan", "naan", "nana",
    "hand", "hang", "hank", "have", "hard", "hope", "pope", "cope", "nose", "none", "rope", "nape", "note", "notes", "nice",
    "nie", "niece", "page", "cage", "wage", "rage", "sage", "age", "image", "year", "years", "ear", "yep", "yelp", "nag",
    "stops", "stoop", "story", "star", "smart", "art", "bay", "bank", "tank", "tack", "talk", "task", "yea", "nail", "main",
    "mail",
])  # fmt: skip
"""Words that are near to an answer and are no slip of the thumb."""

SHORTEST_MISTYPED = 3  # letters; "ni" or "mo" may be anything
ARABIC = str.maketrans({
    "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ة": "ه", "ں": "ن",
    "أ": "ا", "إ": "ا", "آ": "ا",
})
NASAL = frozenset("ँंਁਂੰઁંঁং়਼়઼")
"""Signs over and under letters that many phones leave out."""


def plain(word: str) -> str:
    """As it is compared: no signs, accents, vowel points or nasal marks, one form of each Arabic letter."""
    folded = unicodedata.normalize("NFKC", word).casefold().translate(ARABIC)
    apart = unicodedata.normalize("NFD", folded)
    kept = (sign for sign in apart if sign not in NASAL and (unicodedata.category(sign)[0] in "LN" or is_vowel(sign)))
    return "".join(kept)


def is_vowel(sign: str) -> bool:
    """A vowel sign of Gurmukhi, Devanagari, Gujarati or Bengali is part of the word; an accent or an Arabic point is not."""
    return unicodedata.category(sign) in ("Mc", "Mn") and 0x0900 <= ord(sign) <= 0x0DFF


def table() -> dict[str, Meaning]:
    return {
        plain(word): meaning
        for meaning, languages in WORDS.items() for words in languages.values() for word in words.split()
    }


KNOWN = table()
OFTEN_MISTYPED = frozenset(plain(word) for word in MISTYPED.split())
POLITE = frozenset(plain(word) for word in BESIDE.split())


def meaning(said: str, languages: Iterable[str] = ()) -> Meaning | None:
    """The one thing this says; None: nothing, or not surely. Conditions ("yes but not Tuesdays") are not surely."""
    apart = re.split(r"[\s,.;:!?/\-–—،؟。、।]+", unicodedata.normalize("NFKC", said))
    words = [word for word in map(plain, apart) if word]
    spoken = {language.split("-")[0].lower() for language in languages}
    return (
        exact(words, spoken) or exact([word for word in words if word not in POLITE], spoken)
        or mistyped([word for word in words if word not in POLITE])
    )


def exact(words: list[str], spoken: set[str]) -> Meaning | None:
    joined = "".join(dict.fromkeys(words))  # "yes yes yes" is said once
    if joined in KNOWN:
        return KNOWN[joined]
    for meaning in ("yes", "no"):
        if spoken & set(ONLY_WITH[meaning].get(joined, "").split()):
            return "yes" if meaning == "yes" else "no"
    return None


def mistyped(words: list[str]) -> Meaning | None:
    """One word with one slip of the thumb, near to one meaning only. STOP and START are taken only with letters doubled or
    changed round, since so many words are near them."""
    if len(words) != 1:
        return None
    [word] = words
    squeezed = re.sub(r"(.)\1+", r"\1", word)
    if squeezed != word and len(squeezed) > 1 and squeezed in KNOWN and word not in EVERYDAY:
        return KNOWN[squeezed]
    if len(word) < SHORTEST_MISTYPED or word in EVERYDAY or any(word in short for short in ONLY_WITH.values()):
        return None
    near = {
        meaning for known, meaning in KNOWN.items()
        if len(known) >= SHORTEST_MISTYPED and (swapped(word, known) or (known in OFTEN_MISTYPED and one_slip(word, known)))
    }
    return near.pop() if len(near) == 1 else None


def swapped(word: str, known: str) -> bool:
    """Two neighbours changed round."""
    differ = [at for at, (one, other) in enumerate(zip(word, known, strict=False)) if one != other]
    return len(word) == len(known) and len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(word) == sorted(known)


def one_slip(word: str, known: str) -> bool:
    """One letter more, fewer or another, and not the first."""
    if abs(len(word) - len(known)) > 1 or word[0] != known[0]:
        return False
    pairs = enumerate(zip(word, known, strict=False))
    begin = next((at for at, (one, other) in pairs if one != other), min(len(word), len(known)))
    if len(word) == len(known):
        return word[begin + 1:] == known[begin + 1:]
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return longer[begin + 1:] == shorter[begin:]
