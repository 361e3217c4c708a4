/** How keys are written (`mod+k`, `g t`, `escape`) and shown: with the signs of the reader's machine. */
export const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '');

const SHOWN: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The caps to draw, one for each key: `mod+enter` gives `Ctrl` and `↵`. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(' ')
    .flatMap((stroke) => stroke.split('+'))
    .map((key) => SHOWN[key] ?? key.toUpperCase());
}

/** One stroke of an event, in the same writing. */
export function strokeOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** Single letters rest while somebody writes or a dialog asks. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])') ||
    target.closest('[role=combobox], [role=listbox], [role=menu]') !== null
  );
}
