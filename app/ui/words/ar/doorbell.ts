/** The Arabic words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"ar", typeof english.doorbell> = {
  label: "التنبيه في هذا المتصفح",
  note: "إشعار عندما يطرق أحدهم الباب أو يدخل الغرفة الفارغة ولا مالك فيها.",
  absent: {
    insecure: "تحتاج الإشعارات إلى صفحة محمَّلة عبر https.",
    browser: "لا يستطيع هذا المتصفح تلقي الإشعارات. على iPhone أضف Parley إلى الشاشة الرئيسية.",
    setting: "أوقف مشغِّل هذا الخادم الإشعارات.",
    "no-state": "لا يستطيع هذا الخادم حفظ شيء، لذا لا يستطيع إرسال الإشعارات.",
    unreachable: "لا يجيب الخادم بشأن الإشعارات. أعد تحميل الصفحة للمحاولة مجددًا.",
  },
  trouble: {
    denied: "لا يسمح المتصفح بالإشعارات هنا. اسمح بها في إعداداته لهذا الموقع.",
    failed: "تعذر تغيير الإشعارات. أعد المحاولة.",
  },
  notice: {
    knock: "يطرق أحدهم باب {room}",
    knockOf: "يطرق {name} باب {room}",
    knockLine: "لا مالك هناك ليجيب.",
    entered: "دخل أحدهم {room}",
    enteredOf: "دخل {name} إلى {room}",
    enteredLine: "لا مالك هناك.",
    letIn: "سماح بالدخول",
    gone: "لم يعد ينتظر عند {room}، أو أن الغرفة ممتلئة",
    failed: "تعذر السماح بالدخول إلى {room}. افتح الغرفة وأعد المحاولة",
  },
};
