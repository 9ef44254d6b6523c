/** The Japanese words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"ja", typeof english.captions> = {
  asks: "{name} さんが字幕を希望しています",
  asksLine: "ブラウザーがあなたの発言を文字にできます。声はこの端末から出ません。",
  yes: "字幕を書く",
  no: "いいえ",
  show: "字幕を表示",
  showNote: "全員に発言の文字化を依頼します。声がサービスに送られることはありません。",
  write: "自分の発言を文字にする",
  writeNote: "字幕を希望する人のためです。声はこの端末から出ません。",
  absentHere: "このブラウザーはこの端末で音声を認識できません。",
  language: "話す言語",
  others: "字幕を書く人",
  own: {
    off: "ミュート中や、誰も字幕を希望しない間は、何も書かれません。",
    preparing: "準備しています…",
    downloading: "言語をダウンロードしています。数分かかることがあります。",
    on: "あなたの発言が文字になっています。",
    waiting: "音声認識が止まりました。再試行しています…",
    language: "このブラウザーは端末上でこの言語を認識できません。別の言語を選んでください。",
    download: "言語をダウンロードできませんでした。ネットワークを確認して、選び直してください。",
    refused: "ブラウザーがここでの音声認識を許可していません。",
  },
  writers: {
    silent: "返事がありません",
    absent: "ブラウザーが字幕に対応していません",
    asked: "確認中です",
    declined: "希望していません",
    preparing: "準備中です",
    on: "字幕を書いています",
    waiting: "中断しています",
    failed: "今は字幕を書けません",
  },
  transcript: "文字起こし",
  transcriptOf: "{product} · {room} · 文字起こし",
  empty: "字幕の表示中に話されたことがここに表示されます。",
  saveText: "テキストで保存",
  saveVtt: "WebVTT で保存",
  clear: "消去",
};
