/** The Japanese words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"ja", typeof english.pictures> = {
  title: "受信する映像",
  titleFrom: "{name} さんの映像",
  choices: { auto: "自動", large: "大", small: "小", sound: "音声のみ" },
  notes: {
    auto: "表示と同じ大きさ",
    large: "常に最大サイズ。通信量が増えます",
    small: "カメラは小さく、共有画面は読める大きさで",
    sound: "カメラも共有画面も受信しません",
  },
  soundFrom: "カメラも共有画面も受信しません",
  stubborn: "{name} さんのページは常にすべてを送ります。隠すことだけができます。",
  soundOnly: "音声のみ",
  soundOnlyLine: "音声のみを選んだため、この画面は受信していません。",
  hidden: "非表示",
  show: "{name} さんの映像を表示",
  showShort: "映像を表示",
};
