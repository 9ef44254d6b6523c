import type { JSX } from "preact";

interface Figure {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly hue: "sand" | "sky" | "sea" | "lilac" | "dusk";
  readonly speaks?: boolean;
}

const tall: readonly Figure[] = [
  { x: 144, y: 34, width: 180, height: 136, hue: "sand" },
  { x: 374, y: 142, width: 159, height: 120, hue: "sky", speaks: true },
  { x: 22, y: 234, width: 160, height: 120, hue: "sea" },
  { x: 343, y: 406, width: 176, height: 132, hue: "lilac" },
  { x: 100, y: 472, width: 180, height: 136, hue: "dusk" },
];
const flat: readonly Figure[] = [
  { x: 20, y: 16, width: 92, height: 70, hue: "sand" },
  { x: 135, y: 9, width: 94, height: 70, hue: "sky", speaks: true },
  { x: 250, y: 30, width: 90, height: 68, hue: "sea" },
  { x: 62, y: 108, width: 94, height: 72, hue: "lilac" },
  { x: 204, y: 114, width: 92, height: 70, hue: "dusk" },
];

function Person({ x, y, width, height, hue, speaks }: Figure): JSX.Element {
  const middle = x + width / 2;
  const foot = y + height;
  const half = height * 0.42;
  const body = `M${middle - half} ${foot}c0 ${-height * 0.2} ${height * 0.17} ${
    -height * 0.32
  } ${half} ${-height * 0.32}s${half} ${height * 0.12} ${half} ${height * 0.32}z`;
  return (
    <g class={`figure figure-${hue}`}>
      <rect class="figure-back" x={x} y={y} width={width} height={height} rx={height * 0.13} />
      <rect class="figure-tint" x={x} y={y} width={width} height={height} rx={height * 0.13} />
      <circle cx={middle} cy={y + height * 0.41} r={height * 0.19} />
      <path d={body} />
      {speaks && (
        <rect
          class="figure-ring"
          x={x + 1.5}
          y={y + 1.5}
          width={width - 3}
          height={height - 3}
          rx={height * 0.12}
        />
      )}
    </g>
  );
}

function Links({ people }: { people: readonly Figure[] }): JSX.Element {
  const middle = ({ x, y, width, height }: Figure) => ({ x: x + width / 2, y: y + height / 2 });
  const pairs = people.flatMap((one, index) =>
    people.slice(index + 1).map((other) => [middle(one), middle(other)] as const)
  );
  return (
    <g class="figure-links">
      {pairs.map(([a, b]) => (
        <>
          <path d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />
          <circle cx={(a.x + b.x) / 2} cy={(a.y + b.y) / 2} r="3.5" />
        </>
      ))}
    </g>
  );
}

function Drawing({ people, box, name }: {
  people: readonly Figure[];
  box: string;
  name: string;
}): JSX.Element {
  return (
    <svg class={name} viewBox={box} preserveAspectRatio="xMidYMid meet">
      <Links people={people} />
      {people.map((figure) => <Person key={figure.hue} {...figure} />)}
    </svg>
  );
}

/** Five people, ten lines: a mesh. Decoration, drawn by the server only, once per window shape. */
export function HomeDrawing(): JSX.Element {
  return (
    <div class="home-drawing" aria-hidden="true">
      <Drawing name="drawing-tall" box="0 0 556 640" people={tall} />
      <Drawing name="drawing-flat" box="0 0 360 192" people={flat} />
    </div>
  );
}
