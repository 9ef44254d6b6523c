/** The Arabic words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"ar", typeof english.shares> = {
  later: "عرض الملف على من ينضم لاحقًا",
  noCopy: "لا توجد مساحة كافية لنسخة هنا. تؤدي إعادة تحميل هذه الصفحة إلى إيقاف الملف.",
};
