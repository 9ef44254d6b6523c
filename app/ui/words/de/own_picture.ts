/** The German words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"de", typeof english.picture> = {
  title: "Ihr Bild",
  turn: "Um 90° drehen",
  turned: "Um {degrees}° gedreht.",
  straight: "Nicht gedreht.",
  background: "Ihr Hintergrund",
  blur: { off: "Sichtbar", light: "Leicht unscharf", strong: "Stark unscharf" },
  blurNote: "Ihr eigenes Gerät macht ihn unscharf, bevor etwas gesendet wird. Das kostet Akku.",
  turnBroken: "Ihr Bild kann nicht mehr gedreht werden",
  stopped: {
    strained: "Dieses Gerät ist zu langsam für einen unscharfen Hintergrund",
    broken: "Ihr Hintergrund kann nicht mehr unscharf gemacht werden",
  },
  stoppedLine: "Ihre Kamera ist aus, daher sieht ihn niemand.",
  again: "Erneut versuchen",
  show: "Meinen Hintergrund zeigen",
};
