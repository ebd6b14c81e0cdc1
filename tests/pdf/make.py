#!/usr/bin/env python3
"""Makes the PDFs of this folder: `pip install reportlab==5.1.0 fpdf2==2.8.9 uharfbuzz`, DejaVu's fonts, then `python3 make.py`.

Each is small, the same on every run, and beside it stands the text that a person reads, in order: `NAME.txt`.
"""

import io
from pathlib import Path

from fpdf import FPDF
from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

rl_config.invariant = 1
HERE = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
WIDTH, HEIGHT = A4

HARBOUR = [
    "The harbour of Lowmere was closed in March after the storm had broken its outer wall. Boats from the "
    "northern villages had to land at Tarn Quay, eleven miles away, for nearly four months.",
    "The council voted in June to rebuild the wall with local stone. The work will cost 2.4 million pounds, of "
    "which the county pays one half, and should be finished before the winter of next year.",
    "Fishermen had asked for a concrete wall, which would have been cheaper. The engineers advised against it, "
    "because concrete reflects the waves into the basin and would have made the moorings unsafe.",
    "A survey of the sea bed found no damage to the channel. The pilots may therefore use the same marks as "
    "before, and the lighthouse keeps its red sector towards the reef.",
]
MILL = [
    "The paper mill at Ashby made its first sheet in 1841 and its last in 1998. Since then a trust of former "
    "workers has kept the machines in order, and opens them to visitors on Sundays.",
    "Water from the river still drives the beaters. It takes about three hours to turn forty kilograms of rags "
    "into pulp, and another day until the sheets are dry enough to be pressed.",
    "Visitors may make a sheet of their own. The trust sells the paper to printers in nine countries, and the "
    "money keeps the roof tight and pays two apprentices.",
]


def wrap(text, font, size, width, hyphens=False):
    """Lines as a typesetter breaks them; with `hyphens`, long words are broken where the line is full."""
    lines, line = [], ""
    words = text.split()
    fits = lambda text: pdfmetrics.stringWidth(text, font, size) <= width
    while words:
        word = words.pop(0)
        whole = f"{line} {word}".strip()
        if fits(whole):
            line = whole
            continue
        if hyphens and word.isalpha() and len(word) > 7:
            for at in range(len(word) - 3, 2, -1):
                if fits(f"{line} {word[:at]}-".strip()):
                    line = f"{line} {word[:at]}-".strip()
                    words.insert(0, word[at:])
                    word = None
                    break
        if word is not None:
            words.insert(0, word)
        lines.append(line)
        line = ""
    return lines + [line]


def prose(canvas, paragraphs, x, y, width, font="Times-Roman", size=10, leading=12, gap=6, hyphens=False, indent=0):
    for paragraph in paragraphs:
        canvas.setFont(font, size)
        for at, line in enumerate(wrap(paragraph, font, size, width - indent, hyphens)):
            canvas.drawString(x + (indent if at == 0 else 0), y, line)
            y -= leading
        y -= gap
    return y


def heading(canvas, text, x, y, size=14):
    canvas.setFont("Times-Bold", size)
    canvas.drawString(x, y, text)
    return y - size - 8


def save(name, draw, expected, size=A4, **options):
    canvas = Canvas(str(HERE / f"{name}.pdf"), pagesize=size, pageCompression=1, **options)
    draw(canvas)
    canvas.save()
    expect(name, expected)


def expect(name, blocks):
    (HERE / f"{name}.txt").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def columns(canvas):
    canvas.setFont("Times-Bold", 18)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 80, "Two places by the water and what became of them")
    left = prose(canvas, HARBOUR, 60, HEIGHT - 120, 225, gap=0, indent=12, hyphens=True)
    del left
    prose(canvas, MILL, 310, HEIGHT - 120, 225, gap=0, indent=12, hyphens=True)
    canvas.setTitle("Two places by the water and what became of them")


def three_columns(canvas):
    heading(canvas, "The weekly sheet", 50, HEIGHT - 70, 20)
    for at, paragraphs in enumerate((HARBOUR[:2], HARBOUR[2:], MILL[:2])):
        prose(canvas, paragraphs, 50 + 172 * at, HEIGHT - 110, 152, size=9, leading=11)


NOTES = ["1 The county's share was first put at one third.", "2 The pilots' own survey, printed in the yearbook, agrees."]


def footnotes(canvas):
    y = heading(canvas, "The harbour wall", 72, HEIGHT - 80)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, y, "The council voted to rebuild the wall with local stone.")
    end = 72 + pdfmetrics.stringWidth("The council voted to rebuild the wall with local stone.", "Times-Roman", 11)
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(end, y + 4, "1")
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(end + 8, y, "The work begins in spring,")
    canvas.drawString(72, y - 14, "and the pilots use the same marks as before.")
    end = 72 + pdfmetrics.stringWidth("and the pilots use the same marks as before.", "Times-Roman", 11)
    canvas.setFont("Times-Roman", 7)
    canvas.drawString(end, y - 10, "2")
    prose(canvas, HARBOUR[:1], 72, y - 34, 450, size=11, leading=14)
    words = HARBOUR[2].split()
    prose(canvas, [" ".join(words[:16])], 72, y - 90, 450, size=11, leading=14)
    canvas.line(72, 120, 200, 120)
    prose(canvas, NOTES, 72, 106, 450, size=8, leading=10, gap=2)
    canvas.showPage()
    prose(canvas, [" ".join(words[16:]), HARBOUR[3]], 72, HEIGHT - 80, 450, size=11, leading=14)


def hyphens(canvas):
    y = heading(canvas, "On the meaning of well-known words", 72, HEIGHT - 80)
    prose(canvas, HYPHENS, 72, y, 150, hyphens=True)


HYPHENS = [
    "Extraordinary circumstances notwithstanding, the international administration recommended comprehensive "
    "reconstruction. Manufacturers throughout neighbouring communities welcomed the recommendation.",
    "A well-known engineer described the long-term consequences: half-finished constructions deteriorate "
    "considerably faster than well-maintained ones.",
]

ROWS = [["Town", "Boats", "Catch in tons"], ["Lowmere", "41", "1,204"], ["Tarn Quay", "17", "388"], ["Ashby", "9", "95"]]


def table(canvas):
    y = heading(canvas, "Landings in the north", 72, HEIGHT - 80)
    y = prose(canvas, HARBOUR[:1], 72, y, 450, size=11, leading=14)
    for row in ROWS:
        canvas.setFont("Helvetica", 10)
        for at, cell in enumerate(row):
            canvas.drawString(72 + 130 * at, y, cell)
        canvas.line(72, y - 4, 460, y - 4)
        y -= 18
    prose(canvas, HARBOUR[3:], 72, y - 12, 450, size=11, leading=14)


RUNNING = [HARBOUR[:2], HARBOUR[2:], MILL[:2], MILL[2:]]


def running(canvas):
    for at, paragraphs in enumerate(RUNNING, 1):
        canvas.setFont("Helvetica", 8)
        if at % 2:
            canvas.drawString(72, HEIGHT - 40, "Reports of the county")
            canvas.drawRightString(WIDTH - 72, HEIGHT - 40, f"No. {at + 16}")
        else:
            canvas.drawString(72, HEIGHT - 40, "Harbours and mills 2024")
        canvas.drawCentredString(WIDTH / 2, 40, f"Page {at} of {len(RUNNING)}")
        y = HEIGHT - 90
        if at == 1:
            y = heading(canvas, "Harbours", 72, y)
        if at == 3:
            y = heading(canvas, "Mills", 72, y)
        y = prose(canvas, paragraphs, 72, y, 450, size=11, leading=14)
        canvas.showPage()


ITEMS = [
    "Close the gates at dusk, and note the hour in the book that lies in the porter's room beside the lamp.",
    "Feed the swans.",
    "Look after the lamps: those at the quay burn oil, those at the mill are electric and need a new bulb "
    "every second year at the latest.",
]


def lists(canvas):
    y = heading(canvas, "Duties of the keeper", 72, HEIGHT - 80)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, y, "Every evening the keeper has three things to do:")
    y -= 20
    for signs, gap in ((["•"] * 3, 14), (["1.", "2.", "3."], 18)):
        for sign, item in zip(signs, ITEMS):
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(84, y, sign)
            y = prose(canvas, [item], 84 + gap, y, 380, size=11, leading=13, gap=4)
        y -= 10
    prose(canvas, MILL[2:], 72, y, 450, size=11, leading=14)


def turned(canvas):
    """A page that is turned as a whole, and one whose text is."""
    # The page is written in portrait: the library swaps the sides of one that is turned.
    canvas.setPageSize(landscape(A4))
    canvas.setPageRotation(90)
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    y = heading(canvas, "A plan of the harbour", 72, WIDTH - 80)
    prose(canvas, HARBOUR[:2], 72, y, 600, size=11, leading=14)
    canvas.showPage()
    canvas.setPageRotation(0)
    canvas.setPageSize(A4)
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    prose(canvas, MILL[:2], 72, WIDTH - 80, 600, size=11, leading=14)
    canvas.showPage()


LIGATURES = [
    "The official office of the chief officer was flooded, and fifty fluffy flags were difficult to find afterwards.",
    "Efficient baffles affect the flow: “quotes”, dashes – and an ellipsis… survive, as do naïve façades in Łódź.",
]
UNFOLDED = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


def ligatures():
    """A font embedded by glyph numbers, with ligatures and ToUnicode."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(__import__("datetime").datetime(2024, 1, 1, tzinfo=__import__("datetime").timezone.utc))
    pdf.add_font("serif", fname=str(FONTS / "DejaVuSerif.ttf"))
    pdf.add_page()
    pdf.set_font("serif", size=11)
    for text in LIGATURES:
        for whole, one in (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
            text = text.replace(whole, one)
        pdf.multi_cell(150, 6, text, align="J")
        pdf.ln(4)
    pdf.output(str(HERE / "ligatures.pdf"))
    expect("ligatures", LIGATURES)


HEBREW = ["הנמל נסגר במרץ אחרי הסערה, והסירות עגנו במרחק 11 ק״מ.", "העבודה תתחיל באביב (PLAN B) ותסתיים לפני החורף."]


def right_to_left():
    pdf = FPDF(format="A4")
    pdf.set_creation_date(__import__("datetime").datetime(2024, 1, 1, tzinfo=__import__("datetime").timezone.utc))
    pdf.add_font("sans", fname=str(FONTS / "DejaVuSans.ttf"))
    pdf.set_text_shaping(True)
    pdf.add_page()
    pdf.set_font("sans", size=12)
    for text in HEBREW:
        pdf.multi_cell(150, 7, text, align="R")
        pdf.ln(5)
    pdf.output(str(HERE / "right-to-left.pdf"))
    expect("right-to-left", HEBREW)


JAPANESE = ["港は三月の嵐で外壁が壊れたため、四か月のあいだ閉鎖された。", "議会は六月に、地元の石で壁を建て直すことを決めた。費用の半分は県が払う。"]


def east_asian(canvas):
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    y = HEIGHT - 80
    for text in JAPANESE:
        canvas.setFont("HeiseiMin-W3", 12)
        for at in range(0, len(text), 16):
            canvas.drawString(72, y, text[at : at + 16])
            y -= 18
        y -= 14


def scanned(canvas):
    from PIL import Image

    picture = Image.new("L", (200, 280), 240)
    for y in range(30, 250, 12):
        picture.paste(60, (20, y, 180, y + 4))
    from reportlab.lib.utils import ImageReader

    for _ in range(2):
        canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()


def hidden_text(canvas):
    """A scan under which recognition of characters laid its text."""
    scanned_page = canvas
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    scanned_page.drawImage(ImageReader(Image.new("L", (20, 28), 240)), 0, 0, WIDTH, HEIGHT)
    text = canvas.beginText(72, HEIGHT - 80)
    text.setFont("Times-Roman", 11)
    text.setTextRenderMode(3)
    text.setLeading(14)
    for line in wrap(HARBOUR[0], "Times-Roman", 11, 450):
        text.textLine(line)
    canvas.drawText(text)


def main():
    title = "Two places by the water and what became of them"
    save("columns", columns, [title, *HARBOUR, *MILL])
    save("three-columns", three_columns, ["The weekly sheet", *HARBOUR, *MILL[:2]])
    plain = [
        "The harbour wall",
        "The council voted to rebuild the wall with local stone. The work begins in spring, and the pilots use the "
        "same marks as before.",
        HARBOUR[0],
        HARBOUR[2],
        *NOTES,
        HARBOUR[3],
    ]
    save("footnotes", footnotes, plain)
    save("hyphens", hyphens, ["On the meaning of well-known words", *HYPHENS])
    rows = [" | ".join(row) for row in ROWS]
    save("table", table, ["Landings in the north", HARBOUR[0], *rows, HARBOUR[3]])
    save("running", running, ["Harbours", *HARBOUR, "Mills", *MILL])
    numbered = [f"{at}. {item}" for at, item in enumerate(ITEMS, 1)]
    duties = ["Duties of the keeper", "Every evening the keeper has three things to do:"]
    save("lists", lists, [*duties, *ITEMS, *numbered, MILL[2]])
    save("turned", turned, ["A plan of the harbour", *HARBOUR[:2], *MILL[:2]])
    ligatures()
    right_to_left()
    save("east-asian", east_asian, JAPANESE)
    save("searchable-scan", hidden_text, HARBOUR[:1])
    save("scanned", scanned, [])
    lock = StandardEncryption("secret", ownerPassword="owner", canPrint=0)
    save("encrypted", lambda canvas: prose(canvas, HARBOUR, 72, HEIGHT - 80, 450), [], encrypt=lock)
    owner = StandardEncryption("", ownerPassword="owner", canCopy=0, strength=128)
    save("owner-locked", lambda canvas: prose(canvas, HARBOUR, 72, HEIGHT - 80, 450), HARBOUR, encrypt=owner)


main()
