/** The URL must stay valid until the browser has begun to read it, ms. */
const beginMs = 60_000;

/** Saves a file of the page among the downloads. */
export function saveFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), beginMs);
}
