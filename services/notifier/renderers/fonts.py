"""Where the shapes of our letters come from: fonts that came with us, and one for Chinese where somebody installed it."""
import importlib.util
import tempfile
from functools import cache
from pathlib import Path

import manimgx_fonts

CHINESE = "textflowkit_fonts"
"""An extra (`chinese`): it weighs more than all the others together. Without it nothing is posted in Chinese."""


def ours() -> Path:
    return Path(manimgx_fonts.__file__).parent


def chinese() -> Path | None:
    found = importlib.util.find_spec(CHINESE)
    font = Path(found.origin).parent / "fonts" / "NotoSansSC.ttf" if found and found.origin else None
    return font if font and font.is_file() else None


def files() -> list[Path]:
    extra = chinese()
    return [*sorted(ours().glob("*.ttf")), *([extra] if extra else [])]


@cache
def folders() -> tuple[Path, ...]:
    """The typesetter takes folders; Chinese is alone in one, since its package has other fonts beside it by the names of ours."""
    extra = chinese()
    if extra is None:
        return (ours(),)
    alone = Path(tempfile.mkdtemp(prefix="chinese-"))
    (alone / extra.name).symlink_to(extra)
    return ours(), alone
