/** The Japanese words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes. */
export const doorbell: Spoken<"ja", typeof english.doorbell> = {
  label: "このブラウザーを呼び出す",
  note: "オーナーの不在中に、誰かがノックするか空のルームに入ると通知します。",
  absent: {
    insecure: "通知には、https で読み込まれたページが必要です。",
    browser:
      "このブラウザーは通知を受け取れません。iPhone では Parley をホーム画面に追加してください。",
    setting: "このサーバーの運用者が通知をオフにしています。",
    "no-state": "このサーバーは何も保存できないため、通知を送れません。",
    unreachable:
      "通知についてサーバーが応答しません。ページを再読み込みして、もう一度お試しください。",
  },
  trouble: {
    denied:
      "ブラウザーがここでの通知を許可していません。ブラウザーのこのサイトの設定で許可してください。",
    failed: "通知の設定を変更できませんでした。もう一度お試しください。",
  },
  notice: {
    knock: "誰かが {room} をノックしています",
    knockOf: "{name} さんが {room} をノックしています",
    knockLine: "応答できるオーナーがいません。",
    entered: "誰かが {room} に入りました",
    enteredOf: "{name} さんが {room} に入りました",
    enteredLine: "オーナーがいません。",
    letIn: "許可",
    gone: "相手がもう {room} の前で待っていないか、ルームが満員です",
    failed: "{room} への参加を許可できませんでした。ルームを開いて、もう一度お試しください",
  },
};
