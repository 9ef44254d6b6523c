/** The Japanese words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"ja", typeof english.plans> = {
  title: "予定",
  plan: "ルームを予定する",
  none: "このブラウザーに予定はありません。",
  own: "あなたのルーム",
  room: "ルーム",
  when: "日時",
  length: "長さ",
  minutes: "{count} 分",
  here: "予定はこのブラウザーに残ります。時刻はこの端末のものです。",
  trouble: {
    room: "ルーム名は 1〜64 文字で、文字、数字、ハイフンが使えます。",
    when: "まだ過ぎていない時刻を選んでください。",
  },
  cancel: "キャンセル",
  save: "予定する",
  join: "参加",
  forget: "{room} の予定を消す",
  calendar: "カレンダーに追加",
  calendarOf: "{room} をカレンダーに追加",
  download: "カレンダーファイルをダウンロード",
  event: "{room} での通話",
  withSecret: "リンク全体をカレンダーに入れる",
  secretOut: "入れない場合、予定にはこのブラウザーで開けるルームのアドレスだけが入ります。",
  secretIn:
    "ルームの秘密がカレンダーに入ります。予定を見る人とカレンダーの提供者は、参加して読むことができます。",
};
