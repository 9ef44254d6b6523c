/** The Arabic words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"ar", typeof english.picture> = {
  title: "صورتك",
  turn: "تدوير 90°",
  turned: "مُدارة {degrees}°.",
  straight: "غير مُدارة.",
  background: "خلفيتك",
  blur: { off: "ظاهرة", light: "تمويه خفيف", strong: "تمويه قوي" },
  blurNote: "يموِّهها جهازك قبل إرسال أي شيء. يستهلك ذلك البطارية.",
  turnBroken: "لم يعد تدوير صورتك ممكنًا",
  stopped: {
    strained: "هذا الجهاز أبطأ من أن يموِّه خلفيتك",
    broken: "لم يعد تمويه خلفيتك ممكنًا",
  },
  stoppedLine: "الكاميرا متوقفة، لذا لا يراها أحد.",
  again: "إعادة المحاولة",
  show: "إظهار خلفيتي",
};
