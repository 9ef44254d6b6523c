/**
 * `deno run -A scripts/app_icons.ts`: draws the icons of the installed app in static/icons/ from
 * static/favicon.svg, in Chromium. Run it after a change of the mark and commit the pictures.
 */
import { join } from "node:path";
import { launchChromium } from "../tests/rig/mod.ts";
import { projectFolder } from "./server_command.ts";

/** `share`: the mark's part of the width. Launchers may cut a maskable icon to a circle of 80 %. */
const pictures = [
  { name: "192", size: 192, share: 0.72, radius: 0.22 },
  { name: "512", size: 512, share: 0.72, radius: 0.22 },
  { name: "maskable-512", size: 512, share: 0.5, radius: 0 },
  // iOS rounds the corners itself.
  { name: "apple-touch", size: 180, share: 0.62, radius: 0 },
] as const;
const paper = "#f5f3ee";

const mark = await Deno.readTextFile(join(projectFolder, "static/favicon.svg"));
await Deno.mkdir(join(projectFolder, "static/icons"), { recursive: true });
await using chromium = await launchChromium();
const page = await chromium.browser.newPage();
for (const { name, size, share, radius } of pictures) {
  await page.setViewport({ width: size, height: size });
  await page.setContent(
    `<style>* { margin: 0 } html { background: transparent }
     body { display: grid; place-items: center; width: ${size}px; height: ${size}px;
       background: ${paper}; border-radius: ${radius * size}px; color-scheme: light }
     svg { width: ${share * size}px; height: ${share * size}px }</style>${mark}`,
  );
  const path = join(projectFolder, `static/icons/${name}.png`);
  await Deno.writeFile(path, await page.screenshot({ omitBackground: true }));
  console.log(path);
}
