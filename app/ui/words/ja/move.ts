/** The Japanese words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"ja", typeof english.move> = {
  key: "別の端末で続ける",
  title: "別の端末で続ける",
  scan: "スマートフォンやタブレットのカメラで、このコードを読み取ってください。",
  qr: "別の端末で続けるためのコード",
  type: "または、別の端末でルームを開き、「別の端末から続ける」を選んで、このコードを入力します：",
  note:
    "コードが使えるのは 1 回だけで、この画面を開いている間の 2 分間有効です。使った人があなたとして参加するため、他の人には見せないでください。",
  states: {
    making: "コードを作成しています…",
    taken: "別の端末がコードを受け取り、参加しています…",
    late: "コードは時間内に使われませんでした。",
    offline: "サーバーに接続できません。接続できしだい、コードが表示されます。",
    unanswered: "サーバーが応答しませんでした。この機能に対応していない古い版かもしれません。",
    insecure: "安全な接続（https）が必要です。",
  },
  again: "新しいコード",
  moved: "別の端末で続けています",
  movedLead: "通話は別の端末で続いています。他の人は何も気づいていません。",
  back: "またここで続ける",
  take: {
    title: "ここで通話を続ける",
    lead: "同じ人として参加し、別の端末は通話から退出します。",
    field: "別の端末のコード",
    action: "ここで続ける",
    working: "通話を引き継いでいます…",
    devices: "デバイスを準備しています…",
    other: "別の人として参加",
    enter: "別の端末から続ける",
    problems: {
      unreadable: "コードが不完全です。文字と数字で 16 文字です。",
      "no-code": "このコードは期限切れか、使用済みです。別の端末で新しいコードを表示してください。",
      "too-soon": "コードの間違いが多すぎます。少し待ってから、もう一度お試しください。",
      unanswered: "サーバーが応答しませんでした。ネットワークを確認して、もう一度お試しください。",
      unopened: "別の端末から送られた内容を開けません。別の端末で新しいコードを表示してください。",
      insecure: "安全な接続（https）が必要です。",
    },
  },
};
