/** The Arabic words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"ar", typeof english.plans> = {
  title: "المواعيد",
  plan: "تحديد موعد لغرفة",
  none: "لا مواعيد في هذا المتصفح.",
  own: "غرفك",
  room: "الغرفة",
  when: "التاريخ والوقت",
  length: "المدة",
  minutes: "{count} دقيقة",
  here: "تبقى المواعيد في هذا المتصفح. الوقت هو وقت هذا الجهاز.",
  trouble: {
    room: "يتكون اسم الغرفة من 1 إلى 64 من الحروف والأرقام والشرطات.",
    when: "اختر وقتًا لم ينتهِ بعد.",
  },
  cancel: "إلغاء",
  save: "حفظ الموعد",
  join: "انضمام",
  forget: "نسيان موعد {room}",
  calendar: "إضافة إلى التقويم",
  calendarOf: "إضافة {room} إلى تقويم",
  download: "تنزيل ملف التقويم",
  event: "مكالمة في {room}",
  withSecret: "وضع الرابط الكامل في التقويم",
  secretOut: "من دونه لا يحتوي الموعد إلا على عنوان الغرفة، وهو يفتح في هذا المتصفح.",
  secretIn:
    "يُضاف سر الغرفة إلى التقويم: يمكن لكل من يرى الموعد، ولمزوِّد التقويم، الانضمام وقراءة ما يُكتب.",
};
