/** How an event is sent by hand, for the person who sets up a source. */

/** A batch of one event, as any Segment-compatible client sends it; the write key is the user of Basic authentication. */
export function snippetOf(origin: string, writeKey: string): string {
  return [
    `curl ${origin}/v1/batch \\`,
    `  -u '${writeKey}:' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '{"batch":[{"type":"track","messageId":"m-0001",`,
    `       "userId":"6155401604","event":"App Opened",`,
    `       "timestamp":"2026-11-24T08:52:00Z"}]}'`,
  ].join('\n');
}
