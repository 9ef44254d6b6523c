/** The Japanese words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"ja", typeof english.doorbell> = {
  label: "このブラウザーで呼び出しを受ける",
  note: "オーナーがいない間に、誰かがノックするか空のルームに入ると通知します。",
  absent: {
    insecure: "通知には https のページが必要です。",
    browser:
      "このブラウザーは通知を受け取れません。iPhone では Parley をホーム画面に追加してください。",
    setting: "このサーバーの運用者が通知をオフにしています。",
    "no-state": "このサーバーは何も保存できないため、通知を送れません。",
    unreachable: "通知についてサーバーの応答がありません。ページを再読み込みしてください。",
  },
  trouble: {
    denied: "ブラウザーがここでの通知を許可していません。このサイトの設定で許可してください。",
    failed: "通知を変更できませんでした。もう一度お試しください。",
  },
  notice: {
    knock: "誰かが {room} でノックしています",
    knockOf: "{name} さんが {room} でノックしています",
    knockLine: "応対できるオーナーがいません。",
    entered: "誰かが {room} に入りました",
    enteredOf: "{name} さんが {room} に入りました",
    enteredLine: "オーナーがいません。",
    letIn: "許可",
    gone: "{room} でもう待っていないか、ルームが満員です",
    failed: "{room} への参加を許可できませんでした。ルームを開いてもう一度お試しください",
  },
};
