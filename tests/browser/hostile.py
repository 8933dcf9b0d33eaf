"""300 strings that would do something, or become something else, where they are not shown as text.

Each could be a name, an account or a note. None is part of another, so that each can be looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

STRANGER = "http://stranger.example"

_numbers = iter(range(1000))


def _from_there(ending: str = "png") -> str:
    return f"{STRANGER}/{next(_numbers)}.{ending}"


# What Markdown, HTML and Streamlit's own marks make of a picture, a link or a word.
_FETCHING = (
    "![x]({})", "[![x]({})](y)", "<img src={}>", "<img src={} onerror=alert(1)>",
    '"><img src={}>', "'><img src='{}'>", "</p><img src={}>", "<svg><image href={} /></svg>",
    "<svg onload=fetch('{}')>", "<script src={}></script>", "</script><script src={}></script>",
    "<iframe src={}></iframe>", "<link rel=stylesheet href={}>", "<style>@import '{}';</style>",
    "<div style='background:url({})'>x</div>", "<video src={} autoplay></video>",
    "<audio src={} autoplay></audio>", "<object data={}></object>", "<embed src={}>",
    "<base href={}>", "<meta http-equiv=refresh content='0;url={}'>",
    "<input type=image src={}>", "<body background={}>", "<table background={}><td>x</table>",
    "<form action={}><button>x", "<a href={} ping>x</a>", "[x]({})", "[x][1]\n\n[1]: {}",
    "<{}>", "see {}", "(see {}.)", "*{}*", ":red[![x]({})]", ":material/home: ![x]({})",
    "> ![x]({})", "- ![x]({})", "# ![x]({})", "| ![x]({}) |\n|---|\n| y |", "~~![x]({})~~",
    "`![x]({})`", "    ![x]({})", "$![x]({})$", "&lt;img src={}&gt;", "&#60;img src={}&#62;",
    "%3Cimg src={}%3E", "\\u003cimg src={}\\u003e", "<IMG SRC={}>", "<img/src={}>",
    "<img src={} ", "<!-- --><img src={}>", "<![CDATA[<img src={}>]]>",
    "<?xml-stylesheet href='{}'?>", "(( '<img src={}>' | safe ))", '#image("{}")',
    '#link("{}")[x]', '#import "{}": *', '#include "{}"', '=HYPERLINK("{}","x")',
    '=WEBSERVICE("{}")', '=IMAGE("{}")', "@import url({});", "//stranger.example/{}",
)  # fmt: skip

# What becomes another letter, another word or another look.
_CHANGING = (
    "He -> she", "she <- he", "a <- b -> c", "wait -- what", "wait --- what", "so ... what",
    "it is >= 5", "it is <= 5", "he != she", "(c) 2026 him", "(tm) of hers", "1/2 of an hour",
    ":streamlit: said he", ":smile: he wrote", ":+1: she wrote", ":red[he] went",
    ":blue-background[he]", ":small[he] said", ":rainbow[he] said", ":material/warning: near",
    ":shortcut: he", "**he** hit", "__she__ hit", "*he* ran", "_she_ ran", "~~he~~ did",
    "`he` said so", "``` \nhe said\n```", "$x^2$ he wrote", "$$x_1$$ he wrote",
    "\\(x\\) he wrote", "\\*he\\* wrote", "# He said", "## She said", "=== He\n===",
    "Title\n-----", "- he went", "* he hit", "+ he hit", "1. he hit", "1) he ran",
    "> he said it", "| he | she |\n|----|-----|\n| 1 | 2 |", "- [ ] he did", "- [x] she did",
    "he  did  it  twice", "two spaces at the end  \nof a line", "---\nhe", "***\nshe",
    "he said\n\n\n\nnothing", "a\ttab between", "&amp; he", "&copy; she", "&#8594; he",
    "&nbsp;he&nbsp;", "he[^1] said", "[^1]: a note", "~he~ sub", "^she^ super", "==he== marked",
    "++she++ under", "he@school.example wrote", "www.stranger.example he saw", "<he>",
    "</he> she", "<b>he</b> hit", "<u>she</u> hit", "<br>he<br/>", "a < b > c he",
    "</div></div>he", "</textarea>he", "</title>she", "]]>he", "-->she", "'\"><he", '\\"he\\"',
    "'; DROP TABLE incidents; --", "' OR '1'='1 he", "$me he wrote", "{0} he wrote", "{he!r}",
    "%s he wrote", "%(he)s", "${7*7} he", "((7*7)) he", "#{7*7} he", "<%= 7*7 %> he",
    "{% raw %} he", "\\n he wrote", "\\u0041 he", "\\x41 he", "\\0 he", "=1+1+1", "=SUM(A1:A9)",
    "+44 20 7946 0000", "-5 he owed", "@he said", "=cmd|'/C calc'!A0", "\u2212 5 he",
    "'=1+1 he", " =1+2", "＝1+1 he", "＋he", "＠he", "1e5 he", "0123456 he", "1/2/2026 he",
    "TRUE he", "null he", "NaN he", "undefined he", "[object Object] he", "None he",
    "javascript:alert(1) he", "data:text/html,<b>he", "file:///etc/passwd he",
    "../../etc/passwd he", "C:\\he\\she.txt", "#let x = 1 he", "#set page(width: 1cm) he",
    "= He said", "== She said", "/ he: said", "@ref he", "<label> he", "*he _and* she_",
    "\\ he", "#pagebreak() he", "#he", "$ he $", "[he] she", "// he said", "/* he */ she",
    "```typ he```", "~he said", "he\u00adsaid", "¶ he §", "he\u00a0said", "“he” ‘she’",
)  # fmt: skip

# Letters that turn, stack, hide or look like others.
_LETTERS = (
    "قال: لا أريد أن أذهب", "יוסף אמר לא", "يوسف (yes) said 12",
    "\u202eesrever\u202c he", "\u2066isolated\u2069 he",
    "\u200ehe\u200f she", "zero\u200bwidth", "zero\u200djoin",
    "he\ufeffsaid", "Z\u0335\u0321a\u0335l\u0335g\u0335o he",
    "e\u0301crit", "Å ngstro\u0308m", "ﬁ ligature", "ﷺ long",
    "Nguyễn Thị Thu Hà", "Łukasz Żółć", "D’Souza–O'Brien",
    "Ω≈ç√∫˜µ he", "田中さんは言った", "王小明说他怕", "김민준이 말했다", "प्रिया ने कहा",
    "ਹਰਪ੍ਰੀਤ ਨੇ ਕਿਹਾ", "বাংলা কথা", "தமிழ் சொல்", "ไทยพูดว่า",
    "Ελληνικά είπε", "Русский сказал", "Հայերեն ասաց", "ქართული თქვა",
    "አማርኛ አለ", "ᏣᎳᎩ he", "𝕳𝖊 said", "𠮷野家 he", "Ⅷ he", "ｗｉｄｅ he",
    "İstanbul ı", "ß ẞ he", "ǅ he", "x̌̌̌ he", "⁄ fraction 1⁄2",
    "† ‡ he", "№ 5 he", "¿he?", "…he…", "·he·", "‘‘he’’", "«he»",
)  # fmt: skip

_SAID = (
    "He said: {}", "{} (see above)", "\n{}", "1. {}\n2. {}", "> {}", "**{}**", "<p>{}</p>",
    '="{}"',
)  # fmt: skip


def _all() -> list[str]:
    fetching = [each.replace("{}", _from_there()) for each in _FETCHING]
    plain = [*fetching, *_CHANGING, *_LETTERS]
    core = (
        "![x]({})",
        "<img src={}>",
        "<b>he</b> {}",
        ":red[he] {}",
        "he -> she {}",
        "`{}`",
        "<a href={}>he</a>",
    )
    nested = [
        frame.replace("{}", inner.replace("{}", _from_there())).strip("\n")
        for frame, inner in product(_SAID, core)
    ]
    return [*plain, *nested]


STRINGS: Sequence[str] = tuple(_all())
