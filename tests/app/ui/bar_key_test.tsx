import { assert, assertFalse } from "../../assert.ts";
import { renderToString } from "preact-render-to-string";
import { BarKey, ShortcutLabelContext } from "../../../app/ui/BarKey.tsx";
import { keyLabel } from "../../../app/ui/shortcuts.ts";

const press = () => {};

Deno.test("a key of the bar carries its shortcut, for the eyes and for assistive technology", () => {
  const html = renderToString(
    <ShortcutLabelContext.Provider value={keyLabel}>
      <BarKey icon="" caption="Stop" label="Stop sharing" shortcut="share" onPress={press} />
    </ShortcutLabelContext.Provider>,
  );
  assert(html.includes('aria-label="Stop sharing"'), html);
  assert(html.includes('aria-keyshortcuts="S"'), html);
  assert(html.includes('title="Stop sharing (S)"'), html);
});

Deno.test("without a shortcut, or while shortcuts are off, a key carries none", () => {
  const plain = renderToString(
    <ShortcutLabelContext.Provider value={keyLabel}>
      <BarKey icon="" caption="Leave" onPress={press} />
    </ShortcutLabelContext.Provider>,
  );
  const off = renderToString(<BarKey icon="" caption="Hand" shortcut="hand" onPress={press} />);
  for (const html of [plain, off]) {
    assertFalse(/keyshortcuts|title/.test(html), html);
  }
});
