/** The Arabic words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"ar", typeof english.plans> = {
  title: "المخطط لها",
  plan: "التخطيط لغرفة",
  none: "لا شيء مخططًا في هذا المتصفح.",
  own: "غرفك",
  room: "الغرفة",
  when: "التاريخ والوقت",
  length: "المدة",
  minutes: "{count} د",
  here: "تبقى الخطط في هذا المتصفح. الوقت بحسب هذا الجهاز.",
  trouble: {
    room: "يتكون اسم الغرفة من 1 إلى 64 من الحروف والأرقام والشرطات.",
    when: "اختر وقتًا لم يمضِ بعد.",
  },
  cancel: "إلغاء",
  save: "تخطيط",
  join: "انضمام",
  forget: "نسيان خطة {room}",
  calendar: "إضافة إلى التقويم",
  calendarOf: "إضافة {room} إلى تقويم",
  download: "تنزيل ملف التقويم",
  event: "مكالمة في {room}",
  withSecret: "وضع الرابط كاملًا في التقويم",
  secretOut: "من دونه لا يحتوي الإدخال إلا على عنوان الغرفة، ويُفتح في هذا المتصفح.",
  secretIn: "ينتقل سر الغرفة إلى التقويم: يمكن لكل من يرى الإدخال ولمزود التقويم الانضمام والقراءة.",
};
