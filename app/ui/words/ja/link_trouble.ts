/** The Japanese words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"ja", typeof english.linkTrouble> = {
  sealed: "このリンクは不完全です",
  sealedLead: "# より後の部分がありません。招待してくれた人に、完全なリンクをもらってください。",
  unsealed: "この名前は今、別のルームで使われています",
  unsealedLead: "あなたのリンクなしで開かれたため、中の人は誰も検証されていません。",
  newRoom: "新しいルームを作成",
  linkChanged: "このルームのリンクは変わりました",
  linkChangedLead: "ルームにいる人に新しいリンクをもらってください。",
  cutLead: "# より後の部分が欠けています。招待してくれた人に、完全なリンクをもらってください。",
  insecure: "このリンクには安全なページが必要です",
  insecureLead:
    "# より後の部分があるリンクは https でのみ使えます。http:// ではなく https:// で開いてください。",
};
