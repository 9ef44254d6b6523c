/** The Arabic words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes. */
export const doorbell: Spoken<"ar", typeof english.doorbell> = {
  label: "رنين الجرس في هذا المتصفح",
  note: "إشعار عندما يطرق أحدهم الباب أو يدخل الغرفة الفارغة في غياب المالكين.",
  absent: {
    insecure: "تتطلب الإشعارات صفحة محمَّلة عبر https.",
    browser: "لا يستطيع هذا المتصفح استلام الإشعارات. على iPhone، أضف Parley إلى الشاشة الرئيسية.",
    setting: "أوقف مشغِّل هذا الخادم الإشعارات.",
    "no-state": "لا يستطيع هذا الخادم حفظ أي شيء، لذا لا يمكنه إرسال الإشعارات.",
    unreachable: "لا يستجيب الخادم بشأن الإشعارات. أعد تحميل الصفحة للمحاولة مجددًا.",
  },
  trouble: {
    denied: "لا يسمح المتصفح بالإشعارات هنا. اسمح بها في إعداداته لهذا الموقع.",
    failed: "تعذر تغيير الإشعارات. أعد المحاولة.",
  },
  notice: {
    knock: "يطرق أحدهم باب {room}",
    knockOf: "يطرق {name} باب {room}",
    knockLine: "لا يوجد مالك هناك ليجيب.",
    entered: "دخل أحدهم إلى {room}",
    enteredOf: "دخل {name} إلى {room}",
    enteredLine: "لا يوجد مالك هناك.",
    letIn: "سماح",
    gone: "لم يعد أحد ينتظر عند {room}، أو أن الغرفة ممتلئة",
    failed: "تعذر السماح بالدخول إلى {room}. افتح الغرفة وأعد المحاولة",
  },
};
