/** The Arabic words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"ar", typeof english.screenEnd> = {
  others: {
    stopped: ["أوقف {name} المشاركة", "أُغلقت الشاشة المشاركة."],
    frozen: ["شاشة {name} متوقفة", "تُستعاد الآن الصلة مع {name}."],
    unlinked: [
      "اختفت شاشة {name} مؤقتًا",
      "انقطع الاتصال. تعود الشاشة بعودته.",
    ],
    reserved: ["شاشة {name} مخفية", "لا يشارك الشاشة الآن إلا المالكون."],
    left: ["اختفت شاشة {name}", "لم يعد {name} في الغرفة."],
  },
  own: {
    browser: [
      "لم تعد شاشتك مشاركة",
      "أُوقفت في المتصفح، أو أُغلق ما كنت تشاركه.",
    ],
    owners: ["لم تعد شاشتك مشاركة", "لا يشارك الشاشة الآن إلا المالكون."],
  },
};
