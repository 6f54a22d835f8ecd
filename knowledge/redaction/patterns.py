"""What tells who somebody is by its form: addresses, numbers, dates."""

import re

_YEAR = r"(?:19|20)\d\d"
_ENDS = r"[^,.;!?\n،؛؟]"
_BEFORE_STREET = (
    r"ul\.|ulic[ay]|aleja|al\.|os\.|osiedl[eu]|pl\.|rue|avenue|av\.|boulevard|bd\.?|chemin|impasse|allée|strada|str\.|bulevardul|"
    r"aleea|calea|ул\.|улиц[аеы]|вул\.|вулиц[яі]|проспект[еі]?|просп\.|пр-т|пр\.|переул(?:ок|ке)|пров(?:улок|улку|\.)|"
    r"شارع|خیابان|خيابان|کوچه|كوچه|بلوار|ميدان|میدان|حارة|زقاق"
)
_BEHIND_STREET = (
    r"street|road|avenue|lane|drive|close|square|sokak|sokağı|sokağında|caddesi|caddesinde|cad\.|cd\.|sk\.|sok\.|mahallesi|"
    r"mah\.|bulvarı"
)
_BORN = (
    r"geboren|geb\.|born|date of birth|geburtsdatum|doğum|doğdu|doğumlu|народ\w*|родил\w*|рожд\w*|дата народження|urodz\w*|ur\.|"
    r"născut\w*|nascut\w*|née?|مواليد|ولدت|ولد|متولد|تاریخ تولد|تاريخ الميلاد"
)
# In this order; each match is taken out whole.
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\S*(?:https?|ftp)://\S+",
        r"\bwww\.\S+",
        r"[^\s,;<>]*\w\s?@\s?\w[^\s,;<>]*",
        r"@\w+",
        r"\S+\s*[(\[]\s*(?:at|ät|et|при|собака)\s*[)\]]\s*\S+(?:\s*[(\[]\s*(?:dot|punkt|point|nokta)\s*[)\]]\s*\w+)?",
        r"\b[\w-]+\.(?:de|com|org|net|info|eu|tr|ua|ru|pl|ro|fr|ir|me|io)\b\S*",
        r"\b[A-Z]{2}\d{2}(?:\s?[\dA-Z]{2,4}){3,8}\b",
        rf"\b(?:{_BORN})\b[^!?\n]{{0,30}}?\d[\d./\-–\s]*(?:\s?\w+\s{_YEAR})?",
        rf"\b\d{{1,2}}\.?\s*(?:de\s)?\w+\s(?:de\s)?{_YEAR}\b",
        rf"\b\w+\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}\b",
        r"\b\d{1,4}\s?[./\-–]\s?\d{1,2}\s?[./\-–]\s?\d{2,4}\b",
        r"(?:\+|\b00)?\(?\d[\d\s()/.\-–]{4,}\d",
        rf"\b\d+\w?\s(?:\w+\s){{1,3}}(?:{_BEHIND_STREET})(?!\w)",
        rf"(?:\w+\s){{1,2}}(?:{_BEHIND_STREET})(?!\w)(?:\s*(?:no\s?[:.]?\s?)?\d+\w?)?",
        rf"(?<!\w)(?:{_BEFORE_STREET})\s*{_ENDS}{{1,40}}?(?:\d+\s?\w?(?!\w)|(?=[,.;!?\n،؛؟]|$))",
        r"\b(?:[\w-]+\s){0,1}?[\w-]*(?:straße|strasse|str\.)(?:\s*\d+\s?[a-z]?\b)?",
        r"\d[\d\s]*\d{2,}",
    )
)
# A word with a number behind it is an address, unless the word is one that many parents use: "Am Anger 12", "Kita 2".
WITH_NUMBER = re.compile(r"([^\W\d_][\w-]*)\s+\d{1,4}\s?[a-z]?\b", re.IGNORECASE)
