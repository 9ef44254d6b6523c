import type { JSX } from "preact";
import { encode } from "uqr";

/** The light border a reader needs, in modules (ISO/IEC 18004 asks for four). */
const border = 4;

/** A text as a QR code, dark on white in every theme. `label`: its accessible name. */
export function QrCode({ text, label }: { text: string; label: string }): JSX.Element {
  // M: tolerates 15 % damage and stays small enough for a screen.
  const { size, data } = encode(text, { ecc: "M", border });
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={outline(data)} />
    </svg>
  );
}

/** The path of all dark modules, one rectangle per run. */
function outline(rows: readonly (readonly boolean[])[]): string {
  return rows.map((row, y) => {
    let path = "";
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1h${from - x - 1}z`;
    }
    return path;
  }).join("");
}
