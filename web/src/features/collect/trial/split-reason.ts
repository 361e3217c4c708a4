/** The server says cause and remedy in one text; the first sentence is the cause. */
export function splitReason(text: string): { cause: string; remedy: string } {
  const at = text.search(/。|\.\s/);
  if (at < 0) return { cause: text.replace(/\.$/, ''), remedy: '' };
  return { cause: text.slice(0, at), remedy: text.slice(at + 1).trim() };
}
