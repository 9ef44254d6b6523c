/**
 * Writes app/ui/IconShapes.tsx from the shapes of lucide-static, so that pages load no icon file
 * and no script holds any shape: `deno run -A scripts/icons.ts`.
 * Every shape becomes part of one path; that is a third of the size of the original elements.
 */
import shapes from "npm:lucide-static@1.62.0/icon-nodes.json" with { type: "json" };

type Shape = [element: string, attributes: Record<string, string>];

/** Our names → the names in Lucide. */
const lucide: Record<string, string> = {
  "actual-size": "maximize-2",
  "alert": "triangle-alert",
  "app-window": "app-window",
  "arrow-right": "arrow-right",
  "attach": "paperclip",
  "back": "chevron-left",
  "bell": "bell",
  "camera-off": "camera-off",
  "chat": "message-square-text",
  "change": "replace",
  "check": "check",
  "close": "x",
  "clock": "clock",
  "copy": "copy",
  "delivered": "check-check",
  "down": "chevron-down",
  "download": "download",
  "eye": "eye",
  "file": "file-text",
  "fit": "minimize-2",
  "flip": "switch-camera",
  "forward": "chevron-right",
  "full": "maximize",
  "full-off": "minimize",
  "hand": "hand",
  "headphones": "headphones",
  "hidden": "eye-off",
  "history": "rotate-ccw-clock",
  "key": "key-round",
  "keyboard": "keyboard",
  "languages": "languages",
  "leave": "phone-off",
  "left": "log-out",
  "link": "link",
  "links": "waypoints",
  "lock": "lock",
  "lock-open": "lock-open",
  "mail": "mail",
  "microphone": "mic",
  "microphone-off": "mic-off",
  "mirrored": "triangles-centerline-dashed-vertical",
  "moon": "moon",
  "more": "ellipsis",
  "motion": "film",
  "pencil": "pencil",
  "people": "users",
  "picture": "image",
  "react": "face-slightly-smiling-plus",
  "pin": "pin",
  "pin-off": "pin-off",
  "refresh": "refresh-cw",
  "reply": "reply",
  "send": "send-horizontal",
  "share": "screen-share",
  "share-off": "screen-share-off",
  "send-on": "share-2",
  "shield": "shield-check",
  "shield-alert": "shield-alert",
  "shield-off": "shield-off",
  "shield-plain": "shield",
  "shield-user": "shield-user",
  "silent": "volume-x",
  "sliders": "sliders-horizontal",
  "small-window": "picture-in-picture-2",
  "speaker": "volume-2",
  "speaker-off": "volume-off",
  "speaking": "audio-lines",
  "spinner": "loader-circle",
  "sun": "sun",
  "sun-moon": "sun-moon",
  "text": "type",
  "trash": "trash",
  "up": "chevron-up",
  "user-plus": "user-plus",
  "user-minus": "user-x",
  "video": "video",
  "video-off": "video-off",
};

/** Shapes of this project on the same grid: two dots with a line, and two dots under a ring. */
const own: Record<string, string> = {
  "direct":
    "M8 12h8M3 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM16 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z",
  "relayed":
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
      // After other parts, a relative start would begin at their end.
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

/** Implicit relative lines may follow a first "m"; "M" would turn them into absolute ones. */
function absoluteStart(shape: Shape): Shape {
  const [element, at] = shape;
  const implicit = /^m\s*(-?[\d.]+)[ ,]+(-?[\d.]+)[ ,]*(?=[-\d.])/.exec(at.d ?? "");
  if (element !== "path" || implicit === null) return shape;
  return [element, { d: `M${implicit[1]} ${implicit[2]}l${at.d?.slice(implicit[0].length)}` }];
}

/** A number in a path; the two flags of an arc may be joined with what follows: "a2 2 0 012 2". */
const number = String.raw`-?\d*\.?\d+`;
const arc = [number, number, number, "[01]", "[01]", number, number]
  .map((part) => `(${part})`).join("[ ,]*");

/**
 * The same path with numbers to a hundredth, and without spaces that they do not need: the shapes
 * are part of every page, and a page should fit into the first flight of a new connection.
 */
function shortened(path: string): string {
  return path.replace(/([a-zA-Z])([^a-zA-Z]*)/g, (_, command: string, values: string) => {
    const found = /a/i.test(command)
      ? [...values.matchAll(RegExp(arc, "g"))].flatMap(([, ...parts]) => parts)
      : values.match(RegExp(number, "g")) ?? [];
    return found.reduce((text, value) => {
      const short = String(Number(Number(value).toFixed(2))).replace(/^(-?)0\./, "$1.");
      const before = /[\d.]*$/.exec(text)?.[0] ?? "";
      const isApart = before === "" || short.startsWith("-") ||
        (short.startsWith(".") && before.includes("."));
      return isApart ? text + short : `${text} ${short}`;
    }, command);
  });
}

const parts: [name: string, path: string][] = [];
// A wide type, because the inferred type of the JSON is a union of thousands of literals.
const known: ReadonlyMap<string, readonly (readonly unknown[])[]> = new Map(Object.entries(shapes));
for (const [name, source] of Object.entries(lucide)) {
  const drawing = known.get(source);
  if (drawing === undefined) throw new Error(`Lucide has no icon "${source}"`);
  const path = drawing.map((parts) => asPath(absoluteStart(asShape(parts)))).join("");
  parts.push([name, shortened(path)]);
}
parts.push(...Object.entries(own));

const text =
  `// Generated by scripts/icons.ts; change that and run it again. Shapes: Lucide (lucide-static
// 1.62.0, ISC, parts derived from Feather under MIT), and two of our own.
import type { JSX } from "preact";

// On the 24 grid, each a single stroked path.
const shapes = {
${parts.map(([name, path]) => `${JSON.stringify(name)}: ${JSON.stringify(path)},`).join("\n")}
};

/** The names of all icons. */
export type IconName = keyof typeof shapes;

/**
 * All shapes once per page, rendered by the server only, so that they are never loaded as script.
 */
export function IconShapes(): JSX.Element {
  return (
    <svg class="icon-shapes" aria-hidden="true">
      {Object.entries(shapes).map(([name, path]) => (
        <path key={name} id={\`icon-\${name}\`} d={path} />
      ))}
    </svg>
  );
}
`;
const target = new URL("../app/ui/IconShapes.tsx", import.meta.url);
await Deno.writeTextFile(target, text);
await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", target.pathname] }).output();
