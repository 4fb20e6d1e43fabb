"""Words that people write for the language's own: in Arabic, or as other tools call the same thing."""

from __future__ import annotations

import re
from functools import cache

# A word of the language, and what is written in its place; `_` is a space or a hyphen as well.
WRITTEN = """
recipe: وصفة الوصفة اسم_الوصفة name id workflow
format: صيغة الصيغة الإصدار version
title: عنوان العنوان name subject summary
about: وصف الوصف عن description
when: عندما متى عند المشغل الحدث on trigger triggers event start
settings: إعدادات الإعدادات الاعدادات setting inputs vars variables options config
choose: اختر اختيار switch case then else if
steps: خطوات الخطوات خطوة actions action jobs tasks step then do إذن ثم
if_it_fails: عند_الفشل إذا_فشلت on_error on_failure on_fail catch rescue error
always: دائما finally ensure
stuck: عند_التعثر
if: إذا اذا لو الشرط when condition unless
only_if: إذا اذا لو فقط_إذا الشرط if filter condition
otherwise: وإلا والا غير_ذلك else default
together: معا parallel
for_each: لكل loop foreach each map repeat
item: عنصر as
at_once: parallel concurrency
wait: انتظر انتظار sleep delay pause
stop: توقف قف إيقاف end exit return
fail: فشل error raise
note: ملاحظة log print echo comment
tell: أخبر أبلغ notify alert inform message
set: حدد عين let var variable assign
as: باسم الاسم النتيجة name id result
who: لمن من to person user recipient
text: نص النص الرسالة message body content msg string str
queue: انتظر طابور wait
by_hand: يدوي يدويا manual manually hand
live: مفعلة مفعل تعمل نعم on active enabled running yes true start
paused: متوقفة موقوفة معطلة لا off inactive disabled stopped no false stop
draft: مسودة
observe: مراقبة read readonly view
send: إرسال ارسال
trusted: موثوق
page: صفحة الصفحة
mail: بريد البريد email e_mail gmail outlook
slack: سلاك
trello: تريلو
ar: عربي العربية arabic
en: إنجليزي الإنجليزية انجليزي english
sunday: الأحد الاحد أحد sun
monday: الاثنين الإثنين اثنين mon
tuesday: الثلاثاء ثلاثاء tue tues
wednesday: الأربعاء الاربعاء أربعاء wed
thursday: الخميس خميس thu thur thurs
friday: الجمعة جمعة fri
saturday: السبت سبت sat
tls: ssl
name: اسم الاسم title label
desc: وصف الوصف description details body text notes
due: موعد التسليم deadline due_date due_at date
event: الحدث الرسالة الإيميل mail message email trigger
client: العميل customer
subject: الموضوع موضوع title
from: المرسل من sender author
to: إلى recipient recipients receiver
received_at: date time received sent_at
attachments: المرفقات مرفقات files attachment
message_id: id
channel: القناة قناة room
list: القائمة قائمة column
length: duration
around: start at date time
on: day days weekday weekdays
at: time times hour hours
interval: every period
address: email mail
number: رقم عدد integer int float numeric amount
yes/no: نعم_لا boolean bool checkbox flag
duration: مدة المدة period timespan
date: تاريخ التاريخ
time: وقت الوقت ساعة hour
mail address: بريد البريد email e_mail
one of: اختيار choice select enum dropdown options
person: شخص user
list of text: قائمة قائمة_نصوص قائمة_نص list array texts strings
upper: uppercase capitalize
lower: lowercase
shorten: truncate cut limit ellipsis substring slice ملخص
length: len count size طول
replace: sub
default: or_else fallback
trim: strip
next_free: التالي next
Africa/Cairo: القاهرة الإسكندرية
Asia/Riyadh: الرياض جدة jeddah مكة
Asia/Dubai: دبي أبوظبي أبو_ظبي abu_dhabi الإمارات
Asia/Amman: عمان الأردن
Asia/Muscat: مسقط
Asia/Beirut: بيروت
Asia/Damascus: دمشق
Asia/Baghdad: بغداد
Asia/Kuwait: الكويت
Asia/Qatar: الدوحة قطر doha
Asia/Bahrain: المنامة البحرين manama
Asia/Gaza: غزة
Asia/Hebron: القدس الخليل jerusalem
Asia/Aden: صنعاء عدن sanaa
Africa/Khartoum: الخرطوم
Africa/Tripoli: طرابلس
Africa/Tunis: تونس
Africa/Algiers: الجزائر
Africa/Casablanca: الدار_البيضاء الرباط المغرب rabat
Europe/Istanbul: إسطنبول اسطنبول
Europe/London: لندن
"""


VOWELS = re.compile("[\u064b-\u0652\u0640]")  # of Arabic: written or left out


def folded(word: str) -> str:
    """Return a word as it is compared: without capitals and vowel marks, with `_` for a space or a hyphen."""
    return re.sub(r"[\s_-]+", "_", VOWELS.sub("", word.strip())).casefold()


@cache
def meanings() -> dict[str, tuple[str, ...]]:
    """Return, for each folded word that is no word of the language, which of them it may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for line in WRITTEN.strip().splitlines():
        word, _, others = line.rpartition(": ")
        for other in map(folded, others.split()):
            found[other] = (*found.get(other, ()), word)
    return found
