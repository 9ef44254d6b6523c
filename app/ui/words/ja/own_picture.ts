/** The Japanese words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"ja", typeof english.picture> = {
  title: "あなたの映像",
  turn: "90° 回転",
  turned: "{degrees}° 回転しています。",
  straight: "回転していません。",
  background: "あなたの背景",
  blur: { off: "表示", light: "弱くぼかす", strong: "強くぼかす" },
  blurNote: "送信する前に、この端末がぼかします。電池を消費します。",
  turnBroken: "映像を回転できなくなりました",
  stopped: {
    strained: "この端末では背景のぼかしが追いつきません",
    broken: "背景をぼかせなくなりました",
  },
  stoppedLine: "カメラはオフなので、誰にも見えません。",
  again: "再試行",
  show: "背景を見せる",
};
