/** The Arabic words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"ar", typeof english.noise> = {
  more: "إزالة المزيد من الضوضاء",
  moreWhy: "لوحات المفاتيح والمراوح وحركة المرور أيضًا. يحتاج إلى قدر أكبر من المعالج.",
  replaced: "لا حاجة إليه أثناء إزالة المزيد من الضوضاء.",
  compare: "سماع الفرق",
  records: "قل شيئًا…",
  compares: "هكذا يبدو صوتك",
  stop: "إيقاف",
  without: "مع الضوضاء",
  with: "بلا ضوضاء",
  failed: "لم ينجح هذا هنا.",
  givenUp: "تُزال الضوضاء الآن بدرجة أقل",
  strained: "هذا الجهاز مشغول جدًا لأكثر من ذلك.",
  impossible: "لا يستطيع هذا المتصفح أكثر من ذلك مع هذا الميكروفون.",
  again: "إعادة المحاولة",
};
