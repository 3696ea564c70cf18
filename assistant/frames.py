"""What frames an answer, in the reader's language: the quotes themselves stay in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant import wording

__all__ = ["FRAMES", "RIGHT_TO_LEFT", "Frame", "frame_for"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur"})


@dataclass(frozen=True)
class Frame:
    """The sentences around the evidence. `answered` stands above quotes in English."""

    answered: str
    not_covered: str
    out_of_scope: str
    refused: str


_ENGLISH = Frame("", wording.NOT_COVERED, wording.OUT_OF_SCOPE, wording.REFUSED)

FRAMES: Mapping[str, Frame] = {
    "es": Frame(
        "Esto dicen las guías, que están en inglés. Las frases se citan tal como están escritas; "
        "es información general, no asesoría legal ni médica.",
        "Las guías no responden a esta pregunta, así que no voy a adivinar. Abajo están las guías "
        "más cercanas y las personas que pueden decírtelo.",
        "Esto queda fuera de lo que cubren las guías. Tratan de las rotaciones y observerships en "
        "Estados Unidos para médicos graduados en otros países: tipos, visas, documentos, cartas, "
        "costos, conducta y cómo encontrar una plaza.",
        "No puedo ayudar con eso. Los documentos falsos, las cartas compradas, mentir a un oficial "
        "y trabajar sin permiso o sin licencia pueden acabar con una carrera médica y dañar a "
        "pacientes. Puedo decirte lo que dicen las guías sobre cómo hacerlo bien.",
    ),
    "pt": Frame(
        "Isto é o que dizem os guias, que estão em inglês. As frases são citadas como foram "
        "escritas; é informação geral, não orientação jurídica nem médica.",
        "Os guias não respondem a esta pergunta, por isso não vou adivinhar. Abaixo estão os guias "
        "mais próximos e quem pode informar você.",
        "Isto está fora do que os guias cobrem. Eles tratam de estágios e observerships nos EUA "
        "para médicos formados no exterior: tipos, vistos, documentos, cartas, custos, conduta e "
        "como encontrar uma vaga.",
        "Não posso ajudar com isso. Documentos falsos, cartas compradas, mentir a um oficial e "
        "trabalhar sem permissão ou sem licença podem acabar com uma carreira médica e prejudicar "
        "pacientes. Posso dizer o que os guias dizem sobre o caminho correto.",
    ),
    "fr": Frame(
        "Voici ce que disent les guides, qui sont en anglais. Les phrases sont citées telles "
        "quelles ; c'est une information générale, pas un conseil juridique ou médical.",
        "Les guides ne répondent pas à cette question, je ne vais donc pas deviner. Vous trouverez "
        "ci-dessous les guides les plus proches et les personnes qui peuvent vous répondre.",
        "Ceci sort du sujet des guides. Ils portent sur les stages et observerships aux États-Unis "
        "pour les médecins diplômés à l'étranger : types, visas, documents, lettres, coûts, "
        "conduite et recherche d'une place.",
        "Je ne peux pas aider à cela. Les faux documents, les lettres achetées, les mensonges à un "
        "agent et le travail sans autorisation ou sans licence peuvent mettre fin à une carrière "
        "médicale et nuire aux patients. Je peux dire ce que les guides disent de la bonne voie.",
    ),
    "ar": Frame(
        "هذا ما تقوله الأدلة، وهي مكتوبة بالإنجليزية. الجمل منقولة كما هي، وهي معلومات عامة وليست "
        "استشارة قانونية أو طبية.",
        "الأدلة لا تجيب عن هذا السؤال، ولذلك لن أخمّن. تجد أدناه أقرب الأدلة ومن يستطيع أن يخبرك.",
        "هذا خارج ما تغطيه الأدلة. هي عن التدريب السريري والملاحظة في الولايات المتحدة لخريجي كليات "
        "الطب في الخارج: الأنواع والتأشيرات والوثائق والرسائل والتكاليف والسلوك وكيفية إيجاد مكان.",
        "لا أستطيع المساعدة في ذلك. الوثائق المزورة والرسائل المشتراة والكذب على الموظف والعمل دون "
        "تصريح أو ترخيص قد تنهي مسيرة الطبيب وتؤذي المرضى. أستطيع أن أخبرك بما تقوله الأدلة عن "
        "الطريق الصحيح.",
    ),
    "ur": Frame(
        "گائیڈز یہ کہتی ہیں، جو انگریزی میں ہیں۔ جملے جوں کے توں نقل کیے گئے ہیں؛ یہ عام معلومات ہیں، "
        "قانونی یا طبی مشورہ نہیں۔",
        "گائیڈز میں اس سوال کا جواب نہیں ہے، اس لیے میں اندازہ نہیں لگاؤں گا۔ نیچے قریب ترین گائیڈز اور "
        "وہ لوگ درج ہیں جو آپ کو بتا سکتے ہیں۔",
        "یہ گائیڈز کے موضوع سے باہر ہے۔ وہ بیرونِ ملک سے فارغ ڈاکٹروں کے لیے امریکہ میں کلینیکل تجربے کے "
        "بارے میں ہیں: اقسام، ویزے، دستاویزات، خطوط، اخراجات، آداب اور جگہ ڈھونڈنا۔",
        "میں اس میں مدد نہیں کر سکتا۔ جعلی کاغذات، خریدے ہوئے خط، افسر سے جھوٹ اور اجازت یا لائسنس کے "
        "بغیر کام ڈاکٹر کا کیریئر ختم کر سکتے ہیں اور مریضوں کو نقصان پہنچا سکتے ہیں۔ صحیح طریقے کے بارے "
        "میں گائیڈز کیا کہتی ہیں، یہ بتا سکتا ہوں۔",
    ),
    "hi": Frame(
        "गाइड यह कहते हैं, जो अंग्रेज़ी में हैं। वाक्य ज्यों के त्यों दिए गए हैं; यह सामान्य जानकारी है, कानूनी या "
        "चिकित्सीय सलाह नहीं।",
        "गाइड में इस सवाल का जवाब नहीं है, इसलिए मैं अंदाज़ा नहीं लगाऊँगा। नीचे सबसे नज़दीकी गाइड और वे लोग हैं जो "
        "आपको बता सकते हैं।",
        "यह गाइड के विषय से बाहर है। वे विदेश से पढ़े डॉक्टरों के लिए अमेरिका में क्लिनिकल अनुभव के बारे में हैं: "
        "प्रकार, वीज़ा, दस्तावेज़, पत्र, खर्च, आचरण और जगह ढूँढना।",
        "मैं इसमें मदद नहीं कर सकता। नकली कागज़, खरीदे हुए पत्र, अधिकारी से झूठ और अनुमति या लाइसेंस के बिना काम "
        "डॉक्टर का करियर खत्म कर सकते हैं और मरीज़ों को नुकसान पहुँचा सकते हैं। सही तरीके के बारे में गाइड क्या कहते "
        "हैं, यह बता सकता हूँ।",
    ),
    "ru": Frame(
        "Вот что говорят руководства; они на английском. Предложения приведены дословно; это общие "
        "сведения, а не юридический или медицинский совет.",
        "В руководствах нет ответа на этот вопрос, поэтому я не буду гадать. Ниже указаны самые "
        "близкие руководства и те, кто может ответить.",
        "Это выходит за рамки руководств. Они о клинических стажировках и наблюдении в США для "
        "врачей с зарубежным дипломом: виды, визы, документы, письма, расходы, поведение и поиск "
        "места.",
        "С этим я помочь не могу. Поддельные документы, купленные письма, неправда офицеру и работа "
        "без разрешения или лицензии могут положить конец карьере врача и навредить пациентам. Могу "
        "рассказать, что руководства говорят о правильном пути.",
    ),
    "zh": Frame(
        "以下是指南中的内容（指南为英文）。句子按原文引用；这是一般信息，不是法律或医疗建议。",
        "指南没有回答这个问题，所以我不会猜测。下面列出最接近的指南，以及可以告诉您的人。",
        "这不在指南的范围内。指南讲的是外国医学毕业生在美国的临床见习：种类、签证、材料、推荐信、费用、"
        "行为规范以及如何找到机会。",
        "这件事我不能帮忙。伪造文件、购买推荐信、对官员说谎、没有许可或执照就工作，都可能断送医生的职业生涯，"
        "也会伤害患者。我可以告诉您指南中关于正确做法的内容。",
    ),
}
"""By ISO 639-1 code. A reader in another language gets the English words."""


def frame_for(language: str) -> Frame:
    """The frame in a language, or the English one."""
    return FRAMES.get(language, _ENGLISH)
