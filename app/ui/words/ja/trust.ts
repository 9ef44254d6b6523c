/** The Japanese words for who can be trusted: shields, safety words, alarms. */
import type * as english from "../en/trust.ts";
import type { Spoken } from "../plurals.ts";

/** Trust in the people of a room. */
export const trust: Spoken<"ja", typeof english.trust> = {
  marks: {
    open: "未検証",
    checking: "検証中",
    unverified: "未検証",
    verified: "検証済み",
    compared: "合言葉を照合済み",
    differs: "安全ではありません",
    alarm: "安全ではありません",
  },
  openTitle: "この通話は検証されていません",
  openLine:
    "このサーバーの運用者は傍受できる可能性があります。「ルームを作成」で作ったルームなら防げます。",
  sealedTitle: "リンクを持つ人だけが聞けます",
  sealedLine: "間に誰もいないことを確かめるには、一人ひとりと合言葉を照合してください。",
  words: "合言葉",
  wordsWith: "{name} さんとの合言葉",
  read: "互いに読み上げてください。同じなら、間に誰もいません。",
  soon: "合言葉は数秒後にここに表示されます。",
  gone: "{name} さんが検証されていないため、合言葉はありません。",
  comparedBefore: "照合済みです。",
  same: "照合しました",
  differ: "違います",
  differTitle: "あなたと {name} さんの間に誰かがいる可能性があります",
  differLine:
    "ここでは私的なことを話さないでください。新しいルームを作成し、リンクを別の方法で送ってください。",
  back: "戻る",
  leave: "退出して新しいルームを作成",
  reload: "ページを再読み込み",
  apart: "安全のため、あなたと {name} さんは互いに見えず、聞こえません。",
  why: {
    "no-hello": "{name} さんを検証できません",
    "wrong-secret": "{name} さんは別のリンクで参加しました",
    "unconfirmed": "{name} さんのページが検証に応答しません",
    "altered": "誰かが {name} さんの送信内容を改変しました",
    "replayed": "誰かが {name} さんの古いメッセージを再送しました",
    "withheld": "誰かが {name} さんのメッセージを止めています",
    "unsealed": "リンクのない誰かが {name} さんになりすましています",
    "fingerprint": "別の誰かが {name} さんの代わりに応答しました",
  },
  views: "あなたと {name} さんに見えている参加者が違います",
  viewsLine: "サーバーが誰かを隠している可能性があります。誰がいるか {name} さんに聞いてください。",
  showPeople: "参加者を表示",
  otherBrowser: "{name} さんは前回と別のブラウザーを使っています",
  otherBrowserLine: "心当たりがなければ、合言葉を照合してください。",
  removed: "{by} さんが {names} さんを削除しました",
  youRemoved: "{names} さんを削除しました",
  changed: "{by} さんがリンクを変更しました",
  youChanged: "リンクを変更しました",
  linkChanged: "このルームのリンクは変わりました。",
  copyNewLink: "新しいリンクをコピー",
  allVerified: "ここにいる全員と検証済み",
  allVerifiedLine: "サーバーを含め、間の誰も傍受できません。",
  notVerified: "未検証：{names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["サル", "ネコ", "ライオン", "ウマ", "ウシ", "ブタ", "ウサギ", "パンダ"],
    ...["ゾウ", "カエル", "カメ", "ヘビ", "サカナ", "タコ", "カニ", "ペンギン"],
    ...["フクロウ", "ハチ", "チョウ", "イルカ", "サボテン", "ヒマワリ", "ヤシの木", "キノコ"],
    ...[
      "リンゴ",
      "バナナ",
      "ブドウ",
      "サクランボ",
      "パイナップル",
      "メロン",
      "ニンジン",
      "トウモロコシ",
    ],
    ...["ピザ", "タマゴ", "ドーナツ", "アイス", "地球", "月", "星", "虹"],
    ...["火", "雪だるま", "稲妻", "いかり", "ロケット", "電車", "自転車", "トラクター"],
    ...["ヨット", "風船", "プレゼント", "サッカー", "ギター", "ラッパ", "太鼓", "カメラ"],
    ...["ハンマー", "ヘッドホン", "電球", "本", "傘", "時計", "王冠", "メガネ"],
  ],
};

/** The program of this site. */
export const program: Spoken<"ja", typeof english.program> = {
  line: "プログラム {hash}",
  copy: "プログラムのハッシュをコピー",
  changed: "このサイトのプログラムが変わりました",
  changedLine: "前回の訪問時とは異なります。通常は新しい版が導入されたためです。",
  what: "これは何ですか？",
  about: [
    "このページはサイトから届くプログラムです。傍受しようとするサイトは、別のプログラムを送ることができます。",
    "Parley の各版は、プログラムをハッシュで示しています。下のものがその中になければ、このサイトの運用者に問い合わせてください。",
  ],
  before: "前回の訪問",
  now: "現在",
};
