"""Fetch the look of the pages: govuk-frontend at one version into var/frontend/ (see `deploy.packages`).

`python -m deploy.frontend` does nothing when it is already there. Of the package only the style sheet, the script and
the plain icons are kept. GDS Transport and the crown belong to GOV.UK services, so they are left behind.
"""
import re
import tarfile
from pathlib import Path

from deploy.packages import VAR, Package, read

HERE = VAR / "frontend"

FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,"Alongside Scripts",sans-serif'


def keep(archive: tarfile.TarFile, into: Path) -> None:
    text = read(archive, "package/dist/govuk/govuk-frontend.min.css")
    (into / "govuk-frontend.min.css").write_text(our_fonts(text), encoding="utf-8")
    script = read(archive, "package/dist/govuk/govuk-frontend.min.js")
    (into / "govuk-frontend.min.js").write_text(without_map(script), encoding="utf-8")
    (into / "package.json").write_text(read(archive, "package/package.json"), encoding="utf-8")  # who made it, its licence


def our_fonts(css: str) -> str:
    """The same style sheet with our own font stack: GDS Transport is licensed for GOV.UK services alone."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    return without_map(css.replace("GDS Transport,arial,sans-serif", FONTS))


def without_map(text: str) -> str:
    return re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?\s*$", "", text)


FRONTEND = Package(
    "govuk-frontend",
    "6.3.0",  # the version govuk-frontend-jinja 4.1 writes its HTML for
    "sha512-cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA==",
    keep,
)

if __name__ == "__main__":
    FRONTEND.bring(HERE)
