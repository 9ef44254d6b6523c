/** The Japanese words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"ja", typeof english.silence> = {
  title: "他の人に何も聞こえていません",
  unnamed: "あなたのマイク",
  muted:
    "{label} は端末のキーまたはシステムでミュートされています。そちらで解除するか、マイクのメニューで別のマイクを選んでください。",
  dead:
    "{label} から何も届いていません。ミュートキーや緩んだプラグを確認するか、マイクのメニューで別のマイクを選んでください。",
  elsewhere: "{other} なら聞こえています。",
  use: "それを使う",
};
