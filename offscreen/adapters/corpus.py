"""What Debian packages hold of prose: readers of unpacked packages, giving texts in English and pairs of languages."""

import gettext
import gzip
import html
import re
from itertools import chain
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

LANGUAGES = ["de", "fr", "es", "it", "pt"]
# How packages call a language; several for one are variants of it.
NAMES = {
    "de": ["de", "de_DE", "de-DE"],
    "fr": ["fr", "fr_FR", "fr-FR"],
    "es": ["es", "es_ES", "es-ES"],
    "it": ["it", "it_IT", "it-IT"],
    "pt": ["pt", "pt_BR", "pt-BR", "pt-PT", "pt_PT"],
}


def tidy(text):
    return re.sub(r"\s+", " ", text).strip()


def read(path):
    opened = gzip.open(path, "rt", errors="replace") if path.suffix == ".gz" else open(path, errors="replace")
    with opened as file:
        return file.read()


def catalogues(root, language):
    """Message catalogues (.mo, .po): a message and its translation."""
    for name in NAMES[language]:
        paths = chain(root.glob(f"usr/share/**/{name}/LC_MESSAGES/*.mo"), root.glob(f"usr/share/wordpress/**/{name}.mo"))
        for path in paths:
            with open(path, "rb") as file:
                try:
                    messages = gettext.GNUTranslations(file)._catalog
                except (OSError, UnicodeDecodeError):
                    continue
            for english, other in messages.items():
                if isinstance(english, str) and english:
                    yield other, english.split("\x04")[-1]
        for path in chain(root.glob(f"usr/share/**/*.{name}.po"), root.glob(f"usr/share/**/{name}.po")):
            quoted = r'((?:"(?:[^"\\\n]|\\.)*"\s*)+)'
            unquote = lambda text: "".join(re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)).replace("\\n", "\n").replace('\\"', '"')
            for english, other in re.findall(rf"msgid\s+{quoted}msgstr\s+{quoted}", read(path)):
                yield unquote(other), unquote(english)


def elements(path, names):
    """The texts of a document's elements of these names."""
    text = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    try:
        tree = etree.fromstring(text) if path.suffix == ".page" else lxml_html.fromstring(text, parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    is_one = lambda element: isinstance(element.tag, str) and element.tag.rsplit("}")[-1] in names
    return [
        tidy("".join(element.itertext()))
        for element in tree.iter()
        if is_one(element) and not any(map(is_one, element.iterdescendants()))
    ]


def documents(root, language):
    """Documents of equal structure: the same number of paragraphs stands for the same paragraphs."""
    for name in NAMES[language]:
        candidates = [
            *((path, Path(str(path).replace("/help/C/", f"/help/{name}/"))) for path in root.glob("usr/share/help/C/*/*.page")),
            *((path, Path(str(path).replace("/en-US/", f"/{name}/"))) for path in root.glob("usr/share/doc/debian-handbook/html/en-US/*.html")),
            *((path, Path(str(path).replace(".en.html", f".{name}.html"))) for path in root.glob("usr/share/debian-reference/*.en.html")),
            *((path, Path(str(path).replace(".en.html", f".{name}.html"))) for path in root.glob("usr/share/doc/live-manual/html/live-manual/*.en.html")),
            *((path, Path(str(path).replace("/en/", f"/{name}/"))) for path in root.glob("usr/share/doc/installation-guide-amd64/en/*.html")),
            *((path, Path(str(path).replace(".en.utf8", f".{name}.utf8"))) for path in root.glob("usr/share/stellarium/**/description.en.utf8")),
        ]
        for english, other in candidates:
            if other.exists() and other != english:
                names = ("p", "title") if english.suffix == ".page" else ("p", "h1", "h2", "h3", "li", "dt", "dd")
                ours, theirs = elements(english, names), elements(other, names)
                if len(ours) == len(theirs):
                    yield from zip(theirs, ours)
    for name in NAMES[language]:
        for english in root.glob("usr/share/libreoffice/help/en-US/text/**/*.html"):
            other = Path(str(english).replace("/en-US/", f"/{name}/"))
            if other.exists():
                ours, theirs = identified(english), identified(other)
                yield from ((theirs[key], ours[key]) for key in ours if key in theirs)


def identified(path):
    """LibreOffice's paragraphs by their ids."""
    tree = lxml_html.fromstring(path.read_bytes(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    return {e.get("id"): tidy(e.text_content()) for e in tree.iter() if isinstance(e.tag, str) and (e.get("id") or "").startswith(("par_id", "hd_id"))}


def games(root, language):
    """Dialogues and encyclopaedias of games that keep them in forms of their own."""
    for path in root.glob(f"usr/share/games/fillets-ng/script/*/dialogs_{language}.lua"):
        pattern = r'dialogId\("[^"]*", "[^"]*", "((?:[^"\\]|\\.)*)"\)\s*dialogStr\("((?:[^"\\]|\\.)*)"\)'
        for english, other in re.findall(pattern, read(path)):
            yield other.replace('\\"', '"'), english.replace('\\"', '"')
    tables = root / "usr/share/games/freeorion/default/stringtables"
    yield from by_key(string_table(tables / "en.txt"), string_table(tables / f"{language}.txt"))
    strings = root / "usr/share/games/freecol/strings"
    for name in NAMES[language]:
        yield from by_key(properties(strings / "FreeColMessages.properties"), properties(strings / f"FreeColMessages_{name}.properties"))


def by_key(ours, theirs):
    return ((theirs[key], ours[key]) for key in ours if key in theirs)


def string_table(path):
    if not path.exists():
        return {}
    pattern = r"^([A-Z][A-Z0-9_]+)\n(?:'''(.*?)'''|([^\n#']+))$"
    return {key: long or short for key, long, short in re.findall(pattern, read(path), re.M | re.S)}


def properties(path):
    if not path.exists():
        return {}
    return dict(re.findall(r"^([\w.]+)=(.+)$", read(path), re.M))


def english(root):
    """Paragraphs that are in English alone, with the kind of their source."""
    for path in root.glob("usr/share/wordnet/data.*"):
        for quote in re.findall(r'"([^"]{20,220})"', read(path)):
            yield "wordnet", quote
    for path in root.glob("usr/share/games/fortunes/*.u8"):
        if path.stem not in ("ascii-art", "songs-poems", "translate-me", "debian", "zippy", "perl", "computers"):
            for fortune in read(path.with_suffix("")).split("\n%\n"):
                yield "fortunes", re.sub(r"\n\s*-- .*", "", fortune, flags=re.S)
    for path in root.glob("usr/share/games/endless-sky/data/*.txt"):
        for paragraph in re.findall(r"`([^`\n]{30,})`", read(path)):
            yield "endless-sky", re.sub("[“”]", '"', paragraph)
    for path in chain(root.glob("usr/share/doc/anarchism/html/**/*.html"), root.glob("usr/share/doc/debian-handbook/html/en-US/*.html")):
        for paragraph in elements(path, ("p",)):
            yield path.parts[path.parts.index("doc") + 1], paragraph
    for path in chain(root.glob("usr/share/crawl/dat/**/*.txt"), root.glob("usr/share/games/crawl/dat/**/*.txt")):
        for paragraph in read(path).split("\n\n"):
            yield "crawl", paragraph


def pairs(root, language):
    """Every pair of a text in `language` and one in English."""
    for reader in (catalogues, documents, games):
        for other, ours in reader(root, language):
            yield html.unescape(tidy(plain(other))), html.unescape(tidy(plain(ours)))


def plain(text):
    """Without the marks of games and interfaces."""
    text = re.sub(r"</?\w[^>]{0,80}>|\[/?\w{1,12}\]", "", text)
    return re.sub(r"(?<=\w)[_&~](?=\w)|[_&~](?=[A-Z]\w)", "", text) if len(text) < 60 else text
