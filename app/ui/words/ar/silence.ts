/** The Arabic words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"ar", typeof english.silence> = {
  title: "لا يسمع الآخرون شيئًا منك",
  unnamed: "الميكروفون",
  muted:
    "كُتم {label} بمفتاح على الجهاز أو من النظام. ألغِ الكتم هناك، أو اختر غيره في قائمة الميكروفون.",
  dead:
    "لا يصل شيء من {label}. ابحث عن مفتاح كتم أو قابس غير محكم، أو اختر غيره في قائمة الميكروفون.",
  elsewhere: "{other} يسمعك بدلًا منه.",
  use: "استخدامه",
};
