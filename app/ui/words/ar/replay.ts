/** The Arabic words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"ar", typeof english.replay> = {
  title: "تشغيل ما فاتك من {names}",
  left: {
    zero: "مباشر الآن",
    one: "مباشر بعد نحو ثانية",
    two: "مباشر بعد نحو ثانيتين",
    few: "مباشر بعد نحو # ثوانٍ",
    many: "مباشر بعد نحو # ثانية",
    other: "مباشر بعد نحو # ثانية",
  },
  skip: "تخطٍّ",
};
