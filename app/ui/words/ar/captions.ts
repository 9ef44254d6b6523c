/** The Arabic words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"ar", typeof english.captions> = {
  asks: "يرغب {name} في ترجمة نصية",
  asksLine: "يمكن لمتصفحك كتابة ما تقوله. يبقى صوتك على هذا الجهاز.",
  yes: "كتابة الترجمة النصية",
  no: "لا",
  show: "عرض الترجمة النصية",
  showNote: "يطلب من الجميع كتابة ما يقولونه. لا يُرسل صوت أحد إلى أي خدمة.",
  write: "كتابة ما أقوله",
  writeNote: "لمن يرغب في الترجمة النصية. يبقى صوتك على هذا الجهاز.",
  absentHere: "لا يستطيع هذا المتصفح تعرُّف الكلام على هذا الجهاز.",
  language: "أتحدث",
  others: "من يكتب الترجمة النصية",
  own: {
    off: "لا يُكتب شيء ما دمت مكتومًا أو لا يرغب أحد في الترجمة النصية.",
    preparing: "جارٍ التحضير…",
    downloading: "جارٍ تنزيل اللغة. قد يستغرق ذلك بضع دقائق.",
    on: "يُكتب ما تقوله.",
    waiting: "توقف تعرُّف الكلام. تُعاد المحاولة…",
    language: "لا يتعرف هذا المتصفح على هذه اللغة على الجهاز. اختر لغة أخرى.",
    download: "تعذر تنزيل اللغة. تحقق من شبكتك ثم اخترها مجددًا.",
    refused: "لا يسمح المتصفح بتعرُّف الكلام هنا.",
  },
  writers: {
    silent: "لم يُجب",
    absent: "لديه متصفح لا يستطيع كتابة الترجمة النصية",
    asked: "طُلب منه ذلك",
    declined: "لا يرغب",
    preparing: "يستعد",
    on: "يكتب الترجمة النصية",
    waiting: "متوقف مؤقتًا",
    failed: "لا يستطيع كتابة الترجمة النصية الآن",
  },
  transcript: "النص الكامل",
  transcriptOf: "{product} · {room} · النص الكامل",
  empty: "يظهر هنا ما يُقال أثناء عرض الترجمة النصية.",
  saveText: "حفظ كنص",
  saveVtt: "حفظ بصيغة WebVTT",
  clear: "مسح",
};
