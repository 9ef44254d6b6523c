/** The Arabic words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"ar", typeof english.linkTrouble> = {
  sealed: "هذا الرابط ناقص",
  sealedLead: "الجزء الذي بعد # مفقود. اطلب الرابط كاملًا ممن دعاك.",
  unsealed: "تحمل غرفة أخرى هذا الاسم الآن",
  unsealedLead: "فُتحت من دون رابطك، لذا لم يُتحقق من أحد فيها.",
  newRoom: "بدء غرفة جديدة",
  linkChanged: "تغيَّر رابط هذه الغرفة",
  linkChangedLead: "اطلب الرابط الجديد من أحد في الغرفة.",
  cutLead: "بعض الجزء الذي بعد # مفقود. اطلب الرابط كاملًا ممن دعاك.",
  insecure: "يتطلب هذا الرابط صفحة آمنة",
  insecureLead:
    "لا تعمل الروابط التي لها جزء بعد # إلا عبر https. افتحه بواسطة https:// بدل http://.",
};
