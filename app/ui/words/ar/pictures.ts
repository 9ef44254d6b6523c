/** The Arabic words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"ar", typeof english.pictures> = {
  title: "الفيديو الذي تستقبله",
  titleFrom: "فيديو من {name}",
  choices: { auto: "تلقائي", large: "كبير", small: "صغير", sound: "صوت فقط" },
  notes: {
    auto: "بحجم العرض",
    large: "بالحجم الكامل دائمًا، ويستهلك بيانات أكثر",
    small: "تبقى الكاميرات صغيرة والشاشات المشاركة مقروءة",
    sound: "لا تُرسل إليك كاميرات ولا شاشات مشاركة",
  },
  soundFrom: "لا تُرسل إليك الكاميرا ولا الشاشة المشاركة",
  stubborn: "ترسل صفحة {name} كل شيء دائمًا. لا يمكنك إلا إخفاؤه.",
  soundOnly: "صوت فقط",
  soundOnlyLine: "اخترت الصوت فقط، لذا لا تُرسل إليك هذه الشاشة.",
  hidden: "مخفي",
  show: "إظهار فيديو {name}",
  showShort: "إظهار الفيديو",
};
