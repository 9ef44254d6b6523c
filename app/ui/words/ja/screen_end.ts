/** The Japanese words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"ja", typeof english.screenEnd> = {
  others: {
    stopped: ["{name} さんが共有を停止しました", "共有画面は閉じられました。"],
    frozen: ["{name} さんの画面が止まっています", "{name} さんとの接続を回復しています。"],
    unlinked: [
      "{name} さんの画面は一時的に見えません",
      "接続が切れました。接続が戻ると画面も戻ります。",
    ],
    reserved: ["{name} さんの画面は非表示です", "今はオーナーだけが画面を共有できます。"],
    left: ["{name} さんの画面はなくなりました", "{name} さんはもうルームにいません。"],
  },
  own: {
    browser: [
      "あなたの画面の共有は終わりました",
      "ブラウザーで停止されたか、共有していたものが閉じられました。",
    ],
    owners: ["あなたの画面の共有は終わりました", "今はオーナーだけが画面を共有できます。"],
  },
};
