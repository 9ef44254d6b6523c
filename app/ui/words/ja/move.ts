/** The Japanese words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"ja", typeof english.move> = {
  key: "別の端末で続ける",
  title: "別の端末で続ける",
  scan: "スマートフォンやタブレットのカメラでこのコードを読み取ってください。",
  qr: "別の端末で続けるためのコード",
  type:
    "または、その端末でルームを開き、「別の端末から続ける」を選んで、このコードを入力してください：",
  note: "コードは 1 回だけ、この画面を開いている間の 2 分間使えます。他の人に見せないでください。" +
    "使った人があなたとして参加します。",
  states: {
    making: "コードを作成しています…",
    taken: "別の端末がコードを受け取り、参加しています…",
    late: "コードは時間内に使われませんでした。",
    offline: "サーバーに接続できません。接続できるとコードが表示されます。",
    unanswered: "サーバーが応答しません。古くて対応していない可能性があります。",
    insecure: "安全な接続 (https) が必要です。",
  },
  again: "新しいコード",
  moved: "別の端末で続けています",
  movedLead: "通話はそちらで続きます。他の人は気づいていません。",
  back: "ここで再び続ける",
  take: {
    title: "ここで通話を続ける",
    lead: "同じ人として参加し、別の端末は通話から退出します。",
    field: "別の端末に表示されたコード",
    action: "ここで続ける",
    working: "通話を引き継いでいます…",
    devices: "デバイスを準備しています…",
    other: "別の人として参加",
    enter: "別の端末から続ける",
    problems: {
      unreadable: "コードが完全ではありません。16 文字の英数字です。",
      "no-code": "このコードは期限切れか使用済みです。別の端末で新しいコードを表示してください。",
      "too-soon": "コードの間違いが多すぎます。少し待ってから、もう一度お試しください。",
      unanswered: "サーバーが応答しません。ネットワークを確認して、もう一度お試しください。",
      unopened: "別の端末が送ったものを開けません。そちらで新しいコードを表示してください。",
      insecure: "安全な接続 (https) が必要です。",
    },
  },
};
