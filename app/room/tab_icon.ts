/** The page's icon with the number of unread lines. */
import { attempt } from "../../protocol/attempt.ts";

let drawing = 0;

/** Draws `count` on the tab's icon; 0 gives the icon as it was. */
export function markTab(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) return;
  link.dataset.plain ??= link.href;
  const turn = ++drawing;
  if (count === 0) {
    if (link.href !== link.dataset.plain) link.href = link.dataset.plain;
    return;
  }
  const plain = new Image();
  plain.onload = () => {
    // A newer count may have finished first.
    if (turn === drawing) link.href = attempt(() => drawn(plain, count)) ?? link.href;
  };
  plain.src = link.dataset.plain;
}

function drawn(plain: HTMLImageElement, count: number): string | undefined {
  const size = 64;
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.drawImage(plain, 0, 0, size, size);
  const text = count > 9 ? "9+" : String(count);
  // Cut out, so that it contrasts with the mark on any tab colour.
  context.globalCompositeOperation = "destination-out";
  circle(context, 24);
  context.globalCompositeOperation = "source-over";
  context.fillStyle = "#b3261e";
  circle(context, 20);
  context.fillStyle = "#ffffff";
  context.font = `700 ${count > 9 ? 24 : 32}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, 44, 22);
  return canvas.toDataURL();
}

function circle(context: CanvasRenderingContext2D, radius: number): void {
  context.beginPath();
  context.arc(44, 20, radius, 0, 2 * Math.PI);
  context.fill();
}
