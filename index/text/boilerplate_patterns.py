"""The patterns of boilerplate: regular expressions, as data.

`boilerplate` applies them to whole paragraphs, from the start. Letters match in either case unless
a group says `(?-i:`. Repeated groups are atomic, `(?>`, where two readings could overlap: no
paragraph takes long.
"""

import re
from dataclasses import dataclass
from functools import partial
from typing import Literal

from index.documents import BoilerplateKind
from index.text.line_shapes import (
    AGENCY,
    CONTACT,
    CREDIT,
    DATE,
    NAME,
    NAMES,
    NETWORK,
    OUTLETS,
    TAIL,
    compiled,
)

Place = Literal["anywhere", "head", "end"]


@dataclass(frozen=True, slots=True)
class BoilerplatePattern:
    kind: BoilerplateKind
    pattern: re.Pattern[str]
    most_words: int
    """A paragraph with more words also holds other content: it is not marked."""
    hint: str
    """Lower-case text that the paragraph must contain: a cheap test before the pattern."""
    place: Place


def _pattern(
    kind: BoilerplateKind, pattern: str, most_words: int, hint: str = "", place: Place = "anywhere"
) -> BoilerplatePattern:
    return BoilerplatePattern(kind, compiled(pattern), most_words, hint, place)


_caption, _teaser, _newsletter, _sharing, _notice = (
    partial(_pattern, kind) for kind in BoilerplateKind if kind is not BoilerplateKind.COMMENTS
)

PATTERNS = (
    # Captions: a credit at the end, or words that only begin a caption.
    _caption(r".*\b(?:image|photo|picture|video)s? credits?:", 80, hint="credit"),
    _caption(r"(?:image|photo|picture|video) (?:source|caption)s?[:,]", 60),
    _caption(r"(?:file|undated|handout|archive) (?:photo|picture|image)\b ?[:\-–—]", 60),
    _caption(
        r".*\bin this (?:\w+ )?(?:file |handout )?(?:photo|picture|image|photograph)\b",
        60,
        hint="in this",
        place="head",
    ),
    _caption(
        rf"(?:.*[.!?)”\"\]\d] |.*\()?(?:photo(?:graph)?: )?{NAMES}"
        rf"(?> ?/ ?[\w .'’&-]{{2,40}})*? ?/ ?{AGENCY}\)?\.?\Z",
        90,
        hint="/",
    ),
    _caption(rf"(?:.*[.!?)”\"\]] |.*\()?{NAMES} via {AGENCY}\)?\.?\Z", 90, hint=" via "),
    _caption(rf"(?:.*[.!?)”\"\]] )?{AGENCY.replace('|file', '')}\Z", 60, hint="getty"),
    _caption(
        rf"(?>.*(?:[\w’')”\"]{{2}}[.!?]|[)”\"\]]) )"
        rf"(?:{CREDIT}|{NAME}[^/.]{{0,50}}/ ?(?-i:[A-Z]){TAIL})\Z",
        90,
    ),
    _caption(rf".*[.!?)”\"\]] (?-i:[Cc]ourtesy(?: of)?|From|Via) {NAMES}(?:/{NAME})?\Z", 80),
    _caption(r".*\bimage ©", 60, hint="image ©"),
    _caption(
        rf"(?:.*[.!?)”\"\]] )(?-i:AP|REUTERS|Reuters|AFP) Photo ?/ ?{NAMES}\Z", 80, hint="photo"
    ),
    _caption(rf"[^.!?]*\({AGENCY}\)\Z", 40, hint=")", place="head"),
    _caption(
        r".*\((?:[a-z]+ )?(?:photo|image|picture|credit)s?(?: by| courtesy(?: of)?|:"
        r"|/)[^()]{2,80}\)\.?\Z",
        80,
        hint="(",
    ),
    _caption(
        r"\W?(?-i:FILE ?PHOTO|FILE ?[-–—:]|(?:AP|REUTERS|Reuters|AFP) Photo|Photo(?:s"
        r"|graphs?)? by\b|Photo(?:s|graphs?)? courtesy|Photo(?:graph)?: )",
        60,
    ),
    _caption(
        r"(?:in )?this (?:[\w.,]+ ){0,6}(?:photo|image|picture|photograph|frame grab) (?:provided"
        r"|taken|released|made available|obtained) (?:by|on|from|in)?",
        80,
    ),
    _caption(
        r"(?:hide caption|toggle caption|enlarge (?:this )?image|view (?:larger map|image in)"
        r"|video ad feedback|now playing|play video)\b",
        40,
    ),
    _caption(
        r"[^.!?]*(?:\bpictured (?:above|below|here|left|right)\b|\((?:left|right|centre|center)\)"
        r"|, (?:left|right|centre|center), )[^.!?]*\.?\Z",
        45,
        place="head",
    ),
    # Teasers: a label and a headline, or an invitation to read on elsewhere.
    _teaser(
        r"[►➤▶→●■◾∎▪•*» ]*(?:(?:see|read|watch|learn|find out) (?:also|more|next)|also read"
        r"|related(?: [a-z]+){0,2}|more|more (?:on|from|about) [\w’' -]{1,40}|recommended"
        r"|don['’]t miss|you (?:may|might) (?:also )?like|must[- ]read|in case you missed it"
        r"|icymi|what to read next|up next) ?[:|»>] ?\S",
        35,
    ),
    _teaser(
        r"(?:watch|listen|photos?|videos?|gallery|graphics?|podcast|opinion|live updates|quiz|read"
        r"|fact[- ]check(?: roundup)?|in[- ]depth"
        r"|interactive(?: maps?)?|slideshow) ?[:|»>].*[^.]\Z",
        25,
    ),
    _teaser(
        r"[►➤▶→●■◾∎▪•*» ]*(?-i:[A-Z0-9])[^.:\n“”]{2,45}:(?-i:[A-Z'‘\"“])"
        r"(?:.*[^.\"”]|[^.?!]+[.?!] (?-i:[A-Z])[^.?!]+\.|.*(?-i:U\.S\.))\Z",
        30,
        hint=":",
    ),
    _teaser(r"[^.:\n“”\"?!]{8,80}(?-i:[a-z’'][?][A-Z]).*", 25, hint="?"),
    _teaser(r"(?:[^.?!“”\"]*[?!])*[^.?!“”\"]*\b(?:click|tap) here\b[^“”\"]*\Z", 20, hint=" here"),
    _teaser(r"[^“”\"]*\bcheck (?:out )?(?:your|the) [^.!?]{2,40} here\W*\Z", 15, hint=" here"),
    _teaser(r"(?:ap|more ap) [\w ]{2,40}: ?https?://", 20, hint="http"),
    _teaser(
        r"\(?see also\b(?!.*(?: v\. |§|\bU\.S\.|\bsections? \d|\barticles? \d"
        r"|\bart\. ))[^.;]*\.?\)?\Z",
        15,
    ),
    _teaser(
        r"(?:read (?:more|next|the (?:full|complete|whole|entire) (?:story|article|report))"
        r"|continue reading)\b",
        12,
    ),
    _teaser(r"(?:tap or )?(?:click|tap) here (?:to|for)\b", 25),
    _teaser(r".*[.!?] click here to (?:see|view|read|watch)\b", 20, hint="click here"),
    _teaser(r"need a (?:news )?break\?", 20),
    _teaser(r"(?:need a break\? )?play (?:the|our) .{0,40}(?:crossword|puzzle)", 15),
    _teaser(r"(?:follow|get|see)(?: along for| our| the)* live updates\b", 8),
    _teaser(
        r"(?:related(?: (?:stories|articles?|content|coverage|posts|links))?"
        r"|recommended(?: for you| stories| reading)?|most (?:read|popular|viewed)(?: stories"
        r"| articles| news)?|top stories|you (?:may|might) (?:also )?like|(?:more"
        r"|latest) (?:stories|news|headlines|articles)|trending(?: now| stories)?"
        r"|editors?['’]s? picks|up next|watch (?:next|live))\W*\Z",
        5,
    ),
    # Newsletters, subscriptions and apps.
    _newsletter(
        r"(?:sign[- ]?up|subscribe)\b.*\b(?:newsletters?|inbox|e-?mails?|news alerts|text(?:s"
        r"| with)|briefing|podcast|print edition"
        r"|(?:daily|weekly|monthly) (?:letter|digest|round-?up))\b",
        130,
    ),
    _newsletter(r"(?:subscribe (?:to|now|today|here)|sign[- ]?up (?:here|now|today)\W*\Z)", 15),
    _newsletter(
        r"(?:.*[.!?:] )?(?-i:Sign[- ]?up|SIGN[- ]UP|Subscribe|Get|Join|Receive|Want"
        r"|Don['’]t miss)\b.*\bnewsletters?\b",
        70,
        hint="newsletter",
    ),
    _newsletter(
        r"(?=.*\b(?:sign[- ]?up|subscribe|delivered|straight|directly"
        r"|newsletters?)\b).*\byour (?:e-?mail )?inbox\b",
        60,
        hint="inbox",
    ),
    _newsletter(
        r"(?:please )?(?:consider )?support(?:ing)? (?:local|our|independent"
        r"|quality) journalism\b|thank you for (?:supporting our journalism|subscribing)",
        40,
    ),
    _newsletter(
        r"(?:.*[.!?] )?(?:please )?(?:help |consider |you can )*support(?:ing)? (?!for\b).*"
        r"\b(?:subscription|subscribing|subscriber)\b",
        40,
        hint="subscri",
        place="end",
    ),
    _newsletter(
        r"[^.!?]{0,60}\bapp\b[^“”\"]*\bdownload (?:for|it|now|here)\b", 40, hint="download"
    ),
    _newsletter(r"download (?:our|the)\b(?=.*\b(?:news|latest|stories)\b).*\bapps?\b", 35),
    _newsletter(r"(?:already a|become a|not a) (?:subscriber|member)\b", 15),
    # Sharing, following, and how to reach the newsroom.
    _sharing(
        r"share (?:this(?: (?:story|article|page|post|link|video))?|(?:this )?(?:on|via"
        rf"|to) {NETWORK})\W*\Z",
        8,
    ),
    _sharing(
        r"(?:share|tweet|copy link|link copied)\b(?:[\s|,•·/!]*(?:share|tweet|pin(?: it)?"
        rf"|e-?mail|print|save|copy link|link copied|{NETWORK}))*\W*\Z",
        12,
    ),
    _sharing(
        rf"(?-i:Follow|FOLLOW) (?:@\w|(?:\S+ ){{1,9}}?(?:(?:on|at) (?:{NETWORK}|https?:)|@\w))", 45
    ),
    _sharing(rf"(?:like|join|find|connect with) us on {NETWORK}", 30),
    _sharing(r"(?:.*[.!?] )?join\b.{0,60}\b(?:facebook|whatsapp) (?:group|page|channel)", 30),
    _sharing(
        r"(?:do you |if you )?(?:have|got) an? (?:[a-z]+ ){0,4}(?:idea|tip|question|story)\b.*@",
        60,
        hint="@",
        place="end",
    ),
    _sharing(
        rf"(?:{NAMES}[:;,] )?(?:(?:e-?mail|twitter|x/twitter|contact|phone|call)s?:? )?{CONTACT}"
        rf"(?>[\s;,|/]|and|or|follow|him|her|them|me|on|e-?mail:?|twitter:?|x\b:?|{CONTACT})*\.?\Z",
        20,
        hint="@",
        place="end",
    ),
    _sharing(
        r"(?:contact|reach|e-?mail|you can (?:contact|reach|follow"
        rf"|e-?mail))(?: [a-z]+){{0,5}} {NAME} [^!?]*@",
        60,
        hint="@",
        place="end",
    ),
    _sharing(
        r".*\b(?:reach|contact|follow|e-?mail) (?:him|her|them|me|us"
        r"|the reporter)\b(?: \S+){0,5} (?:at|on)\b.*@",
        60,
        hint="@",
        place="end",
    ),
    # Notices: advertising, rights, consent, and who wrote and helped.
    _notice(
        r"(?:advertisement|sponsored(?: content| by .*)?|paid content|promoted content|skip (?:ad"
        r"|advertisement)|(?:story|article) continues (?:below|after).*|ad feedback"
        r"|skip to (?:main )?content|scroll (?:down )?to continue.*)\W*\Z",
        10,
    ),
    _notice(r"(?:©|\(c\) ?\d{4}|copyright (?:©|\(c\)|\d{4}))", 60),
    _notice(r".*\ball rights reserved\b", 60, hint="all rights"),
    _notice(r"this material may not be (?:published|reproduced|copied)", 60),
    _notice(r"(?:we|(?:this|our) (?:web)?site)(?: and our partners)? uses? cookies\b", 80),
    _notice(
        r"by (?:continuing|clicking|using|browsing|registering|signing up|subscribing"
        r"|submitting)\b.{0,120}\byou (?:agree|accept|consent|acknowledge)\b",
        70,
    ),
    _notice(
        r"(?:(?:accept|manage|reject)(?: all)? (?:cookies|preferences)|cookie (?:policy|settings"
        r"|preferences|notice)|(?:terms of (?:service|use)|privacy (?:policy|notice))(?:[\s|,•·&]"
        r"|and|terms of (?:service|use)|privacy (?:policy|notice))*)\W*\Z",
        10,
    ),
    _notice(
        r"(?=.*\b(?:links?|purchase|affiliate|referrals?)\b).*\b(?:we|gannett|our"
        r"|us)\b.{0,80}\bmay (?:earn|receive)\b",
        80,
        hint=" may ",
    ),
    _notice(
        r"(?:tags?|filed (?:under|to|in)|posted in|categor(?:y|ies)|topics?|keywords?) ?:.*[^.]\Z",
        30,
        hint=":",
        place="end",
    ),
    _notice(r"\(?(?:the )?(?:story|article) continues (?:below|after)[^.]{0,30}\.?\)?\Z", 10),
    _notice(
        r"(?:our|this|the) live ?blog (?:is|will be|has|was)\b|(?:hit|press) play on the player\b"
        r"|(?:this )?transcript was automatically generated\b",
        70,
    ),
    _notice(
        r"(?!their|his|her\b)[\w’' -]{0,40}\b(?:fact[- ]check(?:ing)?(?: work)?|coverage|reporting"
        r"|journalism)\b[^.]{0,40}\bis (?:supported|made possible|funded)\b",
        90,
        place="end",
    ),
    _notice(r".{2,40}\bis an? .{2,30}\bcontent partner\b", 70),
    _notice(r"contributing(?: writers?| reporters?)?: ", 60),
    _notice(
        r"(?>\b[A-Z]\.|\.(?=[A-Z])|[^.!?])*\bcontributed (?:reporting|to (?:this|the) (?:report"
        r"|story|article))\b",
        50,
        hint="contributed",
        place="end",
    ),
    _notice(rf"(?-i:B[Yy]) {NAMES}\Z", 16),
    _notice(rf"{OUTLETS}\Z", 3),
    _notice(rf"(?:{NAME},? ){{1,5}}[—–]\Z", 6),
    _notice(
        rf"(?:last |first )?(?:updated|published|posted|modified)\b[\s:|]*(?>{DATE}[\s,.|]*)+\Z",
        16,
    ),
    _notice(r"\d+[ -]min(?:ute)?s?\.? read\W*\Z", 5),
    _notice(r"[\s_*•·♦■●—–\-=~.#|<>/\\+…]+\Z", 9),
)
