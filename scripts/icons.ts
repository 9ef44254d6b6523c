/**
 * Writes components/icons.tsx from the shapes of lucide-static, so that pages load no icon file and
 * the browser bundle holds only the icons in use: `deno run -A scripts/icons.ts`.
 * Every shape becomes part of one path; that is a third of the size of the original elements.
 */
import shapes from "npm:lucide-static@1.62.0/icon-nodes.json" with { type: "json" };

type Shape = [element: string, attributes: Record<string, string>];

// Component name → the icon's name in Lucide.
const lucide: Record<string, string> = {
  Alert: "triangle-alert",
  AppWindow: "app-window",
  ArrowRight: "arrow-right",
  Back: "chevron-left",
  CameraOff: "camera-off",
  Chat: "message-square-text",
  Check: "check",
  Close: "x",
  Clock: "clock",
  Copy: "copy",
  Delivered: "check-check",
  Down: "chevron-down",
  Hand: "hand",
  History: "rotate-ccw-clock",
  Languages: "languages",
  Leave: "phone-off",
  Left: "log-out",
  Link: "link",
  Lock: "lock",
  Microphone: "mic",
  MicrophoneOff: "mic-off",
  Mirrored: "triangles-centerline-dashed-vertical",
  Moon: "moon",
  More: "ellipsis",
  People: "users",
  Refresh: "refresh-cw",
  Send: "send-horizontal",
  Share: "screen-share",
  ShareOff: "screen-share-off",
  Shield: "shield-check",
  Sliders: "sliders-horizontal",
  Speaker: "volume-2",
  Speaking: "audio-lines",
  Spinner: "loader-circle",
  Sun: "sun",
  SunMoon: "sun-moon",
  Up: "chevron-up",
  Video: "video",
  VideoOff: "video-off",
};

// Our own, on the same grid: two dots with a line, and two dots under a ring.
const own: Record<string, string> = {
  Direct:
    "M8 12h8M3 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM16 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
  Relayed:
    "M10.8 8.6 7.2 15M13.2 8.6l3.6 6.4M9 6a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM4 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM15 17.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
};

function asShape(parts: readonly unknown[]): Shape {
  const [element, attributes] = parts;
  if (typeof element !== "string" || typeof attributes !== "object" || attributes === null) {
    throw new Error(
      `Lucide's shapes are no longer [element, attributes]: ${JSON.stringify(parts)}`,
    );
  }
  return [
    element,
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
  ];
}

function circle(at: Record<string, string>): string {
  const [cx, cy, r] = [Number(at.cx), Number(at.cy), Number(at.r)];
  return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 -${2 * r} 0`;
}

function rectangle(at: Record<string, string>): string {
  const [x, y, r] = [Number(at.x), Number(at.y), Number(at.rx ?? 0)];
  const [across, down] = [Number(at.width) - 2 * r, Number(at.height) - 2 * r];
  const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${across}${turn(r, r)}v${down}${turn(-r, r)}h${-across}${
    turn(-r, -r)
  }v${-down}${turn(r, -r)}`;
}

function asPath([element, at]: Shape): string {
  switch (element) {
    case "path":
      // A relative start after other parts would begin at their end, and the first one begins at 0 0 anyway.
      return (at.d ?? "").replace(/^m\s*/, "M");
    case "circle":
      return circle(at);
    case "rect":
      return rectangle(at);
    case "line":
      return `M${at.x1} ${at.y1}L${at.x2} ${at.y2}`;
    default:
      throw new Error(`Lucide uses <${element}>, which this script cannot draw as a path`);
  }
}

/** A first "m" may be followed by implicit relative lines, which "M" would turn into absolute ones. */
function absoluteStart(shape: Shape): Shape {
  const [element, at] = shape;
  const implicit = /^m\s*(-?[\d.]+)[ ,]+(-?[\d.]+)[ ,]*(?=[-\d.])/.exec(at.d ?? "");
  if (element !== "path" || implicit === null) return shape;
  return [element, { d: `M${implicit[1]} ${implicit[2]}l${at.d?.slice(implicit[0].length)}` }];
}

function component(name: string, path: string, source: string): string {
  return `/** ${source}. */\nexport function ${name}Icon(props: IconProps): JSX.Element {\n  return glyph(props, "${path}");\n}\n`;
}

const head = `// Written by scripts/icons.ts; change that and run it again.
// Shapes: Lucide (lucide-static 1.62.0, ISC, parts derived from Feather under MIT), and two of our own.
import type { JSX } from "preact";
import { glyph, type IconProps } from "./glyph.tsx";
`;

const parts = [head];
// Named so wide because the JSON's inferred type is a union of thousands of literals.
const known: ReadonlyMap<string, readonly (readonly unknown[])[]> = new Map(Object.entries(shapes));
for (const [name, source] of Object.entries(lucide)) {
  const drawing = known.get(source);
  if (drawing === undefined) throw new Error(`Lucide has no icon "${source}"`);
  const path = drawing.map((parts) => asPath(absoluteStart(asShape(parts)))).join("");
  parts.push(component(name, path, `Lucide "${source}"`));
}
for (const [name, path] of Object.entries(own)) parts.push(component(name, path, "Our own"));
const target = new URL("../components/icons.tsx", import.meta.url);
await Deno.writeTextFile(target, parts.join("\n"));
await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", target.pathname] }).output();
