/** Writes the texts of `--help` and `parley config`. */
import { flagOf, optionNames, options, propertyOf } from "./options.ts";
import { fileVariable, type Settings } from "./settings.ts";

const column = 30;

/** The text of `--help`. */
export function helpText(version: string): string {
  const row = (left: string, ...right: string[]) =>
    right.map((line, index) => `  ${(index === 0 ? left : "").padEnd(column)}${line}`).join("\n");
  const rows = optionNames.map((name) => {
    const { value, about, variable, fallback, live } = options[name];
    const notes = [`or ${variable}`, ...defaultNote(fallback), ...(live ? ["reloads"] : [])];
    return row(`${flagOf(name)} ${value}`, about, `(${notes.join("; ")})`);
  });
  return [
    `parley ${version}: a chat room with sound and picture, served by this one program`,
    "",
    "usage: parley [options]          serve",
    "       parley config [options]   print the settings in force and the source of each",
    "       parley doctor [URL]       check for common faults and say how to fix them; --json",
    "       parley healthy [options]  exit 0 if a server with these settings is ready, else 1",
    "       parley admin COMMAND      manage a running server; parley admin lists the commands",
    "       parley licences           print the licences of the libraries inside",
    "",
    ...rows,
    row(
      "--config FILE",
      "TOML or JSON with these settings, without the dashes",
      `(or ${fileVariable})`,
    ),
    row("--version, -v", "print the version and the hash of the client program"),
    row("--help, -h", "print this"),
    "",
    "A flag overrides its variable, the variable the file, and the file the default. SIGHUP reads the",
    'file again: settings marked "reloads" then apply to new connections, the others after a restart.',
  ].join("\n");
}

function defaultNote(fallback: unknown): string[] {
  if (fallback === undefined || typeof fallback === "boolean") return [];
  if (Array.isArray(fallback)) {
    return fallback.length === 0 ? [] : [`default ${fallback.join(",")}`];
  }
  return [`default ${fallback}`];
}

/** The text of `parley config`: TOML that can serve as the settings file, without secrets. */
export function configText({ config, givenBy }: Settings): string {
  const width = Math.max(...optionNames.map((name) => name.length));
  return optionNames.map((name) => {
    const value = config[propertyOf(name)];
    const comment = givenBy.get(name) ?? "default";
    const written = value === undefined ? "" : tomlValue(value);
    // TOML has no null, so an unset value is a comment.
    return value === undefined
      ? `# ${name} is not set`
      : `${name.padEnd(width)} = ${written}  # ${comment}`;
  }).join("\n");
}

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, part]) =>
    `${key} = ${key === "credential" ? '"(hidden)"' : tomlValue(part)}`
  );
  return `{ ${pairs.join(", ")} }`;
}
