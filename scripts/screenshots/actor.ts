/** Drawn people in front of the cameras; they cost almost nothing to encode. */
import type { Page } from "puppeteer-core";
import type { Language } from "../../app/ui/words/mod.ts";

/** A person in the pictures; colours in CSS, `width` of their video in pixels. */
export interface Actor {
  readonly name: string;
  readonly wall: string;
  readonly skin: string;
  readonly hair: string;
  readonly shirt: string;
  readonly width: number;
  /** Whether their microphone sends a tone. */
  readonly speaks?: boolean;
  readonly camera?: boolean;
  readonly microphone?: boolean;
  /** Whether they use the relay only. */
  readonly relay?: boolean;
}

type Draw = (context: CanvasRenderingContext2D, moment: number) => void;

declare global {
  // Put into the page by `actorDevices`.
  var __props: {
    sketch?: (size: { width: number; height: number }, draw: Draw) => MediaStreamTrack | undefined;
    person?: Draw;
    page?: Draw;
  } | undefined;
}

/** Replaces a page's camera, microphone and screen by the actor's, before its scripts run. */
export async function actorDevices(page: Page, actor: Actor): Promise<void> {
  await page.evaluateOnNewDocument(prepareSketch);
  await page.evaluateOnNewDocument(preparePerson, actor);
  await page.evaluateOnNewDocument(preparePage);
  await page.evaluateOnNewDocument(replaceDevices, actor);
}

/** Runs in the page: makes drawings that move a little, as a track. */
function prepareSketch(): void {
  const moments = 700;
  const sketch = (size: { width: number; height: number }, draw: Draw) => {
    const canvas = Object.assign(document.createElement("canvas"), size);
    const context = canvas.getContext("2d");
    if (context === null) return undefined;
    let moment = 0;
    const next = () => draw(context, moment++);
    next();
    const timer = setInterval(next, moments);
    const [track] = canvas.captureStream().getVideoTracks();
    track?.addEventListener("ended", () => clearInterval(timer));
    return track;
  };
  globalThis.__props = { sketch };
}

/** Runs in the page: draws a person who breathes. */
function preparePerson(actor: Actor): void {
  const person: Draw = (context, moment) => {
    const { width: w, height: h } = context.canvas;
    const breath = moment % 2;
    const oval = (colour: string, [x, y, rx, ry]: [number, number, number, number]) => {
      context.fillStyle = colour;
      context.beginPath();
      context.ellipse(x * w, y * h + breath, rx * h, ry * h, 0, 0, 2 * Math.PI);
      context.fill();
    };
    context.fillStyle = actor.wall;
    context.fillRect(0, 0, w, h);
    context.filter = `blur(${Math.round(w / 60)}px)`;
    context.fillStyle = "#fff6";
    context.fillRect(w * 0.08, h * 0.08, w * 0.2, h * 0.5);
    context.fillStyle = "#0003";
    context.fillRect(w * 0.74, h * 0.2, w * 0.16, h * 0.8);
    context.filter = "none";
    oval(actor.hair, [0.5, 0.5, 0.23, 0.3]);
    oval(actor.skin, [0.5, 0.8, 0.08, 0.14]);
    oval(actor.shirt, [0.5, 1.14, 0.5, 0.3]);
    oval(actor.skin, [0.5, 0.52, 0.18, 0.25]);
    oval(actor.hair, [0.5, 0.3, 0.2, 0.08]);
    oval("#231a16", [0.46, 0.5, 0.015, 0.02]);
    oval("#231a16", [0.54, 0.5, 0.015, 0.02]);
    oval("#a5493f", [0.5, 0.65, 0.05, 0.015]);
  };
  Object.assign(globalThis.__props ?? {}, { person });
}

/** Runs in the page: draws a document to share, with text that must stay sharp. */
function preparePage(): void {
  const page: Draw = (context, moment) => {
    const { width: w, height: h } = context.canvas;
    context.fillStyle = "#fbfaf7";
    context.fillRect(0, 0, w, h);
    context.fillStyle = "#24423a";
    context.fillRect(0, 0, w, 40);
    context.fillStyle = "#17201d";
    context.font = "600 34px sans-serif";
    context.fillText("Tide tables for the harbour walk", 60, 110);
    context.font = "16px sans-serif";
    for (let line = 0; line < 16; line++) {
      const y = 170 + line * 32;
      context.fillText(`${9 + (line >> 1)}:${line % 2 ? "30" : "00"}`, 60, y);
      context.fillText(`${(1.2 + Math.sin(line / 3)).toFixed(2)} m at the lock`, 160, y);
      context.fillRect(420, y - 12, 300 + 250 * Math.sin(line / 3), 14);
    }
    if (moment % 2 === 0) context.fillRect(60, 690, 2, 16);
  };
  Object.assign(globalThis.__props ?? {}, { page });
}

/** Runs in the page: makes its devices return the drawings. */
function replaceDevices(actor: Actor): void {
  const { mediaDevices } = navigator;
  const { sketch, person, page } = globalThis.__props ?? {};
  if (sketch === undefined || person === undefined || page === undefined) return;
  const sound = () => {
    const audio = new AudioContext();
    const end = audio.createMediaStreamDestination();
    const volume = new GainNode(audio, { gain: actor.speaks ? 0.3 : 0.000_1 });
    const tone = new OscillatorNode(audio, { frequency: 220 });
    tone.connect(volume).connect(end);
    tone.start();
    return end.stream.getAudioTracks()[0];
  };
  const size = { width: actor.width, height: Math.round(actor.width * 9 / 16) };
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wish) => {
    const real = await ask(wish);
    return new MediaStream(
      real.getTracks().map((track) => {
        const drawn = track.kind === "audio" ? sound() : sketch(size, person);
        if (drawn === undefined) return track;
        const { deviceId = "" } = track.getSettings();
        track.stop();
        const settings = drawn.getSettings.bind(drawn);
        drawn.getSettings = () => ({ ...settings(), deviceId });
        return drawn;
      }),
    );
  };
  mediaDevices.getDisplayMedia = () => {
    const screen = sketch({ width: 1280, height: 720 }, page);
    return Promise.resolve(new MediaStream(screen === undefined ? [] : [screen]));
  };
}

const usual = { skin: "#d9a384", width: 384 };
// Sound costs more than video here: every microphone sends to everybody.
const quiet = { ...usual, microphone: false };

/** The viewer, then the others in the order in which they join. */
export const cast: Record<Language, readonly [Actor, ...Actor[]]> = {
  "en": actors(["Mira", "Ana", "Kenji", "Noor", "Diego", "Tomás", "Wren", "Ingrid Solheim-Aaberg"]),
  "zh-CN": actors(["林静", "安娜", "健司", "诺尔", "迭戈", "托马斯", "小雨", "欧阳若兰"]),
  "es": actors([
    "Lucía",
    "Ana",
    "Kenji",
    "Noor",
    "Diego",
    "Tomás",
    "Vera",
    "María Fernández-Aguirre",
  ]),
  "fr": actors([
    "Manon",
    "Anaïs",
    "Kenji",
    "Noor",
    "Rémi",
    "Tomás",
    "Zoé",
    "Jean-Baptiste Lefèvre",
  ]),
  "de": actors([
    "Mira",
    "Anke",
    "Kenji",
    "Noor",
    "Jörg",
    "Tomás",
    "Wren",
    "Friederike Großkopf-Löw",
  ]),
  "ja": actors(["美咲", "アナ", "健司", "ヌール", "ディエゴ", "翔太", "小春", "長谷川 航太郎"]),
  "pt-BR": actors([
    "Júlia",
    "Ana",
    "Kenji",
    "Noor",
    "João",
    "Tomás",
    "Bia",
    "Maria Conceição Brandão",
  ]),
  "ar": actors(["ميرا", "آنا", "كنجي", "نور", "زياد", "توماس", "ورد", "عبد الرحمن الأنصاري"]),
};

function actors([viewer = "", ...others]: readonly string[]): [Actor, ...Actor[]] {
  const looks: Omit<Actor, "name">[] = [
    { ...usual, wall: "#8d7a63", hair: "#3a2018", shirt: "#c4573a", width: 640, speaks: true },
    { ...quiet, wall: "#3f4238", hair: "#16140f", shirt: "#2f4058" },
    { ...usual, wall: "#7d8f8a", skin: "#b98362", hair: "#35322f", shirt: "#4d5d3f", relay: true },
    { ...quiet, wall: "#5b5048", hair: "#5d4630", shirt: "#75684e", camera: false },
    { ...quiet, wall: "#6b5a70", skin: "#8a5a40", hair: "#1b1512", shirt: "#8fa8a0" },
    { ...quiet, wall: "#4a6076", hair: "#8a5a2b", shirt: "#d0c7b4" },
    { ...quiet, wall: "#86705f", hair: "#c9b48a", shirt: "#5a3f5c" },
  ];
  return [
    { ...usual, name: viewer, wall: "#33474e", hair: "#4b2d1f", shirt: "#3d5f9a", width: 640 },
    ...looks.map((look, index) => ({ ...look, name: others[index] ?? "" })),
  ];
}
