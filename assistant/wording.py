"""Every word that is shown to readers and does not come from the guides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = [
    "ANSWER_HEADING",
    "APP_TITLE",
    "AS_OF",
    "CRISIS",
    "CRISIS_LINKS",
    "EMPTY_QUESTION",
    "FACTS",
    "FAILED",
    "FOOTER",
    "IN_ENGLISH_PLEASE",
    "LOADING",
    "NEAREST",
    "NEW_CHAT",
    "NOT_COVERED",
    "NOT_READY",
    "OUT_OF_SCOPE",
    "PARTS_NOT_COVERED",
    "PLACEHOLDER",
    "PROMISE",
    "REFUSED",
    "REVIEWED",
    "SOURCES",
    "SOURCE_KINDS",
    "SUGGESTIONS",
    "TOO_LONG",
    "TOO_VAGUE",
    "TURNS_ON",
    "UNDATED",
    "WHOM_TO_ASK",
    "WHOM_TO_ASK_ANY",
    "WHOM_TO_ASK_LABEL",
    "WITHOUT_LABELS",
    "listed",
]

APP_TITLE = "Ask about U.S. clinical externships"
PROMISE = (
    "Answers for international medical graduates, only from reviewed guides. "
    "Every sentence shows where it stands, how old it is and what it rests on."
)
PLACEHOLDER = "Ask about visas, letters, costs, finding a place…"
NEW_CHAT = "New chat"
SUGGESTIONS = (
    "Are externships paid?",
    "Which visa do I need for an observership?",
    "What is the difference between an observership and an externship?",
    "How do I find an observership if I know nobody?",
    "What is a letter from an observership worth?",
    "Which vaccinations do hospitals ask for?",
)
LOADING = "Getting the guides ready. The first answer takes a few seconds more."
FAILED = "Something went wrong on our side, and your question was not answered. Please try again."
NOT_READY = "The guides are not available right now. Please try again in a few minutes."
ANSWER_HEADING = "More from the guides"
SOURCES = "Where this stands"
REVIEWED = "reviewed {day}"
AS_OF = "as of {day}"
UNDATED = "undated page"
SOURCE_KINDS: Mapping[str, str] = {"official": "official source", "secondary": "secondary source"}
WITHOUT_LABELS: Mapping[str, str] = {
    "not_covered": "The guides do not answer this",
    "out_of_scope": "Outside these guides",
    "refused": "I cannot help with this",
}
CRISIS_LINKS = (
    ("988lifeline.org", "https://988lifeline.org"),
    ("findahelpline.com", "https://findahelpline.com"),
)
NEAREST = "Nearest guides"
WHOM_TO_ASK_LABEL = "Whom to ask"
FOOTER = (
    "General information, not legal or medical advice. Rules change: "
    "check the official page before you pay, travel or sign."
)

EMPTY_QUESTION = "Please type a question in words, for example: “Are externships paid?”"
TOO_LONG = (
    "Your message has {length:,} characters; I can read up to {limit:,}. "
    "Please send the main question in a few sentences."
)
TOO_VAGUE = (
    "I am not sure what you mean. Please tell me a little more: what you want to know about "
    "(visa, letters, costs, finding a place …), and whether you are a student or a graduate."
)
FACTS: Mapping[str, str] = {
    "visa": "which visa or status you hold",
    "status": "whether you are a student or a graduate",
    "citizenship": "which citizenship you have",
}
TURNS_ON = (
    "The answer turns on who asks. Please tell me {facts}. Until then, this is what the guides say "
    "of each case:"
)
PARTS_NOT_COVERED = "The guides do not answer this part: {parts}. I will not guess."
NOT_COVERED = (
    "The guides do not answer this question, so I will not guess. "
    "The nearest guides and the people who can tell you are listed here."
)
OUT_OF_SCOPE = (
    "This is outside what the guides cover. They are about U.S. clinical externships and "
    "observerships for international medical graduates: kinds, visas, documents, letters, costs, "
    "conduct, and how to find a place."
)
REFUSED = (
    "I cannot help with that. False documents, bought letters, untrue words to an officer and "
    "work without permission or a licence can end a medical career, and they can harm patients. "
    "I can tell you what the guides say about doing it the right way."
)

_CRISIS_EN = (
    "I am sorry that you are in so much pain. What you wrote matters more than any question about "
    "training. If you might act on these thoughts, call the local emergency number now (911 in "
    "the U.S.). In the U.S. you can call or text 988, the Suicide & Crisis Lifeline, free, day "
    "and night; for Spanish press 2. In other countries, findahelpline.com lists free lines by "
    "country. Please tell one person near you how you feel, today. You do not have to be alone "
    "with this."
)
CRISIS: Mapping[str, str] = {
    "en": _CRISIS_EN,
    "es": (
        "Siento mucho que estés sufriendo tanto. Lo que has escrito importa más que cualquier "
        "pregunta sobre la carrera. Si crees que puedes hacerte daño, llama ahora al número de "
        "emergencias (911 en EE. UU.). En EE. UU. puedes llamar o enviar un mensaje al 988, "
        "gratis, día y noche; para español pulsa 2. En otros países, findahelpline.com muestra "
        "líneas de ayuda gratuitas. Por favor, cuéntaselo hoy a una persona cercana. No tienes "
        "que pasar por esto a solas."
    ),
    "pt": (
        "Sinto muito que você esteja sofrendo tanto. O que você escreveu importa mais do que "
        "qualquer pergunta sobre a carreira. Se você pode se machucar, ligue agora para a "
        "emergência (911 nos EUA, 192 no Brasil, 112 em Portugal). Nos EUA, ligue ou mande "
        "mensagem para 988, grátis, dia e noite. Em outros países, findahelpline.com mostra "
        "linhas de ajuda gratuitas. Por favor, conte hoje a alguém próximo. Você não precisa "
        "enfrentar isso sem ninguém."
    ),
    "fr": (
        "Je suis désolé que vous souffriez autant. Ce que vous avez écrit compte plus que toute "
        "question de carrière. Si vous risquez de vous faire du mal, appelez maintenant les "
        "urgences (911 aux États-Unis, 112 en Europe). Aux États-Unis, appelez le 988 ou "
        "envoyez-lui un message, gratuitement, jour et nuit. Ailleurs, findahelpline.com donne "
        "les lignes d'écoute gratuites. Parlez-en dès aujourd'hui à une personne proche. Vous "
        "n'avez pas à rester sans aide."
    ),
    "ar": (
        "يؤلمني أنك تمرّ بكل هذا الألم. ما كتبته أهم من أي سؤال عن التدريب. إذا كنت قد تؤذي نفسك "
        "فاتصل الآن برقم الطوارئ (911 في الولايات المتحدة). في الولايات المتحدة يمكنك الاتصال أو "
        "إرسال رسالة إلى 988 مجانًا ليلًا ونهارًا. وفي البلدان الأخرى تجد خطوط المساعدة المجانية على "
        "findahelpline.com. أرجوك أخبر اليوم شخصًا قريبًا منك بما تشعر به. لست وحدك."
    ),
    "ur": (
        "مجھے بہت افسوس ہے کہ آپ اتنی تکلیف میں ہیں۔ آپ نے جو لکھا ہے وہ تربیت کے ہر سوال سے زیادہ اہم "
        "ہے۔ اگر آپ خود کو نقصان پہنچا سکتے ہیں تو ابھی ہنگامی نمبر پر کال کریں (امریکہ میں 911)۔ امریکہ "
        "میں 988 پر دن رات مفت کال یا میسج کیا جا سکتا ہے۔ دوسرے ملکوں کی مفت ہیلپ لائنیں "
        "findahelpline.com پر ہیں۔ براہِ کرم آج ہی کسی قریبی شخص کو بتائیں۔ آپ اکیلے نہیں ہیں۔"
    ),
    "hi": (
        "मुझे दुख है कि आप इतनी पीड़ा में हैं। आपने जो लिखा है वह पढ़ाई के हर सवाल से ज़्यादा ज़रूरी है। अगर आप खुद को "
        "नुकसान पहुँचा सकते हैं, तो अभी आपातकालीन नंबर पर कॉल करें (अमेरिका में 911, भारत में 112)। अमेरिका में 988 पर "
        "दिन-रात मुफ़्त कॉल या संदेश कर सकते हैं। दूसरे देशों की मुफ़्त हेल्पलाइन findahelpline.com पर हैं। कृपया आज ही "
        "किसी अपने को बताइए। आप अकेले नहीं हैं।"
    ),
    "ru": (
        "Мне очень жаль, что вам так больно. То, что вы написали, важнее любого вопроса об учёбе. "
        "Если вы можете причинить себе вред, позвоните сейчас в экстренную службу (911 в США, 112 "
        "в Европе и России). В США можно позвонить или написать на 988, бесплатно, круглосуточно. "
        "Для других стран бесплатные линии помощи есть на findahelpline.com. Пожалуйста, расскажите "
        "сегодня кому-нибудь из близких. Вы не одни."
    ),
    "zh": (
        "很难过听到您这么痛苦。您写下的这些比任何培训问题都重要。如果您可能伤害自己，请立即拨打当地急救电话"
        "（美国 911）。在美国可以随时免费拨打或发短信给 988。其他国家的免费热线见 findahelpline.com。"
        "请今天就告诉一位身边的人。您不必独自承受。"
    ),
}
"""By language; a reader in another language gets the English text."""

IN_ENGLISH_PLEASE: Mapping[str, str] = {
    "ar": "الأدلة مكتوبة بالإنجليزية. أفهم الأسئلة الإنجليزية أفضل؛ جرّب أن تسأل بجملة إنجليزية قصيرة.",
    "bn": "গাইডগুলো ইংরেজিতে লেখা। ছোট ইংরেজি বাক্যে প্রশ্ন করলে আমি ভালো বুঝব।",
    "de": "Die Leitfäden sind auf Englisch. Bitte fragen Sie in kurzem, einfachem Englisch.",
    "es": "Las guías están en inglés. Entiendo mejor las preguntas breves en inglés; inténtelo así.",
    "fa": "راهنماها به انگلیسی هستند. لطفاً پرسش خود را با یک جملهٔ کوتاه انگلیسی بنویسید.",
    "fr": "Les guides sont en anglais. Essayez de poser votre question en anglais simple.",
    "hi": "गाइड अंग्रेज़ी में हैं। कृपया छोटी अंग्रेज़ी में पूछें, मैं उसे बेहतर समझता हूँ।",
    "id": "Panduan ini berbahasa Inggris. Coba bertanya dengan kalimat Inggris yang pendek.",
    "it": "Le guide sono in inglese. Provi a fare la domanda in un inglese breve e semplice.",
    "pt": "Os guias estão em inglês. Entendo melhor perguntas curtas em inglês; tente assim.",
    "ru": "Руководства написаны по-английски. Попробуйте задать вопрос коротко по-английски.",
    "tr": "Rehberler İngilizce. Lütfen sorunuzu kısa ve basit İngilizce ile yazın.",
    "uk": "Посібники написані англійською. Спробуйте поставити запитання коротко англійською.",
    "ur": "رہنما انگریزی میں ہیں۔ براہِ کرم مختصر انگریزی میں سوال کریں۔",
    "zh": "指南是英文的。请试着用简短的英文提问。",
}

WHOM_TO_ASK: Mapping[str, tuple[str, ...]] = {
    "visas": (
        "The U.S. embassy or consulate that handles your visa: travel.state.gov",
        "A licensed immigration attorney, for your own case",
    ),
    "hands-on": (
        "The medical board of the state where you will rotate: find it through fsmb.org",
        "A licensed immigration attorney, for what your status allows",
    ),
    "letters": ("AAMC, which runs ERAS: students-residents.aamc.org",),
    "exams": ("ECFMG/Intealth: ecfmg.org", "USMLE: usmle.org"),
    "applying": ("AAMC, which runs ERAS: students-residents.aamc.org", "NRMP: nrmp.org"),
    "usce": ("The residency programme you want to apply to: its own page states what it counts",),
    "costs": ("The host's coordinator, for its fee and its refund rule in writing",),
    "documents": ("The host's coordinator and its occupational health office",),
    "conduct": ("The host's coordinator and your supervising physician",),
    "programmes": ("The programme's own page and its coordinator",),
    "finding": ("The coordinator of the hospital or department you want to visit",),
    "special-situations": ("ECFMG/Intealth: ecfmg.org", "The programme's own coordinator"),
}
"""Who can answer, by the topic of the nearest guide."""

WHOM_TO_ASK_ANY = ("The coordinator of the hospital or programme you want to visit",)


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
