/** The Japanese words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"ja", typeof english.plans> = {
  title: "予定",
  plan: "ルームを予定",
  none: "このブラウザーに予定はありません。",
  own: "あなたのルーム",
  room: "ルーム",
  when: "日時",
  length: "長さ",
  minutes: "{count} 分",
  here: "予定はこのブラウザーにだけ保存されます。時刻はこの端末のものです。",
  trouble: {
    room: "ルーム名は 1〜64 文字で、文字、数字、ハイフンが使えます。",
    when: "まだ終わっていない日時を選んでください。",
  },
  cancel: "キャンセル",
  save: "予定を保存",
  join: "参加",
  forget: "{room} の予定を消す",
  calendar: "カレンダーに追加",
  calendarOf: "{room} をカレンダーに追加",
  download: "カレンダーファイルをダウンロード",
  event: "{room} での通話",
  withSecret: "リンク全体をカレンダーに入れる",
  secretOut: "オフの場合、予定にはルームのアドレスだけが入り、このブラウザーで開けます。",
  secretIn:
    "ルームの秘密がカレンダーに入ります。予定を見られる人とカレンダーの提供元は、参加して内容を読むことができます。",
};
