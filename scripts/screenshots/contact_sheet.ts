/** An HTML page with all pictures, one row per screen. */

/** One picture. */
export interface Picture {
  readonly screen: string;
  readonly size: string;
  readonly theme: string;
  readonly language: string;
}

/** The file name of a picture. */
export function fileOf({ screen, size, theme, language }: Picture): string {
  return `${screen}.${size}.${theme}.${language}.png`;
}

/** The picture of a file name; undefined: the file is not a picture. */
export function pictureOf(file: string): Picture | undefined {
  const [screen, size, theme, language, end, more] = file.split(".");
  if (!screen || !size || !theme || !language || end !== "png" || more !== undefined) {
    return undefined;
  }
  return { screen, size, theme, language };
}

/** The HTML: switches for size, theme and language, one row per screen. */
export function contactSheet(pictures: readonly Picture[]): string {
  const screens = [...new Set(pictures.map(({ screen }) => screen))];
  const traits = ["size", "theme", "language"] as const;
  const switches = traits.map((trait) => {
    const values = [...new Set(pictures.map((picture) => picture[trait]))];
    return `<p>${
      values.map((value) =>
        `<label><input type="checkbox" checked name="${value}"> ${value}</label>`
      ).join(" ")
    }</p>`;
  });
  const hiding = [...new Set(pictures.flatMap((picture) => traits.map((trait) => picture[trait])))]
    .map((value) => `body:has([name="${value}"]:not(:checked)) [class~="${value}"]{display:none}`);
  const rows = screens.map((screen) => {
    const figures = pictures.filter((picture) => picture.screen === screen).map(figure);
    return `<h2>${screen}</h2><div>${figures.join("")}</div>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Parley, every screen</title>
<style>body{font:14px/1.4 system-ui,sans-serif;margin:24px;background:#e9e6de;color:#17201d}
header{position:sticky;top:0;background:#e9e6de;padding:8px 0}header p{display:inline;margin-right:32px}
div{display:flex;flex-wrap:wrap;gap:12px}figure{margin:0}img{display:block;height:320px;border:1px solid #0003}
${hiding.join("\n")}</style>
<h1>Every screen: ${pictures.length} pictures</h1><header>${switches.join("")}</header>
${rows.join("\n")}</html>`;
}

function figure(picture: Picture): string {
  const { size, theme, language } = picture;
  const file = fileOf(picture);
  return `<figure class="${size} ${theme} ${language}"><a href="${file}"><img loading="lazy" src="${file}"
alt=""></a><figcaption>${size}, ${theme}, ${language}</figcaption></figure>`;
}
